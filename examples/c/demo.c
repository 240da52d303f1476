/* A record system's day in a terminal: it shows a QR code, waits while a learner decides, prints the record
 * it gets, shows the audit trail, and meets three errors as a host would.
 *
 *   make demo                  everything by itself
 *   DEMO_BROWSER=1 make demo   waits for you to approve in a browser
 */
#define _POSIX_C_SOURCE 200809L
#include <learnerlink.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "json.h"
#include "learner.h"

#define NORTHBRIDGE "10099901"
#define SOUTHMOOR "10099902"

static learnerlink_plugin plugin;
static const char *sandbox;
static int show_sensitive, for_a_person;

/* ---- the library's texts and errors ------------------------------------------------------------------- */

static char *take(learnerlink_text text) {
    uint64_t length = 0;
    learnerlink_text_copy(text, NULL, 0, &length);
    char *copy = malloc((size_t)length + 1);
    if (copy == NULL || learnerlink_text_copy(text, copy, length + 1, NULL) != LEARNERLINK_STATUS_OK) abort();
    learnerlink_close(text);
    return copy;
}

static char *take_error(learnerlink_error error) {
    learnerlink_text text = 0;
    if (learnerlink_error_json(error, &text) != LEARNERLINK_STATUS_OK) abort();
    learnerlink_close(error);
    return take(text);
}

static void give_up(const char *what, learnerlink_error error) {
    char *json = take_error(error), code[64] = "", message[512] = "";
    json_get(json, "code", code, sizeof code);
    json_get(json, "message", message, sizeof message);
    fprintf(stderr, "%s failed: %s: %s\n", what, code, message);
    exit(1);
}

typedef learnerlink_status(LEARNERLINK_CALL *operation)(learnerlink_plugin, const char *, learnerlink_text *, learnerlink_error *);

/* Calls an operation that has no reason to fail here; the caller frees the answer. */
static char *call(operation run, const char *what, const char *format, ...) {
    char request[2048];
    va_list values;
    va_start(values, format);
    vsnprintf(request, sizeof request, format, values);
    va_end(values);
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    if (run(plugin, request, &text, &error) != LEARNERLINK_STATUS_OK) give_up(what, error);
    return take(text);
}

static const char *get(const char *json, const char *path) {
    static char values[8][4096];
    static int next;
    char *value = values[next++ % 8];
    return json_get(json, path, value, sizeof values[0]) ? value : "";
}

static void heading(const char *text) {
    printf("\n== %s ==\n\n", text);
}

/* ---- the steps ---------------------------------------------------------------------------------------- */

static void open_plugin(void) {
    char config[1024];
    learnerlink_error error = 0;
    /* The key comes from the environment, as it would in a service; it is never written into a file here. */
    snprintf(config, sizeof config,
        "{\"store\":\"demo.db\",\"vaultKey\":\"${LEARNERLINK_VAULT_KEY}\",\"vera\":{\"baseUrl\":\"%s/\",\"authority\":\"%s/\","
        "\"tenantId\":\"5a9db0c5-0d4a-4f3b-9a7e-2b1f5c0de001\",\"resource\":\"api://view-education-record.sandbox\"}}",
        sandbox, sandbox);
    if (learnerlink_open(config, &plugin, &error) != LEARNERLINK_STATUS_OK) give_up("opening the library", error);
    printf("LearnerLink %s is open, with its store in demo.db\n", learnerlink_version());
    free(call(learnerlink_put_profile, "adding the provider",
        "{\"ukprn\":\"" NORTHBRIDGE "\",\"displayName\":\"Northbridge College\",\"user\":\"demo\","
        "\"vera\":{\"clientId\":\"cid-a\",\"clientSecret\":\"s3c+ret/=1\"}}"));
    printf("Northbridge College (UKPRN " NORTHBRIDGE ") may call DfE View Education Record\n");
}

