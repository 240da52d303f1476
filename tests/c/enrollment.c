/* Every operation of student-mobility enrolment, called and started: the address of a sandbox is the argument. */

#include "operations.h"

#include <pthread.h>

#define FENNA "edu-fenna-01"
#define YUSUF "edu-yusuf-06"
#define LIESBETH "edu-liesbeth-05"
#define HYDROLOGY "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0010"
#define NOBODY "018f2a00-0000-7000-8000-000000000000"

/* What a receiver sends, as a JSON string. */
#define SENT(person) \
  "\"body\":\"{\\\"offering\\\":{\\\"offeringId\\\":\\\"" HYDROLOGY "\\\",\\\"offeringType\\\":\\\"course\\\"," \
  "\\\"resultValueType\\\":\\\"1-10\\\",\\\"name\\\":[{\\\"language\\\":\\\"en-GB\\\",\\\"value\\\":\\\"Urban Hydrology\\\"}," \
  "{\\\"language\\\":\\\"nl-NL\\\",\\\"value\\\":\\\"Stedelijke hydrologie\\\"}]}," \
  "\\\"person\\\":{\\\"personId\\\":\\\"" person "\\\",\\\"activeEnrollment\\\":true}}\""
#define ABOUT(id, more) about("{\"enrollmentId\":\"%s\"" more "}", id)
#define RESULT(score) \
  ",\"result\":{\"state\":\"completed\",\"pass\":\"passed\",\"score\":\"" score "\",\"resultDate\":\"2026-11-20\"," \
  "\"studyLoad\":{\"studyLoadUnit\":\"ects\",\"value\":5}}"

/* Opens a plugin on the sandbox with these settings. */
static void open_with(const char *base, const char *enrollment) {
  char config[1024];
  learnerlink_error error = 0;
  snprintf(config, sizeof config, "{\"sandbox\":\"%s\",\"enrollment\":{%s},\"listener\":{\"address\":\"127.0.0.1:0\"}}", base,
           enrollment);
  EXPECT_OK(learnerlink_open(config, &plugin, &error), error);
}

/* Checks that a text is in a document. */
static void has(const char *json, const char *text) {
  if (strstr(json, text) == NULL) fprintf(stderr, "%s is missing in %.4000s\n", text, json);
  CHECK(strstr(json, text) != NULL);
}

/* What home institutions keep. */
static char *kept_at_home(const char *base) {
  return http(base, "GET", "/_sandbox/enrollment/associations", "", "");
}

/* The host program decides when it can: the student is told that the application was received. */
static void decides_later(const char *base) {
  post(base, "enrollment/login", "{\"personId\":\"" FENNA "\"}");
  char *answer = ANSWER(start_enrollment, "{" SENT(FENNA) ",\"acceptLanguage\":\"nl-NL\"}", "pending");
  has(answer, "\"httpStatus\":200");
  has(answer, "\"code\":200");
  has(answer, "Stedelijke hydrologie");
  char *id = member(answer, "enrollmentId");
  free(answer);
  OUTCOME(start_enrollment, "{" SENT(FENNA) "}", "alreadyPending");

  /* What was handed out is not handed out to another. */
  answer = ANSWER(list_enrollments, "{\"handOut\":true,\"withBodies\":true}", "ok");
  has(answer, id);
  has(answer, "\"person\":{\"personId\":\"" FENNA "\"");
  free(answer);
  answer = ANSWER(list_enrollments, "{\"handOut\":true,\"waitMs\":1}", "ok");
  has(answer, "\"enrollments\":[]");
  free(answer);

  OUTCOME(send_results, ABOUT(id, RESULT("8.5")), "notAssociated");
  answer = ANSWER(decide_enrollment, ABOUT(id, ",\"decision\":\"associate\""), "decided");
  has(answer, "\"host\":\"associated\"");
  has(answer, "\"kind\":\"state\"");
  free(answer);
  OUTCOME(decide_enrollment, ABOUT(id, ",\"decision\":\"associate\""), "unchanged");
  OUTCOME(decide_enrollment, ABOUT(id, ",\"decision\":\"deny\""), "alreadyDecided");
  answer = ANSWER(flush_outbox, "{}", "flushed");
  has(answer, "\"delivered\":1,\"kept\":0");
  free(answer);
  OUTCOME(flush_outbox, "{\"everything\":true}", "empty");
  answer = kept_at_home(base);
  has(answer, "\"remoteState\":\"associated\"");
  free(answer);

  answer = ANSWER(get_association, ABOUT(id, ""), "found");
  has(answer, "\"state\":\"associated\"");
  has(answer, "\"delivery\":\"delivered\"");
  free(answer);
  OUTCOME(create_association, ABOUT(id, ""), "alreadyCreated");
  answer = ANSWER(get_person, ABOUT(id, ""), "active");
  has(answer, "Oosterwal");
  free(answer);
  BAD_FIELD(send_results, "result.score", ABOUT(id, RESULT("8,5")));
  OUTCOME(send_results, ABOUT(id, RESULT("8.5")), "sent");
  OUTCOME(send_results, ABOUT(id, RESULT("8.5")), "unchanged");
  answer = kept_at_home(base);
  has(answer, "\"score\":\"8.5\"");
  has(answer, "\"resultValueType\":\"1-10\"");
  free(answer);

  OUTCOME(update_association, ABOUT(id, ",\"state\":\"associated\""), "unchanged");
  OUTCOME(update_association, ABOUT(id, ",\"state\":\"canceled\""), "sent");
  OUTCOME(update_association, ABOUT(id, ",\"state\":\"associated\""), "illegalTransition");
  free(id);
}

