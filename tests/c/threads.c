/* Many threads on one plugin and one queue: the arguments are the address of a sandbox and the number of rounds. */

#include "check.h"

#include <pthread.h>

enum { WORKERS = 6, TAKERS = 2 };

static learnerlink_plugin plugin;
static learnerlink_queue queue;
static int rounds = 100;

static void *work(void *number) {
  learnerlink_error error = 0;
  learnerlink_text text = 0;
  learnerlink_op op = 0;
  learnerlink_op_state state = 0;
  for (int round = 0; round < rounds; round++) {
    EXPECT_OK(learnerlink_health(plugin, "{}", &text, &error), error);
    free(take(text));
    EXPECT_OK(learnerlink_start(plugin, round % 3 ? "list_profiles" : "health", "{}", &op, &error), error);
    EXPECT_OK(learnerlink_op_enqueue(op, queue, (uint64_t)(intptr_t)number, &error), error);
    if (round % 4 == 0) CHECK(learnerlink_op_cancel(op) == LEARNERLINK_STATUS_OK);
    if (round % 2 == 0) {
      EXPECT_OK(learnerlink_op_wait(op, LEARNERLINK_WAIT_FOREVER, &state, &error), error);
      CHECK(state == LEARNERLINK_OP_STATE_DONE || state == LEARNERLINK_OP_STATE_CANCELLED);
      learnerlink_status status = learnerlink_op_result(op, &text, NULL);
      CHECK(status == LEARNERLINK_STATUS_OK || status == LEARNERLINK_STATUS_CANCELLED);
      if (status == LEARNERLINK_STATUS_OK) free(take(text));
    }
    CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);
    EXPECT(LEARNERLINK_STATUS_UNKNOWN_KEY, learnerlink_health(plugin, "{\"x\":1}", &text, &error), error);
    if (round % 20 == 0) {
      learnerlink_plugin own = 0;
      EXPECT_OK(learnerlink_open("{\"store\":\":memory:\"}", &own, &error), error);
      EXPECT_OK(learnerlink_list_profiles(own, "{}", &text, &error), error);
      free(take(text));
      CHECK(learnerlink_close(own) == LEARNERLINK_STATUS_OK);
    }
  }
  return NULL;
}

static void *take_ends(void *seen) {
  uint64_t tag = 0;
  learnerlink_op_state state = 0;
  learnerlink_status status;
  while ((status = learnerlink_queue_next(queue, LEARNERLINK_WAIT_FOREVER, &tag, &state)) == LEARNERLINK_STATUS_OK) {
    CHECK(tag < WORKERS);
    __atomic_add_fetch((long *)seen, 1, __ATOMIC_SEQ_CST);
  }
  CHECK(status == LEARNERLINK_STATUS_CLOSED || status == LEARNERLINK_STATUS_INVALID_HANDLE);
  return NULL;
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  if (count > 2) rounds = atoi(arguments[2]);
  learnerlink_error error = 0;
  long seen = 0;
  pthread_t workers[WORKERS], takers[TAKERS];
  plugin = open_sandbox(arguments[1]);
  EXPECT_OK(learnerlink_queue_open(&queue, &error), error);
  for (int at = 0; at < TAKERS; at++) CHECK(pthread_create(&takers[at], NULL, take_ends, &seen) == 0);
  for (int at = 0; at < WORKERS; at++) CHECK(pthread_create(&workers[at], NULL, work, (void *)(intptr_t)at) == 0);
  for (int at = 0; at < WORKERS; at++) CHECK(pthread_join(workers[at], NULL) == 0);
  for (int turn = 0; turn < 20000 && __atomic_load_n(&seen, __ATOMIC_SEQ_CST) < (long)WORKERS * rounds; turn++) {
    struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
  }
  CHECK(__atomic_load_n(&seen, __ATOMIC_SEQ_CST) == (long)WORKERS * rounds);
  CHECK(learnerlink_close(queue) == LEARNERLINK_STATUS_OK);
  for (int at = 0; at < TAKERS; at++) CHECK(pthread_join(takers[at], NULL) == 0);
  finish(plugin);
  puts("threads: nothing was lost and nothing came twice");
  return 0;
}
