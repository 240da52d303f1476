/* What the C programs of the tests share: checks, texts, a little JSON, a little HTTP, counting threads. */

#ifndef CHECK_H
#define CHECK_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
/* clang-format off: the second needs the first */
#include <winsock2.h>
#include <tlhelp32.h>
#define close_socket closesocket
#else
#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
#define close_socket close
#endif

#include "learnerlink.h"

/* Ends the program when a condition does not hold. */
#define CHECK(condition)                                                                  \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      fprintf(stderr, "%s:%d: this does not hold: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                            \
    }                                                                                     \
  } while (0)

/* Ends the program when a call has another status than expected, with the error object. */
#define EXPECT(expected, call, error) expect((expected), (call), &(error), #call, __FILE__, __LINE__)
#define EXPECT_OK(call, error) EXPECT(LEARNERLINK_STATUS_OK, call, error)

/* Copies a text out and closes it; the caller frees the copy. */
static inline char *take(learnerlink_text text) {
  uint64_t length = 0;
  CHECK(learnerlink_text_copy(text, NULL, 0, &length) == LEARNERLINK_STATUS_BUFFER_TOO_SMALL);
  char *copy = (char *)malloc((size_t)length + 1);
  CHECK(copy != NULL);
  CHECK(learnerlink_text_copy(text, copy, length + 1, NULL) == LEARNERLINK_STATUS_OK);
  CHECK(strlen(copy) == length);
  CHECK(learnerlink_close(text) == LEARNERLINK_STATUS_OK);
  return copy;
}

static inline void expect(learnerlink_status expected, learnerlink_status found, learnerlink_error *error,
                          const char *call, const char *file, int line) {
  char *json = NULL;
  learnerlink_text text = 0;
  if (*error != 0) {
    CHECK(learnerlink_error_json(*error, &text) == LEARNERLINK_STATUS_OK);
    json = take(text);
    CHECK(learnerlink_close(*error) == LEARNERLINK_STATUS_OK);
    *error = 0;
  }
  if (found != expected) {
    fprintf(stderr, "%s:%d: %s gave %d, not %d: %s\n", file, line, call, (int)found, (int)expected,
            json != NULL ? json : "no error object");
    exit(1);
  }
  CHECK((found == LEARNERLINK_STATUS_OK) == (json == NULL));
  free(json);
}

/* The text of the first member of this name, to be freed; it must have no escapes. */
static inline char *member(const char *json, const char *name) {
  char key[64];
  snprintf(key, sizeof key, "\"%s\":\"", name);
  const char *start = strstr(json, key);
  if (start == NULL) {
    fprintf(stderr, "%s is missing in %.400s\n", name, json);
    exit(1);
  }
  start += strlen(key);
  const char *end = strchr(start, '"');
  CHECK(end != NULL);
  char *value = (char *)calloc((size_t)(end - start) + 1, 1);
  CHECK(value != NULL);
  memcpy(value, start, (size_t)(end - start));
  return value;
}

/* Whether the document has this outcome. */
static inline int has_outcome(const char *json, const char *outcome) {
  char *found = member(json, "outcome");
  int same = strcmp(found, outcome) == 0;
  if (!same) fprintf(stderr, "the outcome is %s, not %s\n", found, outcome);
  free(found);
  return same;
}

/* The port in the address of a server of this machine. */
static inline unsigned port_of(const char *base) {
  unsigned port = 0;
  CHECK(sscanf(base, "http://127.0.0.1:%u", &port) == 1);
  return port;
}

