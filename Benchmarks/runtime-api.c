/* A Lambda Runtime API for measuring: hands one event out again and again to a runtime that it starts itself, and keeps
   the time of each step. One thread of libmicrohttpd under epoll; nothing is allocated per invocation but by it.

   Usage: runtime-api --event FILE --invocations N [--answer FILE] -- COMMAND ARGUMENT...

   The command is started with AWS_LAMBDA_RUNTIME_API set and standard output closed. After its N answers it is killed
   while it asks for the next event, and one line of JSON is printed, in microseconds of CLOCK_MONOTONIC:
   firstNext          from execve to the first GET .../next
   firstAnswer        from execve to the last byte of the first answer
   invocation         median time from one answer to the next, the first tenth left out: next, event, answer, 202
   invocationFastest  the 5th percentile of the same
   peakKilobytes      VmHWM of the process: ru_maxrss counts what its parent had before execve
   --answer keeps the body of the last answer. Any call out of turn ends it with code 1. */
#define _GNU_SOURCE
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#define MAX_BODY (8 << 20) /* above Lambda's 6 MB for an answer */

static char *event_bytes;
static size_t event_size;
static char *answer_bytes;
static size_t answer_size;
static int invocations;
static int handed_out, answered;
static uint64_t first_next;
static uint64_t *answer_times;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ended = PTHREAD_COND_INITIALIZER;
static bool is_done;
static char request_id[64], deadline[32];
static struct MHD_Response *accepted;

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "runtime-api: %s: %s\n", what, detail);
    _exit(1);
}

