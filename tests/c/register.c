/* 64 threads want one ULN for 64 people, and one gets it: in one process, and in four on one file. The address of a
 * sandbox is the argument. */

#include "operations.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>

enum { PEOPLE = 64 };

/* What the processes of a contest share. */
struct contest {
  pthread_barrier_t begin;
  char store[1024];
  int threads, confirmed, taken;
};

static struct contest *contest;
static const char *base;
static int process;

static void open_store(void) {
  char config[2048];
  learnerlink_error error = 0;
  /* Under valgrind a write takes its time, and those that wait for it even more. */
  snprintf(config, sizeof config,
           "{\"sandbox\":\"%s\",\"store\":\"%s\",\"vaultKey\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\","
           "\"timeouts\":{\"operationMs\":120000}}", base, contest->store);
  EXPECT_OK(learnerlink_open(config, &plugin, &error), error);
}

static void *want(void *number) {
  int person = process * contest->threads + (int)(intptr_t)number;
  char request[512];
  learnerlink_text text = 0;
  learnerlink_error error = 0;
  snprintf(request, sizeof request,
           "{\"personId\":\"P%04d\",\"uln\":\"1000000027\",\"givenName\":\"Tamsin\",\"familyName\":\"Quillfeather\","
           "\"matchType\":\"exactMatch\",\"ukprn\":\"10099901\",\"user\":\"clerk\"}", person);
  pthread_barrier_wait(&contest->begin);
  EXPECT_OK(run("confirm_match", learnerlink_confirm_match, request, &text, &error), error);
  char *answer = take(text), *outcome = member(answer, "outcome");
  int *count = strcmp(outcome, "confirmed") == 0 ? &contest->confirmed : &contest->taken;
  CHECK(count == &contest->confirmed || strcmp(outcome, "ulnTaken") == 0);
  __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
  free(outcome);
  free(answer);
  return NULL;
}

static void compete(void) {
  pthread_t threads[PEOPLE];
  open_store();
  for (int at = 0; at < contest->threads; at++)
    CHECK(pthread_create(&threads[at], NULL, want, (void *)(intptr_t)at) == 0);
  for (int at = 0; at < contest->threads; at++) CHECK(pthread_join(threads[at], NULL) == 0);
  finish(plugin);
}

/* What the store says afterwards. */
static void verify(void) {
  int matched = 0;
  open_store();
  for (int person = 0; person < PEOPLE; person++) {
    char id[16];
    snprintf(id, sizeof id, "P%04d", person);
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    char *request = about("{\"personId\":\"%s\",\"user\":\"clerk\"}", id);
    EXPECT_OK(learnerlink_get_match(plugin, request, &text, &error), error);
    char *answer = take(text);
    int holds = strstr(answer, "\"outcome\":\"matched\"") != NULL;
    OUTCOME(subject_access_report, request, holds ? "found" : "none");
    matched += holds;
    free(answer);
  }
  CHECK(matched == 1);
  char *trail = ANSWER(query_audit, "{\"operation\":\"confirm_match\",\"outcome\":\"ulnTaken\",\"limit\":1000}", "ok");
  int entries = 0;
  for (const char *at = trail; (at = strstr(at, "\"seq\":")) != NULL; at++) entries++;
  CHECK(entries == PEOPLE - 1);
  free(trail);
  OUTCOME(verify_audit, "{}", "intact");
  finish(plugin);
}

/* Runs the body in processes of their own; this one never uses the library, so that it may fork again. */
static void in_children(int count, void (*body)(void)) {
  fflush(NULL);
  for (process = 0; process < count; process++) {
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
      alarm(300);
      body();
      exit(0);
    }
  }
  for (int at = 0; at < count; at++) {
    int status = 0;
    CHECK(wait(&status) > 0);
    if (WIFSIGNALED(status)) fprintf(stderr, "a child was ended by signal %d\n", WTERMSIG(status));
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  }
}

static void hold_contest(int processes) {
  char *folder = new_folder();
  contest = mmap(NULL, sizeof *contest, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  CHECK(contest != MAP_FAILED);
  contest->threads = PEOPLE / processes;
  snprintf(contest->store, sizeof contest->store, "%s/store.db", folder);
  pthread_barrierattr_t shared;
  CHECK(pthread_barrierattr_init(&shared) == 0);
  CHECK(pthread_barrierattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
  CHECK(pthread_barrier_init(&contest->begin, &shared, PEOPLE) == 0);
  in_children(processes, compete);
  CHECK(contest->confirmed == 1 && contest->taken == PEOPLE - 1);
  in_children(1, verify);
  CHECK(pthread_barrier_destroy(&contest->begin) == 0);
  CHECK(pthread_barrierattr_destroy(&shared) == 0);
  CHECK(munmap(contest, sizeof *contest) == 0);
  remove_folder(folder);
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  base = arguments[1];
  for (started = 0; started < 2; started++) {
    hold_contest(1);
    hold_contest(4);
  }
  puts("register: one of 64 gets the ULN");
  return 0;
}
