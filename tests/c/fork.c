/* A fork before the first call leaves the child free; after it the child gets a status from every call. */

#include "check.h"

#include <sys/wait.h>

/* The child of a fork runs this and must end with 0, and soon. */
static void in_child(void (*body)(void)) {
  fflush(NULL);
  pid_t child = fork();
  CHECK(child >= 0);
  if (child == 0) {
    alarm(20);
    body();
    _exit(0);
  }
  int status = 0;
  CHECK(waitpid(child, &status, 0) == child);
  if (WIFSIGNALED(status)) fprintf(stderr, "the child was ended by signal %d\n", WTERMSIG(status));
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static learnerlink_plugin plugin;
static learnerlink_op op;
static learnerlink_queue queue;
static learnerlink_text kept;

static void use(void) {
  learnerlink_error error = 0;
  learnerlink_text text = 0;
  EXPECT_OK(learnerlink_open("{\"store\":\":memory:\"}", &plugin, &error), error);
  EXPECT_OK(learnerlink_list_profiles(plugin, "{}", &text, &error), error);
  free(take(text));
}

#define FORKED(call)                                      \
  do {                                                    \
    error = out = 77;                                     \
    state = 77;                                           \
    CHECK((call) == LEARNERLINK_STATUS_FORKED);           \
    CHECK((error == 0 || error == 77) && "no error object"); \
  } while (0)

/* Every out-parameter is zeroed as in every call that fails. */
#define FORKED_OUT(call)  \
  do {                    \
    FORKED(call);         \
    CHECK(out == 0);      \
  } while (0)

static void refused(void) {
  uint64_t error, out;
  learnerlink_op_state state;
  char buffer[8];
  CHECK(learnerlink_abi_version() == LEARNERLINK_ABI_VERSION);
  FORKED_OUT(learnerlink_open("{\"store\":\":memory:\"}", &out, &error));
  FORKED_OUT(learnerlink_describe(&out, &error));
  FORKED_OUT(learnerlink_stats(plugin, &out, &error));
  FORKED_OUT(learnerlink_stats(0, &out, &error));
  FORKED_OUT(learnerlink_log_next(LEARNERLINK_WAIT_FOREVER, &out));
  FORKED(learnerlink_shutdown(LEARNERLINK_WAIT_FOREVER, &error));
  FORKED_OUT(learnerlink_text_copy(kept, buffer, sizeof buffer, &out));
  FORKED_OUT(learnerlink_error_json(kept, &out));
  FORKED_OUT(learnerlink_start(plugin, "health", "{}", &out, &error));
  FORKED(learnerlink_op_poll(op, &state, &error));
  CHECK(state == 0);
  FORKED(learnerlink_op_wait(op, LEARNERLINK_WAIT_FOREVER, &state, &error));
  CHECK(state == 0);
  FORKED(learnerlink_op_cancel(op));
  FORKED_OUT(learnerlink_op_progress(op, &out, &error));
  FORKED_OUT(learnerlink_op_result(op, &out, &error));
  FORKED_OUT(learnerlink_queue_open(&out, &error));
  FORKED(learnerlink_op_enqueue(op, queue, 1, &error));
  FORKED_OUT(learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &out, &state));
  CHECK(state == 0);
  FORKED_OUT(learnerlink_health(plugin, "{}", &out, &error));
  FORKED_OUT(learnerlink_list_profiles(plugin, NULL, &out, &error));
  FORKED(learnerlink_close(plugin));
  FORKED(learnerlink_close(0));
}

static void refused_twice(void) {
  refused();
  in_child(refused);
}

int main(void) {
  learnerlink_error error = 0;
  CHECK(learnerlink_abi_version() == LEARNERLINK_ABI_VERSION);
  in_child(use);
  use();
  EXPECT_OK(learnerlink_queue_open(&queue, &error), error);
  EXPECT_OK(learnerlink_describe(&kept, &error), error);
  for (int turn = 0; turn < 20; turn++) {
    /* Work is under way on other threads at the moment of the fork. */
    EXPECT_OK(learnerlink_start(plugin, "verify_audit", "{}", &op, &error), error);
    in_child(turn == 0 ? refused_twice : refused);
    learnerlink_op_state state = 0;
    EXPECT_OK(learnerlink_op_wait(op, LEARNERLINK_WAIT_FOREVER, &state, &error), error);
    CHECK(state == LEARNERLINK_OP_STATE_DONE);
    CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);
  }
  CHECK(learnerlink_close(queue) == LEARNERLINK_STATUS_OK);
  CHECK(learnerlink_close(kept) == LEARNERLINK_STATUS_OK);
  finish(plugin);
  puts("fork: the parent goes on and no child hangs");
  return 0;
}
