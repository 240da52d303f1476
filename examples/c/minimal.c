/* The shortest useful host: issue a QR code, wait for the learner, print what comes back.
 *
 *   cc minimal.c -I../../include -L../../target/debug -llearnerlink -Wl,-rpath,../../target/debug -o minimal
 *   ./minimal '{"sandbox":"http://127.0.0.1:8099"}' 10099901
 */
#include <learnerlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Copies a text out and closes it; the caller frees the copy. */
static char *take(learnerlink_text text) {
    uint64_t length = 0;
    learnerlink_text_copy(text, NULL, 0, &length);
    char *copy = malloc((size_t)length + 1);
    if (copy == NULL || learnerlink_text_copy(text, copy, length + 1, NULL) != LEARNERLINK_STATUS_OK) abort();
    learnerlink_close(text);
    return copy;
}

/* Ends the program with what the library says. */
static void fail(learnerlink_error error) {
    learnerlink_text text = 0;
    if (learnerlink_error_json(error, &text) == LEARNERLINK_STATUS_OK) fprintf(stderr, "%s\n", take(text));
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 3) return fprintf(stderr, "usage: %s CONFIG_JSON UKPRN\n", argv[0]), 2;
    learnerlink_plugin plugin = 0;
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    char request[512], id[200];
    if (learnerlink_open(argv[1], &plugin, &error) != LEARNERLINK_STATUS_OK) fail(error);

    snprintf(request, sizeof request, "{\"ukprn\":\"%s\",\"formats\":[\"image\"]}", argv[2]);
    if (learnerlink_generate_qr(plugin, request, &text, &error) != LEARNERLINK_STATUS_OK) fail(error);
    char *qr = take(text);
    puts(qr); /* show "image.dataUri" to the learner */
    fflush(stdout);

    /* A real host has a JSON library; this one looks for the one value it needs. */
    const char *found = strstr(qr, "\"correlationId\":\"");
    if (found == NULL || sscanf(found, "\"correlationId\":\"%199[^\"]", id) != 1) return 1;
    snprintf(request, sizeof request, "{\"correlationId\":\"%s\",\"waitMs\":300000}", id);
    if (learnerlink_poll_learner_data(plugin, request, &text, &error) != LEARNERLINK_STATUS_OK) fail(error);
    char *answer = take(text);
    puts(answer);

    free(answer);
    free(qr);
    learnerlink_close(plugin);
    return 0;
}
