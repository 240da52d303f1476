#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *blank(const char *at) {
    while (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r') at++;
    return at;
}

/* The end of the string that begins at `at`. */
static const char *string_end(const char *at) {
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1]) at++;
    return *at ? at + 1 : at;
}

/* The end of the value that begins at `at`. */
static const char *value_end(const char *at) {
    int depth = 0;
    for (at = blank(at); *at;) {
        if (*at == '"') {
            at = string_end(at);
        } else if (*at == '{' || *at == '[') {
            depth++, at++;
        } else if (*at == '}' || *at == ']') {
            if (depth == 0) return at;
            depth--, at++;
        } else if (*at == ',' && depth == 0) {
            return at;
        } else {
            at++;
        }
        if (depth == 0 && (at[-1] == '"' || at[-1] == '}' || at[-1] == ']')) return at;
    }
    return at;
}

/* The member or item of the value at `at` that `name` (of `length` bytes) names. */
static const char *child(const char *at, const char *name, size_t length) {
    at = blank(at);
    int object = *at == '{';
    if (!object && *at != '[') return NULL;
    long wanted = object ? 0 : strtol(name, NULL, 10), number = 0;
    for (at = blank(at + 1); *at && *at != '}' && *at != ']'; number++) {
        int found = !object && number == wanted;
        if (object) {
            const char *end = string_end(at);
            found = (size_t)(end - at) == length + 2 && memcmp(at + 1, name, length) == 0;
            at = blank(end);
            if (*at == ':') at = blank(at + 1);
        }
        if (found) return at;
        at = blank(value_end(at));
        if (*at == ',') at = blank(at + 1);
    }
    return NULL;
}

static size_t put_utf8(unsigned long code, char *out) {
    if (code < 0x80) return out[0] = (char)code, 1;
    if (code < 0x800) return out[0] = (char)(0xc0 | code >> 6), out[1] = (char)(0x80 | (code & 63)), 2;
    if (code < 0x10000) {
        out[0] = (char)(0xe0 | code >> 12), out[1] = (char)(0x80 | (code >> 6 & 63)), out[2] = (char)(0x80 | (code & 63));
        return 3;
    }
    out[0] = (char)(0xf0 | code >> 18), out[1] = (char)(0x80 | (code >> 12 & 63));
    out[2] = (char)(0x80 | (code >> 6 & 63)), out[3] = (char)(0x80 | (code & 63));
    return 4;
}

static unsigned long hex4(const char *at) {
    char digits[5] = {0};
    for (int i = 0; i < 4 && at[i]; i++) digits[i] = at[i];
    return strtoul(digits, NULL, 16);
}

int json_get(const char *json, const char *path, char *value, size_t capacity) {
    const char *at = json;
    while (*path) {
        size_t length = strcspn(path, ".");
        at = child(at, path, length);
        if (at == NULL) return 0;
        path += length + (path[length] == '.');
    }
    if (strncmp(at, "null", 4) == 0) return 0;
    const char *end = value_end(at);
    size_t used = 0;
    if (*at != '"') {
        while (at < end && used + 1 < capacity) value[used++] = *at++;
    } else {
        for (at++; at < end - 1 && used + 5 < capacity; at++) {
            if (*at != '\\') {
                value[used++] = *at;
                continue;
            }
            const char *escapes = "b\bf\fn\nr\rt\t", *found;
            at++;
            if (*at == 'u') {
                unsigned long code = hex4(at + 1);
                at += 4;
                if (code >= 0xd800 && code < 0xdc00 && at[1] == '\\' && at[2] == 'u') {
                    code = 0x10000 + ((code - 0xd800) << 10) + (hex4(at + 3) - 0xdc00);
                    at += 6;
                }
                used += put_utf8(code, value + used);
            } else if ((found = strchr(escapes, *at)) != NULL && (found - escapes) % 2 == 0) {
                value[used++] = found[1];
            } else {
                value[used++] = *at;
            }
        }
    }
    value[used] = 0;
    return 1;
}

int json_quote(const char *text, char *out, size_t capacity) {
    size_t used = 0;
    if (capacity < 3) return 0;
    out[used++] = '"';
    for (; *text; text++) {
        if (used + 8 > capacity) return 0;
        if (*text == '"' || *text == '\\') out[used++] = '\\', out[used++] = *text;
        else if ((unsigned char)*text < 0x20) used += (size_t)snprintf(out + used, 7, "\\u%04x", (unsigned)*text);
        else out[used++] = *text;
    }
    out[used++] = '"';
    out[used] = 0;
    return 1;
}