/* The home institution refuses an association as malformed; somebody looks at it and lets it be tried again. */
static void puts_right_what_failed(const char *base) {
  post(base, "enrollment/login", "{\"personId\":\"" YUSUF "\"}");
  /* The receiver asks twice. */
  post(base, "enrollment/home/" YUSUF, "{\"failTimes\":2,\"failStatus\":400}");
  char *answer = ANSWER(start_enrollment, "{" SENT(YUSUF) ",\"decided\":{\"decision\":\"associate\"}}", "backendError");
  has(answer, "\"code\":400");
  char *id = member(answer, "enrollmentId");
  free(answer);
  OUTCOME(get_association, ABOUT(id, ""), "notCreated");
  answer = ANSWER(list_enrollments, "{\"outbox\":\"parked\"}", "ok");
  has(answer, "\"reason\":\"rejected\"");
  char *entry = member(answer, "entryId"), resolution[256];
  free(answer);
  OUTCOME(resolve_delivery, ABOUT(id, ",\"entryId\":\"" NOBODY "\",\"resolution\":\"retry\""), "notFound");
  snprintf(resolution, sizeof resolution, "{\"enrollmentId\":\"%s\",\"entryId\":\"%s\",\"resolution\":\"retry\"}", id, entry);
  OUTCOME(resolve_delivery, resolution, "resolved");
  OUTCOME(resolve_delivery, resolution, "notWaiting");
  answer = ANSWER(create_association, ABOUT(id, ""), "created");
  has(answer, "\"state\":\"associated\"");
  has(answer, "\"outbox\":[]");
  free(answer);
  free(entry);
  free(id);
}

