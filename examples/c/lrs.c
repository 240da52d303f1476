/* The Learning Records Service, as a prison's education service uses it: from a person in custody, whom its own
 * system knows by a number, to their Unique Learner Number (ULN) and what they have learnt. */
#include "lrs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "http.h"

#define ASKING "\"ukprn\":\"10099901\",\"user\":\"demo\""
/* The people's numbers are the host's own. */
#define RENEE "A1000AA"
#define ODETTE "B2000BB"
#define NEWCOMER "C3000CC"

static void print_learners(const char *answer) {
    char text[512];
    table_begin("ULN|Name|Born|Gender|Postcode|Differs in");
    for (int i = 0; *get(answer, "learners.%d.uln", i); i++) {
        table_cell(get(answer, "learners.%d.uln", i));
        snprintf(text, sizeof text, "%s %s", get(answer, "learners.%d.givenName", i), get(answer, "learners.%d.familyName", i));
        table_cell(text);
        table_cell(get(answer, "learners.%d.dateOfBirth", i));
        table_cell(get(answer, "learners.%d.gender", i));
        table_cell(get(answer, "learners.%d.lastKnownPostCode", i));
        text[0] = 0;
        for (int field = 0; *get(answer, "mismatchesByLearner.%d.%d", i, field); field++) {
            size_t used = strlen(text);
            snprintf(text + used, sizeof text - used, "%s%s", field ? ", " : "", get(answer, "mismatchesByLearner.%d.%d", i, field));
        }
        table_cell(text);
    }
    table_print();
}

static void match(const char *who, const char *request) {
    char *answer = call(learnerlink_match_learner, "searching for a learner", "{%s," ASKING "}", request);
    printf("match_learner  %s: %s\n\n", who, get(answer, "outcome"));
    print_learners(answer);
    free(answer);
}

/* Confirms that a person has a ULN, with the names as the service has them. */
static void confirm(const char *person, const char *uln, const char *given, const char *family, const char *found_by) {
    char *answer = call(learnerlink_confirm_match, "confirming a match",
        "{\"personId\":\"%s\",\"uln\":\"%s\",\"givenName\":\"%s\",\"familyName\":\"%s\",\"matchType\":\"%s\"," ASKING "}",
        person, uln, given, family, found_by);
    printf("confirm_match  %s has ULN %s: %s\n", person, uln, get(answer, "outcome"));
    free(answer);
}

static void show_match(const char *person) {
    char *answer = call(learnerlink_get_match, "reading a match", "{\"personId\":\"%s\"," ASKING "}", person);
    printf("get_match      %s: %s", person, get(answer, "outcome"));
    if (*get(answer, "uln"))
        printf(", ULN %s, %s %s, confirmed by %s", get(answer, "uln"), get(answer, "givenName"), get(answer, "familyName"), get(answer, "confirmedBy"));
    printf("\n");
    free(answer);
}

static void print_events(const char *person) {
    static const char *const fields[] = {"achievementAwardDate", "level", "subject", "grade", "awardingOrganisationName", "source"};
    int count = 0;
    char *answer = call(learnerlink_fetch_plr, "fetching a record", "{\"personId\":\"%s\"," ASKING "}", person);
    printf("fetch_plr  %s, through the register: %s\n\n", person, get(answer, "outcome"));
    table_begin("Awarded|Level|Subject|Grade|Awarding organisation|Source");
    for (; *get(answer, "learningEvents.%d.id", count); count++)
        for (int field = 0; field < 6; field++) {
            const char *value = get(answer, "learningEvents.%d.%s", count, fields[field]);
            if (strncmp(value, "Level ", 6) == 0) value += 6;
            /* The service's way to say that it does not know. */
            if (strcmp(value, "9999999999") == 0 || strcmp(value, "UNKNOWN") == 0) value = "";
            table_cell(value);
        }
    table_print();
    printf("\n  %d learning events; a dash stands for what the service does not know.\n\n", count);
    free(answer);
}

