/* The embedded server, started and stopped: the address of a sandbox is the argument. */

#include "operations.h"

#define ASKING "\"ukprn\":\"10099901\",\"user\":\"clerk@example.test\""

/* Opens a plugin whose listener takes this address. */
static void open_listening(const char *base, const char *address) {
  char config[512];
  learnerlink_error error = 0;
  snprintf(config, sizeof config, "{\"sandbox\":\"%s\",\"listener\":{\"address\":\"%s\"}}", base, address);
  EXPECT_OK(learnerlink_open(config, &plugin, &error), error);
}

/* Asks the server and checks the status; the caller frees the answer. */
static char *ask(const char *address, const char *method, const char *path, const char *headers, const char *status) {
  char *answer = http(address, method, path, headers, "");
  if (strncmp(answer + strlen("HTTP/1.1 "), status, strlen(status)) != 0)
    fprintf(stderr, "%s %s gives %.60s\n", method, path, answer);
  CHECK(strncmp(answer + strlen("HTTP/1.1 "), status, strlen(status)) == 0);
  return answer;
}

/* Whether nobody listens there. */
static int is_closed(const char *base) {
  int connection = connected(base);
  if (connection >= 0) {
    close(connection);
  }
  return connection < 0;
}

static void starts_serves_and_stops(const char *base) {
  open_listening(base, "127.0.0.1:0");
  OUTCOME(stop_listener, "{}", "notRunning");
  char *answer = ANSWER(start_listener, "{\"user\":\"service\"}", "started");
  CHECK(strstr(answer, "\"learnerRecords\"") != NULL && strstr(answer, "\"enrollment\"") != NULL);
  char *address = member(answer, "address");
  free(answer);
  answer = ANSWER(start_listener, "{}", "alreadyRunning");
  char *same = member(answer, "address");
  CHECK(strcmp(address, same) == 0);
  free(same);
  free(answer);

  /* What is confirmed here is answered there. */
  free(ask(address, "GET", "/health", "", "200"));
  free(ask(address, "GET", "/match/A1000AA", "X-Username: clerk\r\n", "401"));
  answer = ask(base, "POST", "/hmpps-auth/auth/oauth/token?grant_type=client_credentials",
               "Authorization: Basic cm8tY2xpZW50OnMzYytyZXQvPXJv\r\n", "200"); /* ro-client:s3c+ret/=ro */
  char *token = member(answer, "access_token"), headers[4096];
  snprintf(headers, sizeof headers, "X-Username: clerk\r\nAuthorization: Bearer %s\r\n", token);
  free(answer);
  answer = ask(address, "GET", "/match/A1000AA", headers, "404");
  CHECK(strstr(answer, "{\"status\":\"NotFound\"}") != NULL);
  free(answer);
  OUTCOME(confirm_match,
          "{\"personId\":\"A1000AA\",\"uln\":\"1000000027\",\"givenName\":\"Tamsin\",\"familyName\":\"Quillfeather\","
          "\"matchType\":\"exactMatch\"," ASKING "}", "confirmed");
  answer = ask(address, "GET", "/match/A1000AA", headers, "200");
  CHECK(strstr(answer, "\"matchedUln\":\"1000000027\"") != NULL && strstr(answer, "\"status\":\"Found\"") != NULL);
  free(answer);
  free(ask(address, "POST", "/match/A1000AA/unmatch", headers, "403"));

  REFUSED(start_listener, "{\"port\":8085}", UNKNOWN_KEY);
  REFUSED(stop_listener, "{\"patienceMs\":-1}", INVALID_INPUT);
  REFUSED(stop_listener, "{\"patienceMs\":600001}", INVALID_INPUT);
  free(ask(address, "GET", "/health", "", "200"));

  /* Another plugin cannot have the same address. */
  learnerlink_plugin first = plugin;
  open_listening(base, address + strlen("http://"));
  REFUSED_FOR(start_listener, "{}", INVALID_CONFIG, "path", "listener.address");
  CHECK(learnerlink_close(plugin) == LEARNERLINK_STATUS_OK);
  plugin = first;

  OUTCOME(stop_listener, "{\"patienceMs\":1000}", "stopped");
  CHECK(is_closed(address));
  OUTCOME(stop_listener, "{}", "notRunning");

  /* A listener that still runs ends with its plugin. */
  OUTCOME(start_listener, "{}", "started");
  finish(plugin);
  free(token);
  free(address);
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) starts_serves_and_stops(arguments[1]);

  learnerlink_error error = 0;
  EXPECT_OK(learnerlink_open("{\"store\":\":memory:\"}", &plugin, &error), error);
  REFUSED(start_listener, "{}", INVALID_CONFIG);
  finish(plugin);
  puts("listener: it serves from start to stop");
  return 0;
}