static void refuses(void) {
  /* Whatever comes, there is an answer for the receiver. */
  char *answer = ANSWER(start_enrollment, "{\"body\":\"{\\\"offering\\\":\"}", "invalidRequest");
  has(answer, "\"httpStatus\":200");
  has(answer, "\\\"code\\\":412");
  CHECK(strstr(answer, "enrollmentId") == NULL);
  free(answer);
  OUTCOME(start_enrollment, "{\"body\":\"\"}", "invalidRequest");
  REFUSED(start_enrollment, "{\"body\":{}}", INVALID_INPUT);
  BAD_FIELD(list_enrollments, "limit", "{\"limit\":0}");
  BAD_FIELD(list_enrollments, "waitMs", "{\"waitMs\":600001}");
  REFUSED(flush_outbox, "{\"everything\":1}", INVALID_INPUT);

  OUTCOME(decide_enrollment, ABOUT(NOBODY, ",\"decision\":\"associate\""), "notFound");
  OUTCOME(create_association, ABOUT(NOBODY, ""), "notFound");
  OUTCOME(update_association, ABOUT(NOBODY, ",\"state\":\"canceled\""), "notFound");
  OUTCOME(get_association, ABOUT(NOBODY, ""), "notFound");
  OUTCOME(get_person, ABOUT(NOBODY, ""), "notFound");
  OUTCOME(send_results, ABOUT(NOBODY, RESULT("8.5")), "notFound");
  OUTCOME(resolve_delivery, ABOUT(NOBODY, ",\"entryId\":\"" NOBODY "\",\"resolution\":\"discard\""), "notFound");
  char *listed = ANSWER(list_enrollments, ABOUT(NOBODY, ""), "ok");
  has(listed, "\"enrollments\":[]");
  free(listed);

  REFUSED(decide_enrollment, ABOUT(NOBODY, ",\"decision\":\"perhaps\""), INVALID_INPUT);
  BAD_FIELD(decide_enrollment, "redirect", ABOUT(NOBODY, ",\"decision\":\"associate\",\"redirect\":\"http://a.example/\""));
  REFUSED(update_association, ABOUT(NOBODY, ",\"state\":\"cancelled\""), INVALID_INPUT);
  BAD_FIELD(resolve_delivery, "associationId",
            ABOUT(NOBODY, ",\"entryId\":\"1\",\"resolution\":\"retry\",\"associationId\":\"a\""));

  /* The same mistakes with each of them. */
#define EACH(name) {#name, learnerlink_##name}
#define MISTAKE(request, status) \
  refusal_of(each[at].name, each[at].function, request, LEARNERLINK_STATUS_##status, NULL, NULL, __FILE__, __LINE__)
  static const struct {
    const char *name;
    operation function;
  } each[] = {
      EACH(start_enrollment), EACH(list_enrollments), EACH(decide_enrollment), EACH(create_association),
      EACH(update_association), EACH(get_association), EACH(get_person), EACH(send_results),
      EACH(flush_outbox), EACH(resolve_delivery),
  };
  for (size_t at = 0; at < sizeof each / sizeof *each; at++) {
    learnerlink_error error = 0;
    learnerlink_text text = 77;
    MISTAKE("{", INVALID_JSON);
    MISTAKE("{\"enrolmentId\":\"x\"}", UNKNOWN_KEY);
    MISTAKE(NULL, NULL_ARGUMENT);
    EXPECT(LEARNERLINK_STATUS_NULL_ARGUMENT, each[at].function(plugin, "{}", NULL, &error), error);
    EXPECT(LEARNERLINK_STATUS_INVALID_HANDLE, each[at].function(0, "{}", &text, &error), error);
    CHECK(text == 0);
  }
}

/* The student's browser, which waits for what the host program decides. */
static void *enrol(void *base) {
  return http(base, "POST", "/_sandbox/enrollment/broker", "",
              "{\"personId\":\"" LIESBETH "\",\"offeringId\":\"" HYDROLOGY "\",\"acceptLanguage\":\"nl-NL\"}");
}

/* The receiver calls the listener, and the start waits for the decision. */
static void decides_at_once(char *base) {
  char *answer = ANSWER(start_listener, "{}", "started");
  has(answer, "\"enrollment\"");
  char *address = member(answer, "address"), backend[256];
  free(answer);
  answer = http(address, "POST", "/api/start", "Authorization: Basic eDp5\r\n", "{}");
  CHECK(strncmp(answer, "HTTP/1.1 401", 12) == 0);
  free(answer);
  snprintf(backend, sizeof backend, "{\"url\":\"%s/api/start\",\"user\":\"receiver\",\"password\":\"s3c+ret/=start\"}", address);
  post(base, "enrollment/backend", backend);

  pthread_t browser;
  void *shown = NULL;
  CHECK(pthread_create(&browser, NULL, enrol, base) == 0);
  answer = ANSWER(list_enrollments, "{\"handOut\":true,\"waitMs\":60000}", "ok");
  char *id = member(answer, "enrollmentId");
  free(answer);
  OUTCOME(decide_enrollment, ABOUT(id, ",\"decision\":\"associate\",\"message\":{\"en\":\"Soon\",\"nl\":\"Binnenkort\"}"),
          "decided");
  CHECK(pthread_join(browser, &shown) == 0);
  has(shown, "\"message\":\"Binnenkort\"");
  has(shown, "\"code\":200");
  answer = ANSWER(get_association, ABOUT(id, ""), "found");
  has(answer, "\"state\":\"associated\",\"host\":\"associated\",\"home\":\"associated\"");
  free(answer);
  free(shown);
  free(id);
  OUTCOME(stop_listener, "{}", "stopped");
  free(address);
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) {
    post(arguments[1], "reset", "{}");
    /* What is to be sent is sent when it is asked for, so that each answer is known. */
    open_with(arguments[1], "\"background\":false");
    decides_later(arguments[1]);
    puts_right_what_failed(arguments[1]);
    refuses();
    OUTCOME(verify_audit, "{}", "intact");
    finish(plugin);

    open_with(arguments[1], "\"handOver\":\"direct\",\"decideWithinMs\":15000,\"startDeadlineMs\":18000");
    decides_at_once(arguments[1]);
    OUTCOME(verify_audit, "{}", "intact");
    finish(plugin);
  }
  puts("enrollment: every operation answered, called and started");
  return 0;
}
