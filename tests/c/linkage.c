/* Every operation of the linkage keys, called and started: the address of a sandbox is the argument. */

#include "operations.h"

#define ASKING "\"user\":\"clerk\""
#define OKONKWO "9990123403"
#define DEMPSEY "9990123411"
#define TALWIN "9990123446"
#define NOBODY "9995550164"
/* Krüger, born in 1971, whose key was revoked. */
#define KRUEGER "9990123438"

#define AT(ods, number) "{\"odsCode\":\"" ods "\",\"nhsNumber\":\"" number "\"}"
#define BY(number, more) "{\"odsCode\":\"A12345\",\"nhsNumber\":\"" number "\"," more "," ASKING "}"
#define NAMED(number, name, born, more) \
  "{\"odsCode\":\"A12345\",\"nhsNumber\":\"" number "\",\"surname\":\"" name "\",\"dateOfBirth\":\"" born "\"" more "}"
#define FILE_IN(folder, name) about("{\"path\":\"%s/" name "\"," ASKING "}", folder)
#define SEALED_IN(folder, name) about("{\"path\":\"%s/" name "\",\"passphrase\":\"correct horse battery\"," ASKING "}", folder)

static void write_register(const char *folder) {
  char path[1024];
  snprintf(path, sizeof path, "%s/register.csv", folder);
  FILE *file = fopen(path, "w");
  CHECK(file != NULL);
  fputs("odsCode,organisationName,organisationBlocked,nhsNumber,surname,dateOfBirth,blocked,blockReason,blockText,"
        "accountId,linkageKey,keyState\n"
        "A12345,Northgate Surgery,,,,,,,,,,\n"
        "B23456,Southmere Practice,true,,,,,,,,,\n"
        "A12345,,," OKONKWO ",Okonkwo-Bright,1984-03-12,,,,4071836250,K7CDX4RTMN9PQ3WHJV,active\n"
        "A12345,,," DEMPSEY ",O'Dempsey,1990-02-28,,,,,,\n"
        "A12345,,," KRUEGER ",Kr\xc3\xbcger,1971-11-05,,,,5120094477,HJ4RT9XKWQ37CDMNPV,revoked\n"
        "A12345,,," TALWIN ",Talwin,2001-07-19,yes,PRACTICE_DECISION,Speak to reception,,,\n", file);
  CHECK(fclose(file) == 0);
}

static void imports(const char *folder) {
  write_register(folder);
  char *answer = ANSWER(import_register, FILE_IN(folder, "register.csv"), "imported");
  CHECK(strstr(answer, "\"imported\":6,\"unchanged\":0,\"refusedRows\":0") != NULL);
  free(answer);
  answer = ANSWER(import_register, FILE_IN(folder, "register.csv"), "refused");
  CHECK(strstr(answer, "\"line\":4") != NULL && strstr(answer, OKONKWO) == NULL && strstr(answer, "Okonkwo") == NULL);
  free(answer);
  BAD_FIELD(import_register, "path", FILE_IN(folder, "none.csv"));
  BAD_FIELD(import_register, "user", about("{\"path\":\"%s/register.csv\"}", folder));
  REFUSED(import_register, "{" ASKING "}", INVALID_INPUT);
}

static void retrieves(void) {
  char *answer = ANSWER(retrieve_linkage_key, AT(" a12345 ", "999 012 3403"), "ok");
  CHECK(strstr(answer, "\"accountId\":\"4071836250\"") != NULL);
  CHECK(strstr(answer, "\"linkageKey\":\"K7CDX4RTMN9PQ3WHJV\"") != NULL && strstr(answer, "\"number\":0") != NULL);
  free(answer);
  OUTCOME(retrieve_linkage_key, AT("A12345", NOBODY), "patientNotFound");
  OUTCOME(retrieve_linkage_key, AT("Z99999", OKONKWO), "odsNotFound");
  OUTCOME(retrieve_linkage_key, AT("B23456", OKONKWO), "odsBlocked");
  OUTCOME(retrieve_linkage_key, AT("A12345", KRUEGER), "keyRevoked");
  OUTCOME(retrieve_linkage_key, AT("A12345", DEMPSEY), "noLinkageKey");
  answer = ANSWER(retrieve_linkage_key, AT("A12345", TALWIN), "patientBlocked");
  CHECK(strstr(answer, "\"detail\":{\"reason\":\"PRACTICE_DECISION\",\"text\":\"Speak to reception\"}") != NULL);
  free(answer);
  BAD_FIELD(retrieve_linkage_key, "nhsNumber", AT("A1 345", "9990123404"));
  BAD_FIELD(retrieve_linkage_key, "odsCode", AT("A1 345", OKONKWO));
  REFUSED(retrieve_linkage_key, "{\"odsCode\":\"A12345\",\"nhsNumber\":9990123403}", INVALID_INPUT);
  REFUSED(retrieve_linkage_key, "{\"odsCode\":\"A12345\",\"nhsNumber\":\"" OKONKWO "\",\"name\":1}", UNKNOWN_KEY);
}

