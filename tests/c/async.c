/* Operations that are started, awaited on a queue, and cancelled: the address of a sandbox is the argument. */

#include "check.h"

enum { COUNT = 20 };

int main(int count, char **arguments) {
  CHECK(count > 1);
  learnerlink_plugin plugin = open_sandbox(arguments[1]);
  learnerlink_queue queue = 0;
  learnerlink_error error = 0;
  learnerlink_text text = 0;
  learnerlink_op_state state = 0;
  uint64_t tag = 0;
  EXPECT_OK(learnerlink_queue_open(&queue, &error), error);

  /* Many at once; the texts are gone before the work begins. */
  learnerlink_op ops[COUNT];
  for (int at = 0; at < COUNT; at++) {
    char *operation = strdup(at % 2 ? "list_profiles" : "health");
    char *request = strdup("{\"user\":\"somebody\"}");
    CHECK(operation != NULL && request != NULL);
    EXPECT_OK(learnerlink_start(plugin, operation, request, &ops[at], &error), error);
    memset(operation, '?', strlen(operation));
    memset(request, '?', strlen(request));
    free(operation);
    free(request);
    EXPECT_OK(learnerlink_op_enqueue(ops[at], queue, (uint64_t)at + 1000, &error), error);
  }
  int seen[COUNT] = {0};
  for (int at = 0; at < COUNT; at++) {
    CHECK(learnerlink_queue_next(queue, 20000, &tag, &state) == LEARNERLINK_STATUS_OK);
    CHECK(state == LEARNERLINK_OP_STATE_DONE && tag >= 1000 && tag < 1000 + COUNT && !seen[tag - 1000]++);
    EXPECT_OK(learnerlink_op_result(ops[tag - 1000], &text, &error), error);
    char *json = take(text);
    CHECK(has_outcome(json, "ok"));
    free(json);
    EXPECT(LEARNERLINK_STATUS_ALREADY_ENQUEUED, learnerlink_op_enqueue(ops[tag - 1000], queue, 1, &error), error);
    CHECK(learnerlink_close(ops[tag - 1000]) == LEARNERLINK_STATUS_OK);
  }
  CHECK(learnerlink_queue_next(queue, 0, &tag, &state) == LEARNERLINK_STATUS_TIMED_OUT);

  /* A wait for a learner who does not come, watched and then cancelled. */
  EXPECT_OK(learnerlink_generate_qr(plugin, "{\"ukprn\":\"10099901\"}", &text, &error), error);
  char *issued = take(text);
  char *id = member(issued, "correlationId");
  char request[1024];
  snprintf(request, sizeof request, "{\"correlationId\":\"%s\",\"waitMs\":300000}", id);
  learnerlink_op op = 0;
  EXPECT_OK(learnerlink_start(plugin, "poll_learner_data", request, &op, &error), error);
  EXPECT_OK(learnerlink_op_enqueue(op, queue, 7, &error), error);
  EXPECT_OK(learnerlink_op_wait(op, 20, &state, &error), error);
  CHECK(state == LEARNERLINK_OP_STATE_RUNNING);
  EXPECT(LEARNERLINK_STATUS_NOT_READY, learnerlink_op_result(op, &text, &error), error);
  EXPECT_OK(learnerlink_op_progress(op, &text, &error), error);
  char *progress = take(text);
  CHECK(strstr(progress, "\"state\":\"running\"") != NULL);
  free(progress);
  CHECK(learnerlink_op_cancel(op) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &tag, &state) == LEARNERLINK_STATUS_OK);
  CHECK(tag == 7 && state == LEARNERLINK_OP_STATE_CANCELLED);
  EXPECT(LEARNERLINK_STATUS_CANCELLED, learnerlink_op_result(op, &text, &error), error);
  CHECK(learnerlink_op_cancel(op) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);

  /* Closing a running operation delivers its end too. */
  EXPECT_OK(learnerlink_start(plugin, "poll_learner_data", request, &op, &error), error);
  EXPECT_OK(learnerlink_op_enqueue(op, queue, 8, &error), error);
  CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &tag, &state) == LEARNERLINK_STATUS_OK);
  CHECK(tag == 8 && state == LEARNERLINK_OP_STATE_CANCELLED);

  /* Shutdown with work in flight: it ends, is delivered, and then the queue says that it is closed. */
  EXPECT_OK(learnerlink_start(plugin, "poll_learner_data", request, &op, &error), error);
  EXPECT_OK(learnerlink_op_enqueue(op, queue, 9, &error), error);
  EXPECT_OK(learnerlink_shutdown(20000, &error), error);
  CHECK(learnerlink_queue_next(queue, 0, &tag, &state) == LEARNERLINK_STATUS_OK);
  CHECK(tag == 9 && state == LEARNERLINK_OP_STATE_CANCELLED);
  CHECK(learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &tag, &state) == LEARNERLINK_STATUS_CLOSED);
  CHECK(tag == 0 && state == 0);
  EXPECT(LEARNERLINK_STATUS_CLOSED, learnerlink_health(plugin, "{}", &text, &error), error);
  EXPECT_OK(learnerlink_op_poll(op, &state, &error), error);
  CHECK(state == LEARNERLINK_OP_STATE_CANCELLED);

  CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_close(queue) == LEARNERLINK_STATUS_OK);
  free(id);
  free(issued);
  finish(plugin);
  puts("async: every end was delivered once");
  return 0;
}
