/* Runs operations both ways, by their functions and started by name, and expects the same of both. */

#ifndef OPERATIONS_H
#define OPERATIONS_H

#include "check.h"

typedef learnerlink_status(LEARNERLINK_CALL *operation)(learnerlink_plugin, const char *, learnerlink_text *,
                                                         learnerlink_error *);

static learnerlink_plugin plugin;
/* Whether operations are started and awaited; else their functions are called. */
static int started;

/* A request about one value; it stays until the next one is made. */
static inline char *about(const char *format, const char *value) {
  static char request[2048];
  snprintf(request, sizeof request, format, value);
  return request;
}

static inline learnerlink_status run(const char *name, operation function, const char *request, learnerlink_text *text,
                                     learnerlink_error *error) {
  if (!started) return function(plugin, request, text, error);
  learnerlink_op op = 77;
  learnerlink_op_state state = 77;
  *text = 0;
  learnerlink_status status = learnerlink_start(plugin, name, request, &op, error);
  if (status != LEARNERLINK_STATUS_OK) {
    CHECK(op == 0);
    return status;
  }
  EXPECT_OK(learnerlink_op_wait(op, LEARNERLINK_WAIT_FOREVER, &state, error), *error);
  status = learnerlink_op_result(op, text, error);
  CHECK(state == (status == LEARNERLINK_STATUS_OK ? LEARNERLINK_OP_STATE_DONE : LEARNERLINK_OP_STATE_FAILED));
  CHECK(learnerlink_close(op) == LEARNERLINK_STATUS_OK);
  return status;
}

static inline char *answer_of(const char *name, operation function, const char *request, const char *outcome,
                              const char *file, int line) {
  learnerlink_text text = 77;
  learnerlink_error error = 77;
  expect(LEARNERLINK_STATUS_OK, run(name, function, request, &text, &error), &error, name, file, line);
  char *json = take(text);
  if (!has_outcome(json, outcome)) {
    fprintf(stderr, "%s:%d: so answers %s\n", file, line, name);
    exit(1);
  }
  return json;
}

static inline void refusal_of(const char *name, operation function, const char *request, learnerlink_status expected,
                              const char *key, const char *value, const char *file, int line) {
  learnerlink_text text = 77;
  learnerlink_error error = 77;
  learnerlink_status status = run(name, function, request, &text, &error);
  CHECK(text == 0 && (error != 0) == (status != LEARNERLINK_STATUS_OK));
  char named[128] = "", *json = NULL;
  if (error != 0) {
    CHECK(learnerlink_error_json(error, &text) == LEARNERLINK_STATUS_OK);
    json = take(text);
    CHECK(learnerlink_close(error) == LEARNERLINK_STATUS_OK);
  }
  if (key != NULL) snprintf(named, sizeof named, "\"%s\":\"%s\"", key, value);
  if (status != expected || strstr(json, named) == NULL) {
    fprintf(stderr, "%s:%d: %s gave %d, not %d with %s: %s\n", file, line, name, (int)status, (int)expected, named,
            json != NULL ? json : "no error object");
    exit(1);
  }
  free(json);
}

/* Runs an operation and checks its outcome; the caller frees the response. */
#define ANSWER(name, request, outcome) answer_of(#name, learnerlink_##name, request, outcome, __FILE__, __LINE__)
/* The same, where the outcome is all there is to see. */
#define OUTCOME(name, request, outcome) free(ANSWER(name, request, outcome))
/* Runs an operation that must give this error, with this text in its details. */
#define REFUSED_FOR(name, request, status, key, value) \
  refusal_of(#name, learnerlink_##name, request, LEARNERLINK_STATUS_##status, key, value, __FILE__, __LINE__)
#define REFUSED(name, request, status) REFUSED_FOR(name, request, status, NULL, NULL)
/* Runs an operation that must not take the value of this field. */
#define BAD_FIELD(name, field, request) REFUSED_FOR(name, request, INVALID_INPUT, "field", field)

#endif
