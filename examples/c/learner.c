#define _POSIX_C_SOURCE 200809L
#include "learner.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int learner_post(const char *address, const char *path, const char *json) {
    char host[64] = {0}, message[1024], answer[64] = {0};
    unsigned port = 0;
    if (sscanf(address, "http://%63[^:]:%u", host, &port) != 2) return 0;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, host, &to.sin_addr) != 1) return 0;
    int status = 0, length = snprintf(message, sizeof message,
        "POST %s HTTP/1.1\r\nHost: %s:%u\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        path, host, port, strlen(json), json);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connection < 0) return 0;
    if (connect(connection, (struct sockaddr *)&to, sizeof to) == 0 && write(connection, message, (size_t)length) == length &&
        read(connection, answer, sizeof answer - 1) > 0)
        sscanf(answer, "HTTP/1.1 %d", &status);
    close(connection);
    return status;
}
