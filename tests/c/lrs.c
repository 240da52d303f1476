/* Every operation of the Learning Records Service, called and started: the address of a sandbox is the argument. */

#include "operations.h"

#define ASKING "\"ukprn\":\"10099901\",\"user\":\"clerk@example.test\""
#define TAMSIN "\"givenName\":\"Tamsin\",\"familyName\":\"Quillfeather\""
#define RENEE "\"givenName\":\"Ren\xc3\xa9" "e\",\"familyName\":\"N\xc3\xad Dh\xc3\xa1laigh\""
#define ODETTE "\"givenName\":\"Odette\",\"familyName\":\"Marrowby\""
#define PETRA "\"givenName\":\"Petra\",\"familyName\":\"Vanstone\""
#define NOBODY "\"givenName\":\"Nobody\",\"familyName\":\"Atall\""

#define SEARCH(names, born, post_code) \
  "{" names ",\"dateOfBirth\":\"" born "\",\"gender\":\"female\",\"lastKnownPostCode\":\"" post_code "\"," ASKING "}"
#define ULN(number, names) "{\"uln\":\"" number "\"," names "," ASKING "}"
#define PERSON(id) "{\"personId\":\"" id "\"," ASKING "}"
#define CONFIRM(id, number, names, type) \
  "{\"personId\":\"" id "\",\"uln\":\"" number "\"," names ",\"matchType\":\"" type "\"," ASKING "}"
#define FILE_IN(folder, name) about("{\"path\":\"%s/" name "\"," ASKING "}", folder)

static void finds_learners(void) {
  char *found = ANSWER(match_learner, SEARCH(RENEE, "2002-07-19", "D02 X285"), "exactMatch");
  CHECK(strstr(found, "\"uln\":\"8203040550\"") != NULL && strstr(found, "Dh\xc3\xa1laigh") != NULL);
  CHECK(strstr(found, "mismatchedFields") == NULL);
  free(found);
  found = ANSWER(match_learner, SEARCH(ODETTE, "1995-06-27", "NE1 4LP"), "possibleMatch");
  CHECK(strstr(found, "\"dateOfBirth\":[\"1995-06-28\",\"1995-06-28\"]") != NULL);
  CHECK(strstr(found, "\"lastKnownPostCode\":[\"SO14 2JX\"]") != NULL);
  CHECK(strstr(found, "\"mismatchesByLearner\":[[\"dateOfBirth\"],[\"dateOfBirth\",\"lastKnownPostCode\"]]") != NULL);
  free(found);
  OUTCOME(match_learner, ULN("1000000027", TAMSIN), "exactMatch");
  OUTCOME(match_learner, SEARCH(NOBODY, "2000-02-02", "LS11 5QT"), "noMatch");
  BAD_FIELD(match_learner, "dateOfBirth", SEARCH(TAMSIN, "1995-02-30", "LS11 5QT"));
  BAD_FIELD(match_learner, "lastKnownPostCode", SEARCH(TAMSIN, "1998-04-12", "nowhere"));
  BAD_FIELD(match_learner, "uln", ULN("1000000028", TAMSIN));
  REFUSED(match_learner, "{" TAMSIN ",\"nickname\":\"Tam\"," ASKING "}", UNKNOWN_KEY);
  REFUSED(match_learner, "{\"givenName\":\"Tamsin\"," ASKING "}", INVALID_INPUT);
  REFUSED(match_learner, "{" TAMSIN, INVALID_JSON);
  REFUSED(match_learner, "{" TAMSIN ",\"uln\":\"1000000027\",\"ukprn\":\"10099909\",\"user\":\"clerk\"}",
          NO_CREDENTIAL);
}

static void confirms_matches(void) {
  OUTCOME(get_match, PERSON("A1000AA"), "notMatched");
  OUTCOME(confirm_match, CONFIRM("A1000AA", "8203040550", RENEE, "exactMatch"), "confirmed");
  OUTCOME(confirm_match, CONFIRM("A1000AA", "8203040550", RENEE, "exactMatch"), "unchanged");
  OUTCOME(confirm_match, CONFIRM("B2000BB", "8203040550", RENEE, "exactMatch"), "ulnTaken");
  BAD_FIELD(confirm_match, "uln", CONFIRM("B2000BB", "5123456783", TAMSIN, "exactMatch"));
  BAD_FIELD(confirm_match, "personId", CONFIRM("", "1000000027", TAMSIN, "exactMatch"));
  REFUSED(confirm_match, CONFIRM("B2000BB", "1000000027", TAMSIN, "sure"), INVALID_INPUT);
  char *state = ANSWER(get_match, PERSON("A1000AA"), "matched");
  CHECK(strstr(state, "\"uln\":\"8203040550\"") != NULL && strstr(state, RENEE) != NULL);
  CHECK(strstr(state, "\"confirmedBy\":\"clerk@example.test\"") != NULL);
  free(state);
  OUTCOME(get_match, PERSON("B2000BB"), "notMatched");
  BAD_FIELD(get_match, "personId", PERSON(""));
  REFUSED(get_match, "{" ASKING "}", INVALID_INPUT);

  OUTCOME(confirm_no_match, PERSON("C3000CC"), "confirmed");
  OUTCOME(confirm_no_match, PERSON("C3000CC"), "unchanged");
  OUTCOME(get_match, PERSON("C3000CC"), "noUln");
  BAD_FIELD(confirm_no_match, "personId", PERSON(""));
  REFUSED(confirm_no_match, "{\"personId\":\"C3000CC\",\"countOfReturnedUlns\":-1," ASKING "}", INVALID_INPUT);
}

