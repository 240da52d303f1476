/* Every operation once, as a host calls it: the address of a sandbox is the argument. */

#include "operations.h"

int main(int count, char **arguments) {
  CHECK(count > 1);
  const char *base = arguments[1];
  learnerlink_text text = 0;
  learnerlink_error error = 0;

  CHECK(learnerlink_abi_version() == LEARNERLINK_ABI_VERSION);
  CHECK(strcmp(learnerlink_version(), LEARNERLINK_VERSION) == 0);
  EXPECT_OK(learnerlink_describe(&text, &error), error);
  char *catalogue = take(text);
  CHECK(strstr(catalogue, "\"generate_qr\"") != NULL);
  free(catalogue);

  plugin = open_sandbox(base);
  OUTCOME(health, "{\"probe\":true}", "ok");

  /* Pattern A: a QR code, the learner's yes, the record. */
  char *issued = ANSWER(generate_qr, "{\"ukprn\":\"10099901\",\"formats\":[\"text\",\"matrix\"]}", "issued");
  char *id = member(issued, "correlationId");
  char path[1024];
  snprintf(path, sizeof path, "shares/%s/approve", id);
  post(base, path, "{\"uln\":\"5123456782\"}");
  char *shared = ANSWER(poll_learner_data, about("{\"correlationId\":\"%s\",\"waitMs\":60000}", id), "shared");
  char *uln = member(shared, "uln");
  CHECK(strcmp(uln, "5123456782") == 0);
  free(uln);
  free(shared);
  free(issued);
  OUTCOME(cancel_share, about("{\"correlationId\":\"%s\"}", id), "alreadyEnded");
  free(id);

  /* Pattern B: the consent that came with it stays. */
  OUTCOME(fetch_learner_data,
          "{\"ukprn\":\"10099901\",\"uln\":\"5123456782\",\"user\":\"Zo\xc3\xab \xc3\x93 S\xc3\xbailleabh\xc3\xa1in\"}",
          "shared");
  OUTCOME(fetch_learner_data, "{\"ukprn\":\"10099902\",\"uln\":\"5123456782\"}", "notShared");

  /* Pattern C: a request to a phone, cancelled again. */
  const char *learner = "{\"ukprn\":\"10099901\",\"mobileNumber\":\"07700 900123\",\"dateOfBirth\":\"2008-09-02\"}";
  OUTCOME(check_learner, learner, "exists");
  char *requested = ANSWER(request_share, learner, "requested");
  id = member(requested, "correlationId");
  free(requested);
  OUTCOME(cancel_share, about("{\"correlationId\":\"%s\"}", id), "cancelled");
  free(id);
  char *shares = ANSWER(list_shares, "{}", "ok");
  CHECK(strstr(shares, "\"cancelled\"") != NULL && strstr(shares, "\"shared\"") != NULL);
  free(shares);

  /* The library's own affairs. */
  OUTCOME(put_profile,
          "{\"profile\":\"west\",\"displayName\":\"Zo\xc3\xab\xe2\x80\x99s College\","
          "\"vera\":{\"clientId\":\"cid-w\",\"clientSecret\":\"s\"}}",
          "ok");
  char *profiles = ANSWER(list_profiles, "{}", "ok");
  CHECK(strstr(profiles, "Zo\xc3\xab\xe2\x80\x99s College") != NULL);
  free(profiles);
  OUTCOME(remove_profile, "{\"profile\":\"west\"}", "ok");
  OUTCOME(rotate_key, "{}", "ok");
  OUTCOME(purge, "{\"shareDays\":0}", "ok");
  char *trail = ANSWER(query_audit, "{\"operation\":\"fetch_learner_data\",\"ukprn\":\"10099901\"}", "ok");
  CHECK(strstr(trail, "Zo\xc3\xab \xc3\x93 S\xc3\xbailleabh\xc3\xa1in") != NULL);
  CHECK(strstr(trail, "5123456782") == NULL);
  free(trail);
  OUTCOME(verify_audit, "{}", "intact");

  EXPECT_OK(learnerlink_stats(plugin, &text, &error), error);
  char *counters = take(text);
  CHECK(strstr(counters, "\"fetch_learner_data\":{\"calls\":2") != NULL);
  free(counters);
  CHECK(learnerlink_log_next(0, &text) == LEARNERLINK_STATUS_TIMED_OUT && text == 0);

  finish(plugin);
  EXPECT_OK(learnerlink_shutdown(1000, &error), error);
  puts("flow: every operation answered");
  return 0;
}
