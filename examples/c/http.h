/* A very small HTTP client, for the examples. A real host has its own, or needs none. */
#ifndef EXAMPLE_HTTP_H
#define EXAMPLE_HTTP_H

#include <stddef.h>

/* Sends a request to `address` ("http://127.0.0.1:PORT"). `headers` are whole lines, each with "\r\n" at its end;
 * they and `body` may be NULL. Copies the body of the answer, as far as it fits, into `answer` and returns the
 * HTTP status, or 0. */
int http_call(const char *address, const char *method, const char *path, const char *headers, const char *body,
    char *answer, size_t capacity);

/* The same in two steps, for a request whose answer takes its time: the first sends it and returns a connection, or
 * -1; the second waits for the answer and closes the connection. */
int http_send(const char *address, const char *method, const char *path, const char *headers, const char *body);
int http_receive(int connection, char *answer, size_t capacity);

#endif
