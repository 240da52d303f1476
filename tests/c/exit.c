/* Ends with work under way, nothing closed and no shutdown: the address of a sandbox is the argument. */

#include "check.h"

int main(int count, char **arguments) {
  CHECK(count > 1);
  learnerlink_plugin plugin = open_sandbox(arguments[1]);
  learnerlink_op op = 0;
  learnerlink_error error = 0;
  learnerlink_text text = 0;
  EXPECT_OK(learnerlink_generate_qr(plugin, "{\"ukprn\":\"10099901\"}", &text, &error), error);
  char *issued = take(text);
  char *id = member(issued, "correlationId");
  char request[1024];
  snprintf(request, sizeof request, "{\"correlationId\":\"%s\",\"waitMs\":300000}", id);
  free(id);
  free(issued);
  EXPECT_OK(learnerlink_start(plugin, "poll_learner_data", request, &op, &error), error);
  for (int at = 0; at < 50; at++) EXPECT_OK(learnerlink_start(plugin, "verify_audit", "{}", &op, &error), error);
  puts("exit: gone without a word");
  return 0;
}