static void creates(void) {
  const char *request = NAMED(DEMPSEY, "O\xe2\x80\x99" "DEMPSEY", "1990-02-28", ",\"traceId\":\"c-1\"");
  char *made = ANSWER(create_linkage_key, request, "ok");
  CHECK(strstr(made, "\"surname\":\"O'Dempsey\"") != NULL && strstr(made, "\"created\":true") != NULL);
  char *key = member(made, "linkageKey");
  CHECK(strlen(key) == 18);
  char *again = ANSWER(create_linkage_key, request, "ok");
  CHECK(strstr(again, key) != NULL && strstr(again, "\"replayed\":true") != NULL);
  REFUSED_FOR(create_linkage_key, NAMED(DEMPSEY, "O'Dempsey", "1990-02-27", ",\"traceId\":\"c-1\""), CONFLICT,
              "reason", "content");
  OUTCOME(create_linkage_key, NAMED(DEMPSEY, "o dempsey", "1990-02-28", ""), "keyAlreadyExists");
  OUTCOME(create_linkage_key, NAMED(DEMPSEY, "Dempsey", "1990-02-28", ""), "patientNotFound");
  BAD_FIELD(create_linkage_key, "dateOfBirth", NAMED(DEMPSEY, "O'Dempsey", "1990-02-30", ""));

  char *account = member(made, "accountId");
  char presented[256];
  snprintf(presented, sizeof presented, "{\"odsCode\":\"A12345\",\"accountId\":\"%s\",\"linkageKey\":\"%s\"}", account, key);
  char *checked = ANSWER(check_linkage_key, presented, "valid");
  CHECK(strstr(checked, "\"nhsNumber\":\"" DEMPSEY "\"") != NULL);
  OUTCOME(check_linkage_key, "{\"odsCode\":\"A12345\",\"accountId\":\"4071836250\",\"linkageKey\":\"X\"}", "notValid");
  BAD_FIELD(check_linkage_key, "linkageKey", "{\"odsCode\":\"A12345\",\"accountId\":\"4071836250\",\"linkageKey\":\"\"}");
  free(checked);
  free(account);
  free(key);
  free(again);
  free(made);

  OUTCOME(retrieve_or_create_linkage_key, NAMED(KRUEGER, "Kruger", "1971-11-05", ",\"reissueRevoked\":false"), "keyRevoked");
  made = ANSWER(retrieve_or_create_linkage_key, NAMED(KRUEGER, "Kruger", "1971-11-05", ""), "ok");
  CHECK(strstr(made, "\"accountId\":\"5120094477\"") != NULL && strstr(made, "\"created\":true") != NULL);
  free(made);
  made = ANSWER(retrieve_or_create_linkage_key, NAMED(KRUEGER, "Kruger", "1971-11-05", ""), "ok");
  CHECK(strstr(made, "\"created\":false") != NULL);
  free(made);
  BAD_FIELD(retrieve_or_create_linkage_key, "surname", NAMED(KRUEGER, "", "1971-11-05", ""));
}

static void administers(void) {
  OUTCOME(revoke_linkage_key, BY(OKONKWO, "\"reason\":\"lost phone\""), "revoked");
  OUTCOME(revoke_linkage_key, BY(OKONKWO, "\"reason\":\"lost phone\""), "unchanged");
  OUTCOME(retrieve_linkage_key, AT("A12345", OKONKWO), "keyRevoked");
  BAD_FIELD(revoke_linkage_key, "reason", BY(OKONKWO, "\"reason\":\"\""));
  OUTCOME(set_linkage_access, BY(TALWIN, "\"blocked\":false"), "changed");
  OUTCOME(retrieve_linkage_key, AT("A12345", TALWIN), "noLinkageKey");
  OUTCOME(set_linkage_access, "{\"odsCode\":\"B23456\",\"blocked\":false," ASKING "}", "changed");
  OUTCOME(retrieve_linkage_key, AT("B23456", OKONKWO), "patientNotFound");
  BAD_FIELD(set_linkage_access, "text", BY(TALWIN, "\"blocked\":false,\"text\":\"why\""));
}

/* Writes what went before into a sealed file, and the file into another register. */
static void moves_the_register(const char *base, const char *folder) {
  char *answer = ANSWER(export_register, SEALED_IN(folder, "register.sealed"), "exported");
  CHECK(strstr(answer, "\"organisations\":2,\"patients\":4,\"keys\":4,\"unreadable\":0") != NULL);
  free(answer);
  BAD_FIELD(export_register, "path", SEALED_IN(folder, "register.sealed"));
  BAD_FIELD(export_register, "passphrase", about("{\"path\":\"%s/x\",\"passphrase\":\"short\"," ASKING "}", folder));
  CHECK(learnerlink_close(plugin) == LEARNERLINK_STATUS_OK);

  plugin = open_sandbox(base);
  OUTCOME(import_register, SEALED_IN(folder, "register.sealed"), "imported");
  OUTCOME(retrieve_linkage_key, AT("A12345", DEMPSEY), "ok");
  OUTCOME(retrieve_linkage_key, AT("A12345", OKONKWO), "keyRevoked");
  BAD_FIELD(import_register, "passphrase", FILE_IN(folder, "register.sealed"));
}

/* Asks a supplier's system, which has the same patients. */
static void asks_a_supplier(void) {
  const char *supplier = "\"odsCode\":\"A12345\",\"nhsNumber\":\"" OKONKWO "\",\"supplier\":\"native\"";
  char *answer = ANSWER(retrieve_linkage_key, about("{%s}", supplier), "ok");
  CHECK(strstr(answer, "\"linkageKey\":\"K7CDX4RTMN9PQ3WHJV\"") != NULL);
  free(answer);
  BAD_FIELD(retrieve_linkage_key, "supplier", "{\"odsCode\":\"A12345\",\"nhsNumber\":\"" OKONKWO "\",\"supplier\":\"x\"}");
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) {
    char *folder = new_folder();
    plugin = open_sandbox(arguments[1]);
    imports(folder);
    retrieves();
    creates();
    administers();
    moves_the_register(arguments[1], folder);
    asks_a_supplier();
    OUTCOME(verify_audit, "{}", "intact");
    finish(plugin);
    remove_folder(folder);
  }
  puts("linkage: every operation answered, called and started");
  return 0;
}