static enum MHD_Result hand_out(struct MHD_Connection *connection) {
    if (handed_out == 0) first_next = now();
    if (handed_out != answered) fail("next was asked for before the answer", request_id);
    if (handed_out == invocations) {
        pthread_mutex_lock(&lock);
        is_done = true;
        pthread_cond_signal(&ended);
        pthread_mutex_unlock(&lock);
        MHD_suspend_connection(connection);
        return MHD_YES;
    }
    handed_out += 1;
    snprintf(request_id, sizeof request_id, "8476a536-e9f4-11e8-9739-%012d", handed_out);
    struct MHD_Response *response = MHD_create_response_from_buffer(event_size, event_bytes, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(response, "Content-Type", "application/json");
    MHD_add_response_header(response, "Lambda-Runtime-Aws-Request-Id", request_id);
    MHD_add_response_header(response, "Lambda-Runtime-Deadline-Ms", deadline);
    MHD_add_response_header(response, "Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:bench");
    MHD_add_response_header(response, "Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1");
    enum MHD_Result result = MHD_queue_response(connection, 200, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result take_answer(struct MHD_Connection *connection, const char *id) {
    size_t length = strlen(request_id);
    if (handed_out != answered + 1) fail("an answer came that was not asked for", id);
    if (strncmp(id, request_id, length) != 0 || strcmp(id + length, "/response") != 0) fail("not the answer expected", id);
    answer_times[answered++] = now();
    return MHD_queue_response(connection, 202, accepted);
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *data, size_t *size, void **state) {
    static const char prefix[] = "/2018-06-01/runtime/invocation/";
    static int seen;
    if (*state == NULL) {
        *state = &seen;
        if (strcmp(method, "POST") == 0) answer_size = 0;
        return MHD_YES;
    }
    if (*size != 0) {
        if (answer_size + *size > MAX_BODY) fail("the answer is too long", url);
        memcpy(answer_bytes + answer_size, data, *size);
        answer_size += *size;
        *size = 0;
        return MHD_YES;
    }
    if (strncmp(url, prefix, sizeof prefix - 1) != 0) fail("the runtime failed", answer_size ? answer_bytes : url);
    const char *rest = url + sizeof prefix - 1;
    return strcmp(method, "GET") == 0 ? hand_out(connection) : take_answer(connection, rest);
}

static int ascending(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static long peak_kilobytes(pid_t child) {
    char path[64], line[256];
    long value = -1;
    snprintf(path, sizeof path, "/proc/%d/status", child);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (sscanf(line, "VmHWM: %ld", &value) == 1) break;
    if (file != NULL) fclose(file);
    return value;
}

static void read_event(const char *path) {
    FILE *file = fopen(path, "r");
    if (file == NULL) fail("cannot read", path);
    event_bytes = malloc(MAX_BODY);
    event_size = fread(event_bytes, 1, MAX_BODY, file);
    fclose(file);
}

/* The time of execve comes back through a page that both processes have. */
static pid_t start(char **command, unsigned port, uint64_t *started) {
    char address[32];
    snprintf(address, sizeof address, "127.0.0.1:%u", port);
    setenv("AWS_LAMBDA_RUNTIME_API", address, 1);
    pid_t child = fork();
    if (child != 0) return child;
    int null = open("/dev/null", O_RDWR);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    *started = now();
    execvp(command[0], command);
    _exit(127);
}

static void *await_child(void *argument) {
    pid_t child = *(pid_t *)argument;
    siginfo_t info;
    waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT);
    if (!is_done) fail("the runtime ended before its last answer", "see its standard error");
    return NULL;
}

int main(int count, char **arguments) {
    const char *event = NULL, *answer = NULL;
    int index = 1;
    for (; index + 1 < count && strcmp(arguments[index], "--") != 0; index += 2) {
        if (strcmp(arguments[index], "--event") == 0) event = arguments[index + 1];
        else if (strcmp(arguments[index], "--invocations") == 0) invocations = atoi(arguments[index + 1]);
        else if (strcmp(arguments[index], "--answer") == 0) answer = arguments[index + 1];
        else fail("unknown option", arguments[index]);
    }
    if (event == NULL || invocations < 1 || index + 1 >= count)
        fail("usage", "runtime-api --event FILE --invocations N [--answer FILE] -- COMMAND ARGUMENT...");
    read_event(event);
    answer_bytes = calloc(1, MAX_BODY + 1);
    answer_times = calloc((size_t)invocations, sizeof *answer_times);
    snprintf(deadline, sizeof deadline, "%lld", ((long long)time(NULL) + 900) * 1000);
    static char body[] = "{\"status\":\"OK\"}\n";
    accepted = MHD_create_response_from_buffer(sizeof body - 1, body, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(accepted, "Content-Type", "application/json");

    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, NULL, MHD_OPTION_END);
    if (daemon == NULL) fail("libmicrohttpd", "cannot start");
    uint64_t *started = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pid_t child = start(arguments + index + 1, MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port, started);
    pthread_t waiter;
    pthread_create(&waiter, NULL, await_child, &child);

    pthread_mutex_lock(&lock);
    while (!is_done) pthread_cond_wait(&ended, &lock);
    pthread_mutex_unlock(&lock);
    long peak = peak_kilobytes(child);
    kill(child, SIGKILL);

    int skipped = 1 + invocations / 10, cycles = 0;
    uint64_t *times = calloc((size_t)invocations + 1, sizeof *times);
    for (int i = skipped; i < invocations; i++) times[cycles++] = answer_times[i] - answer_times[i - 1];
    qsort(times, (size_t)cycles, sizeof *times, ascending);
    printf("{\"firstNext\": %.1f, \"firstAnswer\": %.1f, \"invocation\": %.2f, \"invocationFastest\": %.2f, \"peakKilobytes\": %ld}\n",
           (double)(first_next - *started) / 1e3, (double)(answer_times[0] - *started) / 1e3,
           cycles ? (double)times[cycles / 2] / 1e3 : 0, cycles ? (double)times[cycles / 20] / 1e3 : 0, peak);
    if (answer != NULL) {
        FILE *file = fopen(answer, "w");
        fwrite(answer_bytes, 1, answer_size, file);
        fclose(file);
    }
    fflush(stdout);
    _exit(0);
}
