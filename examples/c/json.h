/* Reads values out of JSON text by path, for the examples. A real host has a JSON library. */
#ifndef EXAMPLE_JSON_H
#define EXAMPLE_JSON_H

#include <stddef.h>

/* Copies the value at `path`, such as "record.schools.0.name", into `value`. Texts are unescaped, other
 * values are copied as they stand. Returns 1, or 0 when there is no such value or it is null. */
int json_get(const char *json, const char *path, char *value, size_t capacity);

/* Writes `text` as a JSON string, quotes included, into `out`. Returns 0 when it does not fit. */
int json_quote(const char *text, char *out, size_t capacity);

#endif