/* Connects to a server of this machine; -1 when nobody listens there. */
static inline int connected(const char *base) {
  unsigned port = port_of(base);
#ifdef _WIN32
  WSADATA started;
  CHECK(WSAStartup(MAKEWORD(2, 2), &started) == 0);
#endif
  struct sockaddr_in address;
  memset(&address, 0, sizeof address);
  address.sin_family = AF_INET;
  address.sin_port = htons((uint16_t)port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int connection = (int)socket(AF_INET, SOCK_STREAM, 0);
  CHECK(connection >= 0);
  if (connect(connection, (struct sockaddr *)&address, sizeof address) == 0) {
    return connection;
  }
  close_socket(connection);
  return -1;
}

/* Asks a server of this machine; the caller frees the answer, head and all. `headers` are whole lines. */
static inline char *http(const char *base, const char *method, const char *path, const char *headers,
                         const char *body) {
  int connection = connected(base);
  CHECK(connection >= 0);
  char request[8192];
  int length = snprintf(request, sizeof request,
                        "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n%s"
                        "Content-Type: application/json\r\nContent-Length: %u\r\n\r\n%s",
                        method, path, port_of(base), headers, (unsigned)strlen(body), body);
  CHECK(length > 0 && (size_t)length < sizeof request);
  CHECK((int)send(connection, request, (size_t)length, 0) == length);
  enum { LARGEST = 65536 };
  char *answer = (char *)calloc(LARGEST, 1);
  CHECK(answer != NULL);
  size_t filled = 0;
  int count;
  while (filled < LARGEST - 1 && (count = (int)recv(connection, answer + filled, LARGEST - 1 - filled, 0)) > 0)
    filled += (size_t)count;
  close_socket(connection);
  return answer;
}

/* Sends a document to the sandbox's control interface and checks that it is accepted. */
static inline void post(const char *base, const char *path, const char *body) {
  char whole[2048];
  snprintf(whole, sizeof whole, "/_sandbox/%s", path);
  char *answer = http(base, "POST", whole, "", body);
  if (strncmp(answer, "HTTP/1.1 2", 10) != 0) {
    fprintf(stderr, "the sandbox answers %s to %s: %s\n", path, body, answer);
    exit(1);
  }
  free(answer);
}

/* How many threads this process has. */
static inline int count_threads(void) {
  int found = 0;
#ifdef _WIN32
  HANDLE all = CreateToolhelp32Snapshot(TH32CS_SNAPTHREAD, 0);
  CHECK(all != INVALID_HANDLE_VALUE);
  THREADENTRY32 thread;
  thread.dwSize = sizeof thread;
  for (BOOL more = Thread32First(all, &thread); more; more = Thread32Next(all, &thread))
    found += thread.th32OwnerProcessID == GetCurrentProcessId();
  CloseHandle(all);
#else
  DIR *tasks = opendir("/proc/self/task");
  CHECK(tasks != NULL);
  for (struct dirent *entry = readdir(tasks); entry != NULL; entry = readdir(tasks)) found += entry->d_name[0] != '.';
  closedir(tasks);
#endif
  return found;
}

/* Waits until this process has as many threads as given; they end soon after the last handle is closed. */
static inline void await_threads(int wanted) {
  for (int turn = 0; turn < 20000; turn++) {
    if (count_threads() == wanted) return;
#ifdef _WIN32
    Sleep(1);
#else
    struct timespec pause = {0, 1000000};
    nanosleep(&pause, NULL);
#endif
  }
  fprintf(stderr, "%d threads are left, not %d\n", count_threads(), wanted);
  exit(1);
}

/* How many handles of all kinds are open. */
static inline long live_handles(void) {
  learnerlink_text text = 0;
  learnerlink_error error = 0;
  EXPECT_OK(learnerlink_stats(0, &text, &error), error);
  char *json = take(text);
  const char *at = strstr(json, "\"handles\":{");
  CHECK(at != NULL);
  long sum = 0;
  for (at += strlen("\"handles\":"); *at != 0 && *at != '}'; at++)
    if (*at == ':') sum += strtol(at + 1, NULL, 10);
  free(json);
  return sum;
}

#ifndef _WIN32
/* Makes a folder for the files of a test; the caller frees the path. */
static inline char *new_folder(void) {
  const char *parent = getenv("TMPDIR");
  char path[1024];
  snprintf(path, sizeof path, "%s/learnerlink-XXXXXX", parent != NULL ? parent : "/tmp");
  CHECK(mkdtemp(path) != NULL);
  char *copy = strdup(path);
  CHECK(copy != NULL);
  return copy;
}

/* Removes such a folder with its files, and frees the path. */
static inline void remove_folder(char *path) {
  DIR *folder = opendir(path);
  CHECK(folder != NULL);
  for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder))
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      CHECK(unlinkat(dirfd(folder), entry->d_name, 0) == 0);
  closedir(folder);
  CHECK(rmdir(path) == 0);
  free(path);
}
#endif

/* Opens a plugin on the sandbox of the given address. */
static inline learnerlink_plugin open_sandbox(const char *base) {
  char config[256];
  learnerlink_plugin plugin = 0;
  learnerlink_error error = 0;
  snprintf(config, sizeof config, "{\"sandbox\":\"%s\"}", base);
  EXPECT_OK(learnerlink_open(config, &plugin, &error), error);
  CHECK(plugin != 0 && plugin >> 63 == 0);
  return plugin;
}

/* Ends all and checks that nothing is left: no handle, no thread. */
static inline void finish(learnerlink_plugin plugin) {
  CHECK(learnerlink_close(plugin) == LEARNERLINK_STATUS_OK);
  CHECK(live_handles() == 0);
  await_threads(1);
}

#endif