static void learner_answers(const char *id, const char *how) {
    char path[512];
    snprintf(path, sizeof path, "/_sandbox/shares/%s/%s", id, how);
    int status = learner_post(sandbox, path, strcmp(how, "approve") == 0 ? "{\"uln\":\"5123456782\"}" : "{}");
    if (status != 200) fprintf(stderr, "the sandbox answered %d\n", status), exit(1);
}

/* Issues a code, shows it when asked to, waits for the learner and returns the answer. */
static char *share(const char *how, int show) {
    char *qr = call(learnerlink_generate_qr, "issuing a code",
        "{\"ukprn\":\"" NORTHBRIDGE "\",\"formats\":[\"text\"],\"user\":\"demo\"}");
    char id[256], request[512];
    snprintf(id, sizeof id, "%s", get(qr, "correlationId"));
    if (show) printf("%s\nThe learner scans this, or opens %s/_sandbox/learner/%s\n\n", get(qr, "text"), sandbox, id);
    free(qr);

    learnerlink_op op = 0;
    learnerlink_op_state state = LEARNERLINK_OP_STATE_RUNNING;
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    int waits_for_person = for_a_person && strcmp(how, "approve") == 0, answered = waits_for_person;
    snprintf(request, sizeof request, "{\"correlationId\":\"%s\",\"waitMs\":300000,\"user\":\"demo\"}", id);
    if (learnerlink_start(plugin, "poll_learner_data", request, &op, &error) != LEARNERLINK_STATUS_OK) give_up("waiting", error);
    for (int round = 0; state == LEARNERLINK_OP_STATE_RUNNING; round++) {
        if (learnerlink_op_wait(op, 250, &state, &error) != LEARNERLINK_STATUS_OK) give_up("waiting", error);
        if (isatty(STDOUT_FILENO) && learnerlink_op_progress(op, &text, NULL) == LEARNERLINK_STATUS_OK) {
            char *progress = take(text);
            printf("\r  waiting for the learner %c  asked %s times ", "|/-\\"[round % 4], get(progress, "polls"));
            fflush(stdout);
            free(progress);
        }
        if (round == 4 && !answered) learner_answers(id, how), answered = 1;
    }
    printf(isatty(STDOUT_FILENO) ? "\n" : "  waited for the learner\n");
    if (learnerlink_op_result(op, &text, &error) != LEARNERLINK_STATUS_OK) give_up("waiting", error);
    learnerlink_close(op);
    return take(text);
}

static void row(const char *name, const char *value, int sensitive) {
    if (*value) printf("  %-28s %s\n", name, sensitive && !show_sensitive ? "(not shown; --show-sensitive)" : value);
}

static void print_record(const char *answer) {
    char path[64], name[256];
    snprintf(name, sizeof name, "%s %s %s", get(answer, "record.firstName"), get(answer, "record.middleNames"), get(answer, "record.lastName"));
    row("Name", name, 0);
    row("ULN", get(answer, "record.uln"), 0);
    row("Date of birth", get(answer, "record.dateOfBirth"), 0);
    row("Postcode", get(answer, "record.postcode"), 0);
    row("SEN provision", get(answer, "record.senProvisionDescription"), 1);
    row("Primary SEN type", get(answer, "record.primarySENTypeDescription"), 1);
    row("Free school meals", get(answer, "record.freeSchoolMealEligible"), 1);
    for (int i = 0;; i++) {
        snprintf(path, sizeof path, "record.qualifications.%d.title", i);
        snprintf(name, sizeof name, "%s", get(answer, path));
        if (!*name) break;
        snprintf(path, sizeof path, "record.qualifications.%d.grade", i);
        if (i == 0) printf("\n  %-52s %s\n", "Qualification", "Grade");
        printf("  %-52s %s\n", name, get(answer, path));
    }
    for (int i = 0;; i++) {
        char from[32];
        snprintf(path, sizeof path, "record.schools.%d.name", i);
        snprintf(name, sizeof name, "%s", get(answer, path));
        if (!*name) break;
        snprintf(path, sizeof path, "record.schools.%d.academicYearStart", i);
        snprintf(from, sizeof from, "%s", get(answer, path));
        snprintf(path, sizeof path, "record.schools.%d.academicYearEnd", i);
        if (i == 0) printf("\n  %-52s %s\n", "School", "Years");
        printf("  %-52s %s to %s\n", name, from, *get(answer, path) ? get(answer, path) : "now");
    }
}

