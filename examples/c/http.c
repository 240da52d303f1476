#define _POSIX_C_SOURCE 200809L
#include "http.h"

#include <stdio.h>
#include <string.h>

#ifdef _WIN32
#include <winsock2.h>
#define close_socket closesocket
#else
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#define close_socket close
#endif

int http_send(const char *address, const char *method, const char *path, const char *headers, const char *body) {
    char host[64] = "", message[8192];
    unsigned port = 0;
    if (sscanf(address, "http://%63[^:]:%u", host, &port) != 2) return -1;
#ifdef _WIN32
    WSADATA started;
    if (WSAStartup(MAKEWORD(2, 2), &started) != 0) return -1;
#endif
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((unsigned short)port)};
    to.sin_addr.s_addr = inet_addr(host);
    if (to.sin_addr.s_addr == INADDR_NONE) return -1;
    if (headers == NULL) headers = "";
    if (body == NULL) body = "";
    int length = snprintf(message, sizeof message,
        "%s %s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\n%s%sContent-Length: %u\r\n\r\n%s",
        method, path, host, port, headers, *body ? "Content-Type: application/json\r\n" : "",
        (unsigned)strlen(body), body);
    if (length < 0 || (size_t)length >= sizeof message) return -1;
    int connection = (int)socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0) return -1;
    if (connect(connection, (struct sockaddr *)&to, sizeof to) == 0 &&
        (int)send(connection, message, (size_t)length, 0) == length)
        return connection;
    close_socket(connection);
    return -1;
}

int http_receive(int connection, char *answer, size_t capacity) {
    char whole[65536];
    int status = 0;
    size_t used = 0;
    int count;
    if (capacity > 0) answer[0] = 0;
    if (connection < 0) return 0;
    while (used < sizeof whole - 1 && (count = (int)recv(connection, whole + used, sizeof whole - 1 - used, 0)) > 0)
        used += (size_t)count;
    close_socket(connection);
    whole[used] = 0;
    sscanf(whole, "HTTP/1.1 %d", &status);
    const char *end = strstr(whole, "\r\n\r\n");
    if (end != NULL && capacity > 0) snprintf(answer, capacity, "%s", end + 4);
    return status;
}

int http_call(const char *address, const char *method, const char *path, const char *headers, const char *body,
    char *answer, size_t capacity) {
    return http_receive(http_send(address, method, path, headers, body), answer, capacity);
}
