/* Every operation of the Student Record Exchange, called and started: the address of a sandbox is the argument. */

#include "operations.h"

#define RULES \
  "{\"authorizedEntities\":[{\"id\":2}],\"externalServices\":[{\"id\":5,\"authorizedEntityId\":2}]," \
  "\"districtServices\":[{\"id\":9,\"zoneId\":\"alder\",\"externalServiceId\":5,\"initiationDate\":\"2026-01-01\"," \
  "\"expirationDate\":\"2026-12-31\",\"dataObjects\":[{\"name\":\"xSre\",\"filterType\":\"include\"," \
  "\"includeStatement\":\"name\"}]}],\"students\":[{\"districtStudentId\":\"7\",\"districtServiceId\":9," \
  "\"consents\":[{\"startDate\":\"2026-09-01\",\"endDate\":\"2026-11-22\"}]}]}"
#define XSRE "<xSre refId=\\\"r1\\\"><name>Ashdown</name><localId>7</localId></xSre>"
#define ASKED(more) "{\"studentId\":\"7\",\"authorizedEntityId\":2,\"externalServiceId\":5,\"ukprn\":\"10099901\"" more "}"

static void filters(void) {
  char *shown = ANSWER(filter_xsre, "{\"xml\":\"" XSRE "\",\"dataObjects\":[{\"filterType\":\"include\","
                       "\"includeStatement\":\"localId\"}],\"formats\":[\"xml\",\"summary\"]}", "filtered");
  CHECK(strstr(shown, "<localId>7</localId>") != NULL && strstr(shown, "Ashdown") == NULL);
  CHECK(strstr(shown, "\"localId\":\"7\"") != NULL);
  free(shown);
  BAD_FIELD(filter_xsre, "dataObjects[0].includeStatement", "{\"xml\":\"" XSRE "\",\"dataObjects\":[{\"filterType\":\"include\","
            "\"includeStatement\":\"//name\"}]}");
  BAD_FIELD(filter_xsre, "xml", "{\"xml\":\"<xSre>\",\"dataObjects\":[]}");
  BAD_FIELD(filter_xsre, "xml", "{\"xml\":\"<!DOCTYPE a><xSre/>\",\"dataObjects\":[]}");
  BAD_FIELD(filter_xsre, "stylesheet", "{\"xml\":\"" XSRE "\",\"stylesheet\":\"<a/>\"}");
  BAD_FIELD(filter_xsre, "dataObjects", "{\"xml\":\"" XSRE "\"}");
  REFUSED(filter_xsre, "{\"xml\":7}", INVALID_INPUT);
}

static void authorizes(void) {
  char *said = ANSWER(authorize_sif_request, "{\"authorization\":\"Basic eDp5\",\"timestamp\":\"2026-11-22T08:15:30.000Z\"}",
                      "refused");
  CHECK(strstr(said, "\"httpStatus\":401") != NULL);
  free(said);
  said = ANSWER(authorize_sif_request, "{}", "refused");
  CHECK(strstr(said, "\"httpStatus\":400") != NULL);
  free(said);
  REFUSED(authorize_sif_request, "{\"header\":\"x\"}", UNKNOWN_KEY);
}

static void imports(const char *folder) {
  char *done = ANSWER(import_sif_rules, "{\"rules\":" RULES ",\"user\":\"clerk\"}", "imported");
  CHECK(strstr(done, "\"students\":1") != NULL);
  free(done);
  char path[1024];
  snprintf(path, sizeof path, "%s/rules.json", folder);
  FILE *file = fopen(path, "w");
  CHECK(file != NULL);
  fputs(RULES, file);
  CHECK(fclose(file) == 0);
  OUTCOME(import_sif_rules, about("{\"path\":\"%s/rules.json\",\"user\":\"clerk\"}", folder), "imported");
  BAD_FIELD(import_sif_rules, "path", about("{\"path\":\"%s/none.json\",\"user\":\"clerk\"}", folder));
  BAD_FIELD(import_sif_rules, "user", "{\"rules\":" RULES "}");
  BAD_FIELD(import_sif_rules, "externalServices[0].authorizedEntityId",
            "{\"rules\":{\"externalServices\":[{\"id\":5,\"authorizedEntityId\":2}]},\"user\":\"clerk\"}");
}

static void asks(void) {
  OUTCOME(get_xsre, ASKED(",\"formats\":[\"xml\"]"), "notFound");
  BAD_FIELD(get_xsre, "studentId", "{\"studentId\":\"7;a\",\"authorizedEntityId\":2,\"externalServiceId\":5,\"ukprn\":\"10099901\"}");
  BAD_FIELD(get_xsre, "zoneId", ASKED(",\"zoneId\":\"a=b\""));
  REFUSED(get_xsre, ASKED(",\"formats\":[\"pdf\"]"), INVALID_INPUT);
  REFUSED(get_xsre, "{\"studentId\":\"7\",\"authorizedEntityId\":2,\"externalServiceId\":5,\"ukprn\":\"10099909\"}", NO_CREDENTIAL);
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) {
    char *folder = new_folder();
    plugin = open_sandbox(arguments[1]);
    filters();
    authorizes();
    imports(folder);
    asks();
    OUTCOME(verify_audit, "{}", "intact");
    finish(plugin);
    remove_folder(folder);
  }
  puts("sif: every operation answered, called and started");
  return 0;
}
