#define _POSIX_C_SOURCE 200809L
#include "host.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

learnerlink_plugin plugin;
const char *sandbox;

/* ---- the library's texts and errors ------------------------------------------------------------------- */

char *take(learnerlink_text text) {
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

void give_up(const char *what, learnerlink_error error) {
    char *json = take_error(error);
    fprintf(stderr, "%s failed: %s: %s\n", what, get(json, "code"), get(json, "message"));
    exit(1);
}

char *call(operation run, const char *what, const char *format, ...) {
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

void show_error(const char *what, operation run, const char *request) {
    learnerlink_text text = 0;
    learnerlink_error error = 0;
    if (run(plugin, request, &text, &error) == LEARNERLINK_STATUS_OK) fprintf(stderr, "%s was expected to fail\n", what), exit(1);
    char *json = take_error(error);
    printf("%s\n  %s (%s, %s): %s\n\n", what, get(json, "code"), get(json, "status"),
        strcmp(get(json, "retriable"), "true") == 0 ? "try again later" : "trying again is no use", get(json, "message"));
    free(json);
}

const char *get(const char *json, const char *path, ...) {
    static char values[8][4096];
    static int next;
    char *value = values[next++ % 8], whole[128];
    va_list parts;
    va_start(parts, path);
    vsnprintf(whole, sizeof whole, path, parts);
    va_end(parts);
    return json_get(json, whole, value, sizeof values[0]) ? value : "";
}

/* ---- printing ------------------------------------------------------------------------------------------ */

void heading(const char *text) {
    printf("\n== %s ==\n\n", text);
}

enum { MOST_COLUMNS = 8, MOST_CELLS = 2048 };
static char *cells[MOST_CELLS];
static int columns, filled;

void table_begin(const char *names) {
    char name[64];
    columns = filled = 0;
    for (;; names++) {
        size_t length = strcspn(names, "|");
        snprintf(name, sizeof name, "%.*s", (int)length, names);
        table_cell(name);
        columns++;
        names += length;
        if (!*names) return;
    }
}

void table_cell(const char *text) {
    if (filled == MOST_CELLS) fprintf(stderr, "the table is too large\n"), exit(1);
    char *copy = strdup(*text ? text : "-");
    if (copy == NULL) abort();
    /* What services store often ends in blanks. */
    for (size_t length = strlen(copy); length > 1 && copy[length - 1] == ' ';) copy[--length] = 0;
    cells[filled++] = copy;
}

/* How many columns of the terminal a text takes; letters of several bytes count once. */
static int width(const char *text) {
    int count = 0;
    for (; *text; text++) count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

void table_print(void) {
    int widths[MOST_COLUMNS] = {0};
    for (int at = 0; at < filled; at++)
        if (width(cells[at]) > widths[at % columns]) widths[at % columns] = width(cells[at]);
    for (int at = 0; at < filled; at++) {
        int last = at % columns == columns - 1;
        printf("  %s%*s%s", cells[at], last ? 0 : widths[at % columns] - width(cells[at]), "", last ? "\n" : "");
        free(cells[at]);
    }
    filled = 0;
}
