/* SIF Student Record Exchange: the privacy rules of a district say what each service may see of a student. */
#include "sif.h"

#include <stdio.h>
#include <stdlib.h>

#include "host.h"

#define DISTRICT "10099901"

/* A record as one service may see it; the caller frees it. */
static char *seen_by(int entity, int service) {
    char *answer = call(learnerlink_get_xsre, "asking for a student record",
        "{\"studentId\":\"700004\",\"authorizedEntityId\":%d,\"externalServiceId\":%d,\"ukprn\":\"" DISTRICT "\",\"user\":\"demo\"}",
        entity, service);
    printf("get_xsre for service %d  %s\n", service, get(answer, "outcome"));
    return answer;
}

static void compare(const char *const records[2]) {
    static const char *const fields[][2] = {
        {"family name", "familyName"}, {"given name", "givenName"}, {"local id", "localId"}, {"school", "schoolName"},
        {"grade", "gradeLevel"}, {"entered", "entryDate"}, {"days absent", "daysAbsent"}, {"last term", "terms.0.session"},
        {"its average", "terms.0.cumulativeGpa"}, {"a course", "terms.0.courses.0.courseTitle"},
        {"its mark", "terms.0.courses.0.finalMarkValue"},
    };
    table_begin("one student|service 5: names|service 6: how they are doing");
    for (size_t at = 0; at < sizeof fields / sizeof fields[0]; at++) {
        table_cell(fields[at][0]);
        for (int record = 0; record < 2; record++) table_cell(get(records[record], "summary.%s", fields[at][1]));
    }
    table_print();
}

/* A host that has a record already filters it itself. */
static void filter_here(void) {
    char *answer = call(learnerlink_filter_xsre, "filtering a record",
        "{\"xml\":\"<xSre><name><familyName>Ashdown</familyName><givenName>Rook</givenName></name>"
        "<localId>700001</localId></xSre>\",\"formats\":[\"xml\"],\"dataObjects\":["
        "{\"filterType\":\"include\",\"includeStatement\":\"name\"},"
        "{\"filterType\":\"exclude\",\"includeStatement\":\"name/familyName\"}]}");
    printf("\nfilter_xsre  include name, exclude name/familyName\n  %s\n", get(answer, "xml"));
    free(answer);
}

void sif_records(void) {
    heading("SIF student records: one student, seen by two services");
    free(call(learnerlink_put_profile, "adding the district",
        "{\"ukprn\":\"" DISTRICT "\",\"displayName\":\"Alder Valley District\",\"user\":\"demo\","
        "\"sif\":{\"sessionToken\":\"5b0c7a52-3d64-4f0e-9a77-2f6f0d1c9e10\",\"sharedSecret\":\"s3cret-key-0001\"}}"));
    char *names = seen_by(2, 5), *more = seen_by(3, 6);
    compare((const char *const[]){names, more});
    free(names);
    free(more);
    filter_here();
}