static void print_report(const char *person) {
    char name[256];
    char *answer = call(learnerlink_subject_access_report, "reporting on a person", "{\"personId\":\"%s\"," ASKING "}", person);
    printf("subject_access_report  all that the register holds of %s: %s\n\n", person, get(answer, "outcome"));
    table_begin("Row|Written (UTC)|Status|ULN|Name|Found as|By");
    for (int i = 0; *get(answer, "rows.%d.id", i); i++) {
        table_cell(get(answer, "rows.%d.id", i));
        snprintf(name, sizeof name, "%.10s %.8s", get(answer, "rows.%d.createdAt", i), get(answer, "rows.%d.createdAt", i) + 11);
        table_cell(name);
        table_cell(get(answer, "rows.%d.matchStatus", i));
        table_cell(get(answer, "rows.%d.matchedUln", i));
        snprintf(name, sizeof name, "%s %s", get(answer, "rows.%d.givenName", i), get(answer, "rows.%d.familyName", i));
        table_cell(strcmp(name, " ") == 0 ? "" : name);
        table_cell(get(answer, "rows.%d.matchType", i));
        table_cell(get(answer, "rows.%d.confirmedBy", i));
    }
    table_print();
    free(answer);
}

void lrs_match_and_fetch(void) {
    heading("Learning Records Service: who is this?");
    printf(RENEE ", " ODETTE " and " NEWCOMER " are the host's own numbers for three people.\n\n");
    match(RENEE ", all of whose details are right",
        "\"givenName\":\"Ren\xc3\xa9" "e\",\"familyName\":\"N\xc3\xad Dh\xc3\xa1laigh\",\"dateOfBirth\":\"2002-07-19\","
        "\"gender\":\"female\",\"lastKnownPostCode\":\"D02 X285\"");
    printf("\n");
    match(ODETTE ", born 1995-06-27, NE1 4LP, as the host has it",
        "\"givenName\":\"Odette\",\"familyName\":\"Marrowby\",\"dateOfBirth\":\"1995-06-27\","
        "\"gender\":\"female\",\"lastKnownPostCode\":\"NE1 4LP\"");

    heading("The match register: who has which ULN");
    confirm(RENEE, "8203040550", "Ren\xc3\xa9" "e", "N\xc3\xad Dh\xc3\xa1laigh", "exactMatch");
    show_match(RENEE);
    printf("\nAnother person cannot have the same ULN\n");
    confirm(NEWCOMER, "8203040550", "Ren\xc3\xa9" "e", "N\xc3\xad Dh\xc3\xa1laigh", "exactMatch");
    show_match(NEWCOMER);
    printf("\nThe wrong one of two learners, taken back and put right\n");
    confirm(ODETTE, "6405060704", "Odette", "Marrowby", "possibleMatch");
    char *answer = call(learnerlink_remove_match, "taking a match back", "{\"personId\":\"" ODETTE "\"," ASKING "}");
    printf("remove_match   " ODETTE ": %s\n", get(answer, "outcome"));
    free(answer);
    confirm(ODETTE, "4203040506", "Odette", "Marrowby", "possibleMatch");

    heading("Personal learning record");
    print_events(RENEE);
    answer = call(learnerlink_fetch_plr, "fetching a record",
        "{\"uln\":\"8607080902\",\"givenName\":\"Petra\",\"familyName\":\"Vanstone\"," ASKING "}");
    printf("fetch_plr  ULN 8607080902, a learner who does not share: %s\n", get(answer, "outcome"));
    free(answer);

    heading("Subject access report");
    print_report(ODETTE);
}

void lrs_listen(void) {
    char token[8192], headers[8192 + 128], body[4096];
    heading("The match register, for other programs over HTTP");
    char *started = call(learnerlink_start_listener, "starting to listen", "{\"user\":\"demo\"}");
    printf("start_listener  %s on %s\n", get(started, "outcome"), get(started, "address"));
    int status = http_call(get(started, "address"), "GET", "/match/" RENEE, "X-Username: clerk\r\n", NULL, body, sizeof body);
    printf("  GET /match/" RENEE " without a token: %d\n", status);

    /* Client credentials of an invented program ("ro-client:s3c+ret/=ro" in base64) that may read. */
    if (http_call(sandbox, "POST", "/hmpps-auth/auth/oauth/token?grant_type=client_credentials",
            "Authorization: Basic cm8tY2xpZW50OnMzYytyZXQvPXJv\r\n", NULL, token, sizeof token) != 200)
        fprintf(stderr, "the sandbox gave no token\n"), exit(1);
    snprintf(headers, sizeof headers, "X-Username: clerk\r\nAuthorization: Bearer %s\r\n", get(token, "access_token"));
    status = http_call(get(started, "address"), "GET", "/match/" RENEE, headers, NULL, body, sizeof body);
    printf("  GET /match/" RENEE " with one: %d\n    %s\n", status, body);
    free(started);

    char *stopped = call(learnerlink_stop_listener, "stopping to listen", "{\"user\":\"demo\"}");
    printf("stop_listener  %s\n", get(stopped, "outcome"));
    free(stopped);
}
