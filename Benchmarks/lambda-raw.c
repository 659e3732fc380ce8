/* No floor but a witness: the same loop on a bare socket, which trusts what it is sent. As far as it is quicker than
   lambda-floor, the server is not what the others wait for.
   Usage: lambda-raw noop|echo, with AWS_LAMBDA_RUNTIME_API set. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static char answer[1 << 20];

/* Reads one answer; returns where its body begins and how long that is. */
static char *receive(int connection, size_t *length) {
    size_t got = 0;
    char *end = NULL;
    for (;;) {
        ssize_t count = read(connection, answer + got, sizeof answer - 1 - got);
        if (count <= 0) exit(1);
        got += (size_t)count;
        answer[got] = 0;
        if (end == NULL && (end = strstr(answer, "\r\n\r\n")) != NULL)
            *length = strtoul(strcasestr(answer, "Content-Length:") + 15, NULL, 10);
        if (end != NULL && got >= (size_t)(end + 4 - answer) + *length) return end + 4;
    }
}

int main(int count, char **arguments) {
    const char *address = getenv("AWS_LAMBDA_RUNTIME_API");
    if (address == NULL || count != 2) return 2;
    int echoes = strcmp(arguments[1], "echo") == 0, one = 1;
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server.sin_port = htons((unsigned short)atoi(strchr(address, ':') + 1));
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, (struct sockaddr *)&server, sizeof server) != 0) return 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    char next[256], head[512], id[64];
    int next_length = snprintf(next, sizeof next, "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: %s\r\n\r\n", address);
    for (;;) {
        size_t length = 0;
        if (write(connection, next, (size_t)next_length) != next_length) return 1;
        char *body = receive(connection, &length);
        sscanf(strcasestr(answer, "Lambda-Runtime-Aws-Request-Id:") + 30, " %63[^\r]", id);
        if (!echoes) body = "{}", length = 2;
        int head_length = snprintf(
            head, sizeof head,
            "POST /2018-06-01/runtime/invocation/%s/response HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
            "Content-Length: %zu\r\n\r\n", id, address, length);
        struct iovec parts[] = {{head, (size_t)head_length}, {body, length}};
        if (writev(connection, parts, 2) < 0) return 1;
        receive(connection, &length);
    }
}
