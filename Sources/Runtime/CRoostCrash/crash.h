// What the files of this target share.
#ifndef ROOST_CRASH_INTERNAL_H
#define ROOST_CRASH_INTERNAL_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "CRoostCrash.h"

#ifdef __linux__
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

enum {
    // AWS_LAMBDA_MAX_CONCURRENCY beyond that is served, but its crashes are told for these many only.
    ROOST_SLOTS = 128,
    ROOST_FRAMES = 64,
    ROOST_FRAME_BYTES = 512,
    ROOST_MESSAGE_BYTES = 4096,
    ROOST_TRACE_MILLISECONDS = 1500,
    ROOST_REPORT_MILLISECONDS = 3000,
};

struct roost_slot {
    // 0 free, 1 being filled, 2 in flight
    atomic_int state;
    char request_id[80];
    char invocation_id[80];
    char tenant_id[264];
};

/// Found out beforehand.
struct roost_api {
    struct sockaddr_storage address;
    socklen_t address_length;
    char host[300];
    char directory[1024];
};

/// What is told of the crash.
struct roost_crash {
    const char *type;
    char message[ROOST_MESSAGE_BYTES];
    size_t message_length;
    /// For the log; the message itself where it could not be cleaned.
    char log_message[ROOST_MESSAGE_BYTES];
    size_t log_message_length;
    /// Empty where the crashing task is none of an invocation's.
    char request_id[80];
    char frames[ROOST_FRAMES][ROOST_FRAME_BYTES];
    uint16_t frame_lengths[ROOST_FRAMES];
    int frame_count;
};

/// Fills in what only a copy of the process can find out safely: frames, log_message, request_id. (trace.c)
void roost_trace(struct roost_crash *crash, const struct roost_crash_options *options, const ucontext_t *context);
/// One POST to the Runtime API, of the init phase's error where there is no slot; returns when it is answered or the time is
/// up. (report.c)
void roost_report(
    const struct roost_crash *crash, const struct roost_slot *slot, const struct roost_api *api, int64_t deadline_milliseconds);
/// One log line. (report.c)
void roost_log(const struct roost_crash *crash, const struct roost_slot *slot, const struct roost_crash_options *options);

uint64_t roost_program_counter(const ucontext_t *context);
uint64_t roost_frame_pointer(const ucontext_t *context);

static inline int64_t roost_milliseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
#endif
