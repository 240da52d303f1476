/* NHS IM1 linkage keys, as a GP system uses them: it keeps the register, and NHS login asks for the key of a patient
 * who signs up, or has one made. */
#include "linkage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

#define BY_STAFF "\"user\":\"reception\""
#define NORTHGATE "\"odsCode\":\"A12345\""
#define OKONKWO NORTHGATE ",\"nhsNumber\":\"999 012 3403\",\"surname\":\"Okonkwo Bright\",\"dateOfBirth\":\"1984-03-12\""
#define DEMPSEY NORTHGATE ",\"nhsNumber\":\"999 012 3411\",\"surname\":\"ODEMPSEY\",\"dateOfBirth\":\"1990-02-28\""
#define KRUEGER NORTHGATE ",\"nhsNumber\":\"999 012 3438\",\"surname\":\"Kruger\",\"dateOfBirth\":\"1971-11-05\""
#define TALWIN NORTHGATE ",\"nhsNumber\":\"999 012 3446\",\"surname\":\"Talwin\",\"dateOfBirth\":\"2001-07-19\""
#define IMPOSTOR NORTHGATE ",\"nhsNumber\":\"999 012 3411\",\"surname\":\"Dempster\",\"dateOfBirth\":\"1990-02-28\""

static void import_patients(void) {
    char *answer = call(learnerlink_import_register, "importing patients",
        "{\"path\":\"examples/c/patients.csv\",\"onRefused\":\"skip\"," BY_STAFF "}");
    printf("import_register  %s: %s rows taken over, %s refused\n", get(answer, "outcome"), get(answer, "imported"), get(answer, "refusedRows"));
    for (int i = 0; *get(answer, "refused.%d.line", i); i++)
        printf("  line %s: %s\n", get(answer, "refused.%d.line", i), get(answer, "refused.%d.reason", i));
    free(answer);
}

/* NHS login's way: ask, and have a key made where there is none. A host shows the key to nobody but the caller; here
 * it is cut short. */
static void sign_up(const char *who, const char *patient, const char *options) {
    char *answer = call(learnerlink_retrieve_or_create_linkage_key, "asking for a linkage key",
        "{%s%s,\"user\":\"nhs-login\"}", patient, options);
    printf("%s\n  %s", who, get(answer, "outcome"));
    if (*get(answer, "linkageKey"))
        printf(": account %s, key %.4s..., %s, %s", get(answer, "accountId"), get(answer, "linkageKey"), get(answer, "surname"),
            strcmp(get(answer, "created"), "true") == 0 ? "made just now" : "there before");
    else if (*get(answer, "detail.reason"))
        printf(": %s, \"%s\"", get(answer, "detail.reason"), get(answer, "detail.text"));
    else
        printf(": %s", get(answer, "message"));
    printf("\n");
    free(answer);
}

static void print_trail(void) {
    static const char *const fields[] = {"operation", "user", "outcome", "details.odsCode", "details.generation", "details.reason"};
    char pseudonym[13];
    char *audit = call(learnerlink_query_audit, "reading the audit trail", "{\"system\":\"linkage\",\"limit\":100,\"user\":\"demo\"}");
    table_begin("operation|by|outcome|organisation|key no.|reason|patient");
    for (int i = 0; *get(audit, "entries.%d.seq", i); i++) {
        for (int field = 0; field < 6; field++) table_cell(get(audit, "entries.%d.%s", i, fields[field]));
        snprintf(pseudonym, sizeof pseudonym, "%s", get(audit, "entries.%d.subject", i));
        table_cell(pseudonym);
    }
    table_print();
    free(audit);
}

void linkage_keys(void) {
    heading("NHS IM1 linkage keys: the register of a GP system");
    import_patients();

    heading("Linkage keys: patients sign up");
    sign_up("A new user, whose surname is written in another way", DEMPSEY, "");
    sign_up("The same, once more", DEMPSEY, "");
    sign_up("A user who has had a key for long", OKONKWO, "");
    sign_up("Somebody with the patient's number and another name", IMPOSTOR, "");
    sign_up("A user whose key was revoked, when none is to be made", KRUEGER, ",\"reissueRevoked\":false");
    sign_up("The same, when another may be made", KRUEGER, "");
    sign_up("A user whom the practice has blocked", TALWIN, "");

    heading("Linkage keys: reception acts");
    char *answer = call(learnerlink_revoke_linkage_key, "revoking a key",
        "{" NORTHGATE ",\"nhsNumber\":\"999 012 3403\",\"reason\":\"lost phone\"," BY_STAFF "}");
    printf("revoke_linkage_key  %s\n", get(answer, "outcome"));
    free(answer);
    answer = call(learnerlink_set_linkage_access, "unblocking a patient",
        "{" NORTHGATE ",\"nhsNumber\":\"999 012 3446\",\"blocked\":false," BY_STAFF "}");
    printf("set_linkage_access  %s\n", get(answer, "outcome"));
    free(answer);
    sign_up("The patient who was blocked", TALWIN, "");

    heading("Linkage keys: what the audit trail says");
    print_trail();
}
