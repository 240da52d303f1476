/* Mistakes of a host: each gives its status and nothing is touched that should not be. */

#include "check.h"

int main(int count, char **arguments) {
  CHECK(count > 1);
  learnerlink_plugin plugin = open_sandbox(arguments[1]);
  learnerlink_text text = 77;
  learnerlink_error error = 0;
  learnerlink_op op = 77;
  learnerlink_op_state state = 77;
  uint64_t tag = 77;

  /* NULL, with and without a place for the error. */
  EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, learnerlink_open(NULL, &tag, &error), error);
  EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, learnerlink_open("{}", NULL, &error), error);
  EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, learnerlink_health(plugin, NULL, &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, learnerlink_health(plugin, "{}", NULL, &error), error);
  CHECK(learnerlink_health(plugin, NULL, NULL, NULL) == LEARNERLINK_STATUS_NULL_ARGUMENT);
  EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, learnerlink_start(plugin, NULL, "{}", &op, &error), error);
  CHECK(tag == 0 && text == 0 && op == 0);

  /* Handles that are none, of another kind, or made up. */
  const uint64_t wrong[] = {0, 1, UINT64_MAX, plugin + 1, plugin ^ (1ULL << 28), plugin | 1ULL << 63};
  for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
    EXPECT(LEARNERLINK_STATUS_INVALID_HANDLE, learnerlink_health(wrong[at], "{}", &text, &error), error);
    EXPECT(LEARNERLINK_STATUS_INVALID_HANDLE, learnerlink_op_poll(wrong[at], &state, &error), error);
    CHECK(learnerlink_op_cancel(wrong[at]) == LEARNERLINK_STATUS_INVALID_HANDLE);
    CHECK(learnerlink_queue_next(wrong[at], 0, &tag, &state) == LEARNERLINK_STATUS_INVALID_HANDLE);
    CHECK(learnerlink_text_copy(wrong[at], NULL, 0, &tag) == LEARNERLINK_STATUS_INVALID_HANDLE);
    CHECK(learnerlink_close(wrong[at]) == (wrong[at] ? LEARNERLINK_STATUS_INVALID_HANDLE : LEARNERLINK_STATUS_OK));
  }
  CHECK(learnerlink_text_copy(plugin, NULL, 0, NULL) == LEARNERLINK_STATUS_INVALID_HANDLE);

  /* Text that is not UTF-8, JSON that is none, keys and values that are wrong. */
  EXPECT(LEARNERLINK_STATUS_INVALID_UTF8, learnerlink_health(plugin, "{\"user\":\"\xff\"}", &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_INVALID_UTF8, learnerlink_start(plugin, "\xc3", "{}", &op, &error), error);
  EXPECT(LEARNERLINK_STATUS_INVALID_JSON, learnerlink_health(plugin, "", &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_INVALID_JSON, learnerlink_health(plugin, "{\"user\":\"\\u0000\"}", &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_UNKNOWN_KEY, learnerlink_health(plugin, "{\"usr\":1}", &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_INVALID_INPUT, learnerlink_health(plugin, "{\"timeoutMs\":-1}", &text, &error), error);
  EXPECT(LEARNERLINK_STATUS_UNKNOWN_OPERATION, learnerlink_start(plugin, "helth", "{}", &op, &error), error);
  EXPECT(LEARNERLINK_STATUS_UNKNOWN_KEY, learnerlink_open("{\"store\":\":memory:\",\"x\":1}", &tag, &error), error);

  /* A request that is too large, and one nested too deeply. */
  size_t large = 17 << 20;
  char *request = malloc(large + 1);
  CHECK(request != NULL);
  memset(request, ' ', large);
  request[0] = '{';
  request[large] = 0;
  EXPECT(LEARNERLINK_STATUS_TOO_LARGE, learnerlink_health(plugin, request, &text, &error), error);
  memset(request, '[', 200000);
  memcpy(request, "{\"user\":", 8);
  request[200000] = 0;
  EXPECT(LEARNERLINK_STATUS_INVALID_INPUT, learnerlink_health(plugin, request, &text, &error), error);
  free(request);

  /* Buffers that are too small stay as they are, and a copy does not exceed its text. */
  EXPECT_OK(learnerlink_health(plugin, "{}", &text, &error), error);
  CHECK(learnerlink_text_copy(text, NULL, 0, &tag) == LEARNERLINK_STATUS_BUFFER_TOO_SMALL);
  char *buffer = malloc((size_t)tag + 1);
  CHECK(buffer != NULL);
  memset(buffer, 'x', (size_t)tag + 1);
  CHECK(learnerlink_text_copy(text, buffer, tag, NULL) == LEARNERLINK_STATUS_BUFFER_TOO_SMALL);
  CHECK(buffer[0] == 'x' && buffer[tag] == 'x');
  CHECK(learnerlink_text_copy(text, buffer, tag + 1, NULL) == LEARNERLINK_STATUS_OK);
  CHECK(buffer[0] == '{' && buffer[tag] == 0);
  free(buffer);

  /* Closing twice, and using what was closed. */
  CHECK(learnerlink_close(text) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_close(text) == LEARNERLINK_STATUS_INVALID_HANDLE);
  CHECK(learnerlink_text_copy(text, NULL, 0, NULL) == LEARNERLINK_STATUS_INVALID_HANDLE);
  finish(plugin);
  EXPECT(LEARNERLINK_STATUS_INVALID_HANDLE, learnerlink_health(plugin, "{}", &text, &error), error);
  CHECK(learnerlink_close(plugin) == LEARNERLINK_STATUS_INVALID_HANDLE);
  puts("misuse: every mistake gave its status");
  return 0;
}
