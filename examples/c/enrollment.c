/* Student-mobility enrolment, at the institution that offers a course: a student of another one enrols, the host
 * program decides while she waits, her own institution agrees, and months later it is sent her result. */
#include "enrollment.h"

#include <stdio.h>
#include <stdlib.h>

#include "host.h"
#include "http.h"

#define FENNA "edu-fenna-01"
#define HYDROLOGY "6f0d1c52-7f3e-4c0c-9a53-3f9d5a5d0010"
#define BY_REGISTRAR "\"user\":\"registrar\""

/* Starts the listener, and tells the receiver, which is the sandbox's, where applications go. */
static void listen_for_starts(void) {
    char body[512];
    char *started = call(learnerlink_start_listener, "starting to listen", "{\"user\":\"demo\"}");
    printf("start_listener  %s on %s\n", get(started, "outcome"), get(started, "address"));
    snprintf(body, sizeof body, "{\"url\":\"%s/api/start\",\"user\":\"receiver\",\"password\":\"s3c+ret/=start\"}",
        get(started, "address"));
    free(started);
    if (http_call(sandbox, "POST", "/_sandbox/enrollment/backend", NULL, body, body, sizeof body) != 200)
        fprintf(stderr, "the sandbox takes no backend: %s\n", body), exit(1);
}

/* Hands out the next application while the student's browser waits for its answer; the caller frees it. */
static char *next_application(int *browser) {
    learnerlink_op op = 0;
    learnerlink_op_state state = LEARNERLINK_OP_STATE_RUNNING;
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    /* A host has this under way all the time, from a thread of its own or with a completion queue. */
    if (learnerlink_start(plugin, "list_enrollments", "{\"handOut\":true,\"waitMs\":20000,\"withBodies\":true," BY_REGISTRAR "}",
            &op, &error) != LEARNERLINK_STATUS_OK)
        give_up("waiting for applications", error);
    *browser = http_send(sandbox, "POST", "/_sandbox/enrollment/broker", NULL,
        "{\"personId\":\"" FENNA "\",\"offeringId\":\"" HYDROLOGY "\",\"acceptLanguage\":\"nl-NL\"}");
    if (learnerlink_op_wait(op, LEARNERLINK_WAIT_FOREVER, &state, &error) != LEARNERLINK_STATUS_OK ||
        learnerlink_op_result(op, &text, &error) != LEARNERLINK_STATUS_OK)
        give_up("waiting for applications", error);
    learnerlink_close(op);
    char *answer = take(text);
    if (!*get(answer, "enrollments.0.enrollmentId")) fprintf(stderr, "no application came\n"), exit(1);
    return answer;
}

static void print_application(const char *answer) {
    printf("list_enrollments  handed out an application\n");
    printf("  %s %s of %s, for %s\n", get(answer, "enrollments.0.person.givenName"), get(answer, "enrollments.0.person.surname"),
        get(answer, "enrollments.0.homeInstitution"), get(answer, "enrollments.0.offeringName.en"));
    printf("  %s of %s places are taken\n", get(answer, "enrollments.0.offering.enrolledNumberStudents"),
        get(answer, "enrollments.0.offering.maxNumberStudents"));
}

static void decide(const char *id) {
    char *answer = call(learnerlink_decide_enrollment, "deciding", "{\"enrollmentId\":\"%s\",\"decision\":\"associate\"," BY_REGISTRAR "}", id);
    printf("decide_enrollment  %s: associate\n", get(answer, "outcome"));
    free(answer);
}

static void print_what_she_reads(int browser) {
    char shown[8192];
    int status = http_receive(browser, shown, sizeof shown);
    if (status != 200) fprintf(stderr, "the sandbox answered %d: %s\n", status, shown), exit(1);
    printf("Fenna's browser shows, code %s\n  %s\n", get(shown, "shown.code"), get(shown, "shown.message"));
}

static void print_states(const char *id) {
    char *answer = call(learnerlink_list_enrollments, "reading an enrolment", "{\"enrollmentId\":\"%s\"," BY_REGISTRAR "}", id);
    printf("list_enrollments  state %s: host %s, home %s, association %s\n", get(answer, "enrollments.0.state"),
        get(answer, "enrollments.0.host"), get(answer, "enrollments.0.home"), get(answer, "enrollments.0.delivery"));
    table_begin("event|detail");
    for (int i = 0; *get(answer, "enrollments.0.events.%d.kind", i); i++) {
        table_cell(get(answer, "enrollments.0.events.%d.kind", i));
        table_cell(get(answer, "enrollments.0.events.%d.detail", i));
    }
    table_print();
    free(answer);
}

static void send_result(const char *id) {
    char *answer = call(learnerlink_send_results, "sending a result",
        "{\"enrollmentId\":\"%s\",\"result\":{\"state\":\"completed\",\"pass\":\"passed\",\"score\":\"8.5\","
        "\"resultDate\":\"2027-07-02\",\"studyLoad\":{\"studyLoadUnit\":\"ects\",\"value\":5}}," BY_REGISTRAR "}", id);
    printf("send_results  %s\n", get(answer, "outcome"));
    free(answer);
}

static void print_what_home_has(void) {
    static char kept[65536];
    if (http_call(sandbox, "GET", "/_sandbox/enrollment/associations", NULL, NULL, kept, sizeof kept) != 200)
        fprintf(stderr, "the sandbox shows no associations\n"), exit(1);
    printf("%s now has\n", get(kept, "associations.0.home"));
    table_begin("state here|state there|score|scale|passed|credits|date");
    table_cell(get(kept, "associations.0.remoteStates.0.remoteState"));
    table_cell(get(kept, "associations.0.state"));
    table_cell(get(kept, "associations.0.results.0.result.score"));
    table_cell(get(kept, "associations.0.results.0.result.ext.resultValueType"));
    table_cell(get(kept, "associations.0.results.0.result.pass"));
    table_cell(get(kept, "associations.0.results.0.result.studyLoad.value"));
    table_cell(get(kept, "associations.0.results.0.result.resultDate"));
    table_print();
}

void enrollment_of_fenna(void) {
    heading("Student mobility: a student of another institution enrols");
    free(call(learnerlink_put_profile, "adding the institution",
        "{\"profile\":\"gouwe\",\"displayName\":\"Hogeschool Gouwe\",\"user\":\"demo\","
        "\"enrollment\":{\"user\":\"sis-gouwe\",\"password\":\"s3c+ret/=sis\"}}"));
    listen_for_starts();
    int browser = -1;
    char id[64], *application = next_application(&browser);
    print_application(application);
    snprintf(id, sizeof id, "%s", get(application, "enrollments.0.enrollmentId"));
    free(application);
    decide(id);
    print_what_she_reads(browser);
    printf("\n");
    print_states(id);

    heading("Student mobility: her result goes home");
    send_result(id);
    print_what_home_has();
    char *stopped = call(learnerlink_stop_listener, "stopping to listen", "{\"user\":\"demo\"}");
    printf("\nstop_listener  %s\n", get(stopped, "outcome"));
    free(stopped);
}