static void show_error(const char *what, operation run, const char *request) {
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    if (run(plugin, request, &text, &error) == LEARNERLINK_STATUS_OK) fprintf(stderr, "%s was expected to fail\n", what), exit(1);
    char *json = take_error(error);
    printf("%s\n  %s (%s, %s): %s\n\n", what, get(json, "code"), get(json, "status"),
        strcmp(get(json, "retriable"), "true") == 0 ? "try again later" : "trying again is no use", get(json, "message"));
    free(json);
}

static void show_audit(void) {
    char path[64];
    char *audit = call(learnerlink_query_audit, "reading the audit trail", "{\"limit\":100,\"user\":\"demo\"}");
    printf("  %-4s %-28s %-20s %-10s %-20s %s\n", "seq", "at", "operation", "profile", "outcome", "learner (pseudonym)");
    for (int i = 0;; i++) {
        const char *fields[] = {"seq", "at", "operation", "profile", "outcome", "subject"}, *values[6];
        for (int field = 0; field < 6; field++) {
            snprintf(path, sizeof path, "entries.%d.%s", i, fields[field]);
            values[field] = get(audit, path);
        }
        if (!*values[0]) break;
        printf("  %-4s %-28s %-20s %-10s %-20s %.12s\n", values[0], values[1], values[2], values[3], values[4], values[5]);
    }
    free(audit);
    char *verified = call(learnerlink_verify_audit, "verifying the audit trail", "{\"user\":\"demo\"}");
    printf("\n  The trail is %s: %s entries were checked.\n", get(verified, "outcome"), get(verified, "entries"));
    free(verified);
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--show-sensitive") == 0) show_sensitive = 1;
        else if (strncmp(argv[i], "http://", 7) == 0) sandbox = argv[i];
        else return fprintf(stderr, "usage: %s SANDBOX_ADDRESS [--show-sensitive]\n", argv[0]), 2;
    }
    if (sandbox == NULL) return fprintf(stderr, "usage: %s SANDBOX_ADDRESS [--show-sensitive]\n", argv[0]), 2;
    for_a_person = getenv("DEMO_BROWSER") != NULL && *getenv("DEMO_BROWSER") && *getenv("DEMO_BROWSER") != '0';

    heading("Opening");
    open_plugin();

    heading("View Education Record, pattern A: a QR code");
    char *answer = share("approve", 1);
    printf("  %s\n\n", get(answer, "message"));
    if (strcmp(get(answer, "outcome"), "shared") == 0) print_record(answer);
    free(answer);

    heading("Three things that go wrong");
    free(call(learnerlink_put_profile, "adding a provider",
        "{\"ukprn\":\"" SOUTHMOOR "\",\"displayName\":\"Southmoor Sixth Form\",\"user\":\"demo\","
        "\"vera\":{\"clientId\":\"cid-b\",\"clientSecret\":\"not-the-secret\"}}"));
    show_error("A provider with the wrong secret", learnerlink_generate_qr, "{\"ukprn\":\"" SOUTHMOOR "\",\"user\":\"demo\"}");
    show_error("A ULN with a wrong check digit", learnerlink_fetch_learner_data,
        "{\"ukprn\":\"" NORTHBRIDGE "\",\"uln\":\"5123456783\",\"user\":\"demo\"}");
    printf("A learner who declines\n");
    answer = share("decline", 0);
    printf("  outcome %s: %s\n", get(answer, "outcome"), get(answer, "message"));
    free(answer);

    heading("What the audit trail says");
    show_audit();

    learnerlink_close(plugin);
    learnerlink_error error = 0;
    if (learnerlink_shutdown(5000, &error) != LEARNERLINK_STATUS_OK) give_up("shutting down", error);
    printf("\nDone. The store is in demo.db: no name, ULN or secret can be read from it.\n");
    return 0;
}
