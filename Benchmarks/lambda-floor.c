/* The floor of this design: the least that a Lambda runtime on libcurl can do. One easy handle, one connection; the
   event's bytes are looked at by nobody. What ours adds to this is its own work.
   Usage: lambda-floor noop|echo, with AWS_LAMBDA_RUNTIME_API set. */
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *body;
static size_t size, capacity;
static char request_id[128];

static size_t take_body(char *bytes, size_t one, size_t count, void *user) {
    if (size + count > capacity) body = realloc(body, capacity = 2 * (size + count));
    memcpy(body + size, bytes, count);
    size += count;
    return count;
}

static size_t take_header(char *bytes, size_t one, size_t count, void *user) {
    static const char name[] = "Lambda-Runtime-Aws-Request-Id:";
    if (count > sizeof name && strncasecmp(bytes, name, sizeof name - 1) == 0) {
        const char *value = bytes + sizeof name - 1, *end = bytes + count;
        while (value < end && *value == ' ') value++;
        while (end > value && (end[-1] == '\r' || end[-1] == '\n' || end[-1] == ' ')) end--;
        snprintf(request_id, sizeof request_id, "%.*s", (int)(end - value), value);
    }
    return count;
}

static void perform(CURL *easy, long expected) {
    long status = 0;
    CURLcode code = curl_easy_perform(easy);
    if (code == CURLE_OK) curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    if (status == expected) return;
    fprintf(stderr, "lambda-floor: %s, status %ld\n", curl_easy_strerror(code), status);
    exit(1);
}

int main(int count, char **arguments) {
    const char *address = getenv("AWS_LAMBDA_RUNTIME_API");
    if (address == NULL || count != 2) return 2;
    int echoes = strcmp(arguments[1], "echo") == 0;
    char next[256], response[512];
    snprintf(next, sizeof next, "http://%s/2018-06-01/runtime/invocation/next", address);

    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURL *easy = curl_easy_init();
    struct curl_slist *fields = curl_slist_append(NULL, "Content-Type: application/json");
    fields = curl_slist_append(fields, "Expect:");
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, fields);
    for (;;) {
        size = 0;
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        curl_easy_setopt(easy, CURLOPT_URL, next);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
        perform(easy, 200);

        snprintf(response, sizeof response, "http://%s/2018-06-01/runtime/invocation/%s/response", address, request_id);
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_URL, response);
        curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, NULL);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, echoes ? (long)size : 2L);
        curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, echoes ? body : "{}");
        size = 0;
        perform(easy, 202);
    }
}
