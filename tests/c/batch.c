/* An operation for every row of a file: the address of a sandbox is the argument. */

#include "operations.h"

static char *folder;

/* The path of a file in the folder, of which two may be used at once. */
static const char *in_folder(const char *name) {
  static char paths[2][256];
  static int at;
  at = !at;
  snprintf(paths[at], sizeof paths[at], "%s/%s", folder, name);
  return paths[at];
}

static void write_file(const char *name, const char *text) {
  FILE *file = fopen(in_folder(name), "w");
  CHECK(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static char *read_file(const char *name) {
  static char text[4096];
  FILE *file = fopen(in_folder(name), "r");
  CHECK(file != NULL);
  text[fread(text, 1, sizeof text - 1, file)] = '\0';
  fclose(file);
  return text;
}

/* A request to run get_match for the rows of a file. */
static const char *asking(const char *input, const char *output, const char *more) {
  static char request[2048];
  snprintf(request, sizeof request,
           "{\"operation\":\"get_match\",\"input\":\"%s/%s\",\"output\":\"%s/%s\",\"user\":\"clerk\"%s}", folder, input, folder,
           output, more);
  return request;
}

static void runs_every_row(void) {
  write_file("rows.csv", "personId\nA1000AA\nB2000BB,too much\nC3000CC\n");
  char *checked = ANSWER(start_batch, asking("rows.csv", "out.csv", ",\"dryRun\":true"), "invalid");
  CHECK(strstr(checked, "\"rows\":3,\"valid\":2,\"refused\":1,\"refusedRows\":[{\"line\":3,") != NULL);
  free(checked);
  char *begun = ANSWER(start_batch, asking("rows.csv", "out.csv", ""), "started");
  char *id = member(begun, "batchId");
  free(begun);
  char *status = ANSWER(batch_status, about("{\"batchId\":\"%s\",\"waitMs\":60000}", id), "doneWithErrors");
  CHECK(strstr(status, "\"done\":2,\"failed\":0,\"refused\":1") != NULL);
  CHECK(strstr(status, "\"outcomes\":{\"notMatched\":2},\"errors\":{\"INVALID_ROW\":1}") != NULL);
  free(status);
  CHECK(strcmp(read_file("out.csv"),
               "row,line,personId,outcome,errorCode,errorMessage\n1,2,A1000AA,notMatched,,\n"
               "2,3,B2000BB,,INVALID_ROW,it has 2 values where 1 are expected\n3,4,C3000CC,notMatched,,\n") == 0);
  OUTCOME(resume_batch, about("{\"batchId\":\"%s\"}", id), "finished");
  OUTCOME(cancel_batch, about("{\"batchId\":\"%s\"}", id), "notRunning");
  char *listed = ANSWER(list_batches, "{\"state\":\"doneWithErrors\"}", "ok");
  CHECK(strstr(listed, id) != NULL);
  free(listed);
  free(id);
}

static void refuses_mistakes(void) {
  BAD_FIELD(start_batch, "output", asking("rows.csv", "out.csv", ""));
  BAD_FIELD(start_batch, "input", asking("none.csv", "other.csv", ""));
  BAD_FIELD(start_batch, "concurrency", asking("rows.csv", "other.csv", ",\"concurrency\":1025"));
  BAD_FIELD(start_batch, "operation", "{\"operation\":\"purge\",\"input\":\"x.csv\"}");
  BAD_FIELD(list_batches, "state", "{\"state\":\"asleep\"}");
  REFUSED(batch_status, "{\"batchId\":\"none\"}", NOT_FOUND);
  REFUSED(resume_batch, "{\"batchId\":\"none\"}", NOT_FOUND);
  REFUSED(cancel_batch, "{\"batchId\":\"none\"}", NOT_FOUND);
  REFUSED(start_batch, "{\"operation\":\"get_match\",\"file\":\"x\"}", UNKNOWN_KEY);
  REFUSED(batch_status, "{\"batch\":\"x\"}", UNKNOWN_KEY);
  REFUSED(resume_batch, "{}", INVALID_INPUT);
  REFUSED(list_batches, "[", INVALID_JSON);
  REFUSED(cancel_batch, "{", INVALID_JSON);
}

int main(int count, char **arguments) {
  CHECK(count > 1);
  for (started = 0; started < 2; started++) {
    folder = new_folder();
    plugin = open_sandbox(arguments[1]);
    runs_every_row();
    refuses_mistakes();
    finish(plugin);
    remove_folder(folder);
  }
  puts("batch: every operation answered, called and started");
  return 0;
}
