/* A record system's day in a terminal: it shows a QR code, waits while a learner decides, prints the record
 * it gets, finds learners' Unique Learner Numbers and what they have learnt (lrs.c), keeps a register of linkage
 * keys (linkage.c), sees a student as two services do (sif.c), decides on the enrolment of a student from
 * elsewhere (enrollment.c), meets three errors as a host would, and shows the audit trail.
 *
 *   make demo                  everything by itself
 *   DEMO_BROWSER=1 make demo   waits for you to approve in a browser
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "enrollment.h"
#include "host.h"
#include "http.h"
#include "linkage.h"
#include "lrs.h"
#include "sif.h"

#define NORTHBRIDGE "10099901"
#define SOUTHMOOR "10099902"

static int show_sensitive, for_a_person;

static void open_plugin(void) {
    char config[2048];
    learnerlink_error error = 0;
    /* The key comes from the environment, as it would in a service; it is never written into a file here. */
    snprintf(config, sizeof config,
        "{\"store\":\"demo.db\",\"vaultKey\":\"${LEARNERLINK_VAULT_KEY}\",\"vera\":{\"baseUrl\":\"%s/\",\"authority\":\"%s/\","
        "\"tenantId\":\"5a9db0c5-0d4a-4f3b-9a7e-2b1f5c0de001\",\"resource\":\"api://view-education-record.sandbox\"},"
        "\"lrs\":{\"url\":\"%s/lrs\"},\"sif\":{\"url\":\"%s/sif/ears\",\"zoneId\":\"alder\"},"
        "\"enrollment\":{\"receiverUrl\":\"%s/enrollment/receiver\",\"provider\":\"gouwe\",\"handOver\":\"direct\",\"issuer\":"
        "{\"schacHome\":\"gouwe.example\",\"name\":{\"en\":\"Gouwe University\",\"nl\":\"Hogeschool Gouwe\"},\"shortName\":\"HG\"}},"
        "\"listener\":{\"address\":\"127.0.0.1:0\",\"learnerRecords\":{\"provider\":\"" NORTHBRIDGE
        "\",\"jwksUrl\":\"%s/hmpps-auth/auth/.well-known/jwks.json\"},"
        "\"enrollment\":{\"user\":\"receiver\",\"password\":\"s3c+ret/=start\"}}}",
        sandbox, sandbox, sandbox, sandbox, sandbox, sandbox);
    if (learnerlink_open(config, &plugin, &error) != LEARNERLINK_STATUS_OK) give_up("opening the library", error);
    printf("LearnerLink %s is open, with its store in demo.db\n", learnerlink_version());
    /* The real Learning Records Service wants a client certificate too ("pfx"); the sandbox is content on plain HTTP. */
    free(call(learnerlink_put_profile, "adding the provider",
        "{\"ukprn\":\"" NORTHBRIDGE "\",\"displayName\":\"Northbridge College\",\"user\":\"demo\","
        "\"vera\":{\"clientId\":\"cid-a\",\"clientSecret\":\"s3c+ret/=1\"},"
        "\"lrs\":{\"password\":\"Or&chard<Gate>1\",\"vendorId\":1}}"));
    printf("Northbridge College (UKPRN " NORTHBRIDGE ") may call DfE View Education Record\n"
           "and the Learning Records Service\n");
}

static void learner_answers(const char *id, const char *how) {
    char path[512], answer[256];
    snprintf(path, sizeof path, "/_sandbox/shares/%s/%s", id, how);
    const char *uln = strcmp(how, "approve") == 0 ? "{\"uln\":\"5123456782\"}" : "{}";
    int status = http_call(sandbox, "POST", path, NULL, uln, answer, sizeof answer);
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
    char name[256];
    snprintf(name, sizeof name, "%s %s %s", get(answer, "record.firstName"), get(answer, "record.middleNames"), get(answer, "record.lastName"));
    row("Name", name, 0);
    row("ULN", get(answer, "record.uln"), 0);
    row("Date of birth", get(answer, "record.dateOfBirth"), 0);
    row("Postcode", get(answer, "record.postcode"), 0);
    row("SEN provision", get(answer, "record.senProvisionDescription"), 1);
    row("Primary SEN type", get(answer, "record.primarySENTypeDescription"), 1);
    row("Free school meals", get(answer, "record.freeSchoolMealEligible"), 1);
    printf("\n");
    table_begin("Qualification|Grade");
    for (int i = 0; *get(answer, "record.qualifications.%d.title", i); i++) {
        table_cell(get(answer, "record.qualifications.%d.title", i));
        table_cell(get(answer, "record.qualifications.%d.grade", i));
    }
    table_print();
    printf("\n");
    table_begin("School|From|To");
    for (int i = 0; *get(answer, "record.schools.%d.name", i); i++) {
        table_cell(get(answer, "record.schools.%d.name", i));
        table_cell(get(answer, "record.schools.%d.academicYearStart", i));
        const char *end = get(answer, "record.schools.%d.academicYearEnd", i);
        table_cell(*end ? end : "now");
    }
    table_print();
}

static void show_audit(void) {
    static const char *const fields[] = {"seq", "at", "operation", "profile", "outcome"};
    char pseudonym[13];
    char *audit = call(learnerlink_query_audit, "reading the audit trail", "{\"limit\":100,\"user\":\"demo\"}");
    table_begin("seq|at|operation|profile|outcome|person");
    for (int i = 0; *get(audit, "entries.%d.seq", i); i++) {
        for (int field = 0; field < 5; field++) table_cell(get(audit, "entries.%d.%s", i, fields[field]));
        snprintf(pseudonym, sizeof pseudonym, "%s", get(audit, "entries.%d.subject", i));
        table_cell(pseudonym);
    }
    table_print();
    free(audit);
    char *verified = call(learnerlink_verify_audit, "verifying the audit trail", "{\"user\":\"demo\"}");
    printf("\n  Persons have pseudonyms, made with the store's key. The trail is %s: %s entries were checked.\n", get(verified, "outcome"), get(verified, "entries"));
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

    lrs_match_and_fetch();
    lrs_listen();
    linkage_keys();
    sif_records();
    enrollment_of_fenna();

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
    printf("\nDone. The store is in demo.db: no name, number, key or secret can be read from it.\n");
    return 0;
}