static void fetches_records(void) {
  char *record = ANSWER(fetch_plr, PERSON("A1000AA"), "found");
  CHECK(strstr(record, "\"foundUln\":\"8203040550\"") != NULL);
  CHECK(strstr(record, "\"subject\":\"GCSE in Irish Language & Literature\"") != NULL);
  free(record);
  record = ANSWER(fetch_plr, ULN("8607080902", PETRA), "notShared");
  CHECK(strstr(record, "\"learningEvents\":[]") != NULL);
  free(record);
  OUTCOME(fetch_plr, ULN("1000000027", PETRA), "notVerified");
  OUTCOME(fetch_plr, PERSON("B2000BB"), "notMatched");
  OUTCOME(fetch_plr, PERSON("C3000CC"), "noUln");
  BAD_FIELD(fetch_plr, "uln", ULN("0000000042", TAMSIN));
  REFUSED(fetch_plr, "{" ASKING "}", INVALID_INPUT);
  REFUSED(fetch_plr, "{\"personId\":7," ASKING "}", INVALID_INPUT);
}

static void takes_matches_back(void) {
  OUTCOME(remove_match, PERSON("A1000AA"), "removed");
  OUTCOME(remove_match, PERSON("A1000AA"), "unchanged");
  BAD_FIELD(remove_match, "personId", PERSON(""));
  OUTCOME(confirm_match, CONFIRM("B2000BB", "8203040550", RENEE, "exactMatch"), "confirmed");

  char *report = ANSWER(subject_access_report, PERSON("A1000AA"), "found");
  const char *first = strstr(report, "\"matchStatus\":\"Matched\"");
  CHECK(first != NULL && strstr(first, "\"matchStatus\":\"Unmatched\"") != NULL && strstr(report, RENEE) != NULL);
  free(report);
  OUTCOME(subject_access_report, "{\"personId\":\"A1000AA\",\"toDate\":\"2001-01-01\"," ASKING "}", "none");
  OUTCOME(subject_access_report, PERSON("Z9999ZZ"), "none");
  BAD_FIELD(subject_access_report, "fromDate", "{\"personId\":\"A1000AA\",\"fromDate\":\"2026-13-40\"," ASKING "}");
}

/* Writes what went before into a file, and the file into another register. */
static void moves_the_register(const char *base, const char *folder) {
  char *answer = ANSWER(export_matches, FILE_IN(folder, "register.csv"), "exported");
  CHECK(strstr(answer, "\"rows\":4") != NULL);
  free(answer);
  BAD_FIELD(export_matches, "path", FILE_IN(folder, "register.csv"));
  BAD_FIELD(export_matches, "path", FILE_IN(folder, "no/register.csv"));
  CHECK(learnerlink_close(plugin) == LEARNERLINK_STATUS_OK);

  plugin = open_sandbox(base);
  answer = ANSWER(import_matches, FILE_IN(folder, "register.csv"), "imported");
  CHECK(strstr(answer, "\"imported\":4,\"unchanged\":0") != NULL);
  free(answer);
  answer = ANSWER(import_matches, FILE_IN(folder, "register.csv"), "imported");
  CHECK(strstr(answer, "\"imported\":0,\"unchanged\":4") != NULL);
  free(answer);
  answer = ANSWER(get_match, PERSON("B2000BB"), "matched");
  CHECK(strstr(answer, "\"uln\":\"8203040550\"") != NULL && strstr(answer, RENEE) != NULL);
  free(answer);

  char path[1024];
  snprintf(path, sizeof path, "%s/double.csv", folder);
  FILE *file = fopen(path, "w");
  CHECK(file != NULL);
  fputs("id,nomis_id,matched_uln,given_name,family_name,match_type,count_of_returned_ulns,match_status,date_created\n"
        "5,D4000DD,8203040550,Tamsin,Quillfeather,Exact Match,1,Matched,2025-01-01 10:00:00\n"
        "6,E5000EE,3000000010,Bram,Oakhollow,Exact Match,1,Matched,2025-01-01 10:00:01\n", file);
  CHECK(fclose(file) == 0);
  answer = ANSWER(import_matches, FILE_IN(folder, "double.csv"), "partlyImported");
  CHECK(strstr(answer, "\"refusedRows\":1") != NULL && strstr(answer, "\"line\":2") != NULL);
  free(answer);
  OUTCOME(get_match, PERSON("D4000DD"), "notMatched");
  BAD_FIELD(import_matches, "path", FILE_IN(folder, "none.csv"));
  BAD_FIELD(import_matches, "user", about("{\"path\":\"%s/register.csv\"}", folder));
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) {
    char *folder = new_folder();
    plugin = open_sandbox(arguments[1]);
    finds_learners();
    confirms_matches();
    fetches_records();
    takes_matches_back();
    moves_the_register(arguments[1], folder);
    OUTCOME(verify_audit, "{}", "intact");
    finish(plugin);
    remove_folder(folder);
  }
  puts("lrs: every operation answered, called and started");
  return 0;
}
