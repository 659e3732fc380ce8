// How a crash is told: a log line, and a POST over a socket of its own. System calls and fixed buffers only.
#include "crash.h"

#ifdef __linux__
#include "text.h"
#include <errno.h>
#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

static char body_bytes[256 << 10];
static char head_bytes[16 << 10];
static char line_bytes[256 << 10];

// X-Ray takes up to 1 MiB; servers take headers of some kilobytes.
enum { CAUSE_BYTES = 6 << 10 };

static bool write_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EAGAIN) {
            struct pollfd waiting = {.fd = descriptor, .events = POLLOUT};
            if (poll(&waiting, 1, 1000) == 1) continue;
        }
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes += written;
        count -= (size_t)written;
    }
    return true;
}

static void add_stack_trace(struct text *text, const struct roost_crash *crash) {
    text_string(text, "\"stackTrace\":[");
    for (int i = 0; i < crash->frame_count; i++) {
        if (i > 0) text_byte(text, ',');
        text_json(text, crash->frames[i], crash->frame_lengths[i]);
    }
    text_byte(text, ']');
}

static void add_name_and_message(struct text *text, const struct roost_crash *crash, const char *message, size_t length) {
    text_string(text, "\"errorType\":");
    text_json(text, crash->type, strlen(crash->type));
    text_string(text, ",\"errorMessage\":");
    text_json(text, message, length);
    text_byte(text, ',');
}

/// The document of X-Ray that the header carries, of the same shape as XRayCause.swift's. As many frames as fit.
static void add_cause(struct text *text, const struct roost_crash *crash, const char *directory) {
    text_string(text, "{\"working_directory\":");
    text_json(text, directory, strlen(directory));
    text_string(text, ",\"exceptions\":[{\"type\":");
    text_json(text, crash->type, strlen(crash->type));
    text_string(text, ",\"message\":");
    text_json(text, crash->message, crash->message_length < 1024 ? crash->message_length : 1024);
    text_string(text, ",\"stack\":[");
    size_t end = text->length + CAUSE_BYTES;
    for (int i = 0; i < crash->frame_count; i++) {
        // Escaped, a byte may take six.
        if (text->length + 6u * crash->frame_lengths[i] + 64 > end) break;
        text_string(text, i > 0 ? ",{\"label\":" : "{\"label\":");
        text_json(text, crash->frames[i], crash->frame_lengths[i]);
        text_byte(text, '}');
    }
    text_string(text, "]}],\"paths\":[]}");
}

/// Lambda's request ids are UUIDs; another Runtime API's may hold what a path must not.
static void add_path_segment(struct text *text, const char *segment) {
    for (; *segment != 0; segment++) {
        unsigned char byte = (unsigned char)*segment;
        bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || byte == '-' || byte == '.' || byte == '_';
        if (is_plain) {
            text_byte(text, (char)byte);
        } else {
            text_byte(text, '%');
            text_byte(text, "0123456789ABCDEF"[byte >> 4]);
            text_byte(text, "0123456789ABCDEF"[byte & 15]);
        }
    }
}

static int connect_within(const struct roost_api *api, int64_t deadline) {
    int64_t left = deadline - roost_milliseconds();
    if (left <= 0) return -1;
    int descriptor = socket(api->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    // Linux: the sending time limit is connect's too (socket(7)).
    struct timeval limit = {.tv_sec = left / 1000, .tv_usec = left % 1000 * 1000};
    setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (connect(descriptor, (const struct sockaddr *)&api->address, api->address_length) == 0) return descriptor;
    close(descriptor);
    return -1;
}

void roost_report(
    const struct roost_crash *crash, const struct roost_slot *slot, const struct roost_api *api, int64_t deadline) {
    bool is_init = slot == NULL;
    struct text body = {body_bytes, 0, sizeof body_bytes};
    text_byte(&body, '{');
    add_name_and_message(&body, crash, crash->message, crash->message_length);
    add_stack_trace(&body, crash);
    text_byte(&body, '}');

    struct text head = {head_bytes, 0, sizeof head_bytes};
    text_string(&head, "POST /2018-06-01/runtime/");
    text_string(&head, is_init ? "init" : "invocation/");
    if (!is_init) add_path_segment(&head, slot->request_id);
    text_string(&head, "/error HTTP/1.1\r\nHost: ");
    text_string(&head, api->host);
    text_string(&head, "\r\nContent-Type: application/json\r\nConnection: close\r\nLambda-Runtime-Function-Error-Type: ");
    text_string(&head, crash->type);
    if (!is_init && slot->invocation_id[0] != 0) {
        text_string(&head, "\r\nLambda-Runtime-Invocation-Id: ");
        text_string(&head, slot->invocation_id);
    }
    text_string(&head, "\r\nLambda-Runtime-Function-XRay-Error-Cause: ");
    add_cause(&head, crash, api->directory);
    text_string(&head, "\r\nContent-Length: ");
    text_decimal(&head, body.length, 0);
    text_string(&head, "\r\n\r\n");

    int descriptor = connect_within(api, deadline);
    if (descriptor < 0) return;
    // SIGPIPE is ignored (LambdaRuntime). The answer's first bytes say that the report has been taken.
    char answer[64];
    if (write_all(descriptor, head.bytes, head.length) && write_all(descriptor, body.bytes, body.length)) {
        while (read(descriptor, answer, sizeof answer) < 0 && errno == EINTR) {}
    }
    close(descriptor);
}

/// RFC 3339, milliseconds, UTC. The civil date from days: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
static void add_timestamp(struct text *text, struct timespec now) {
    int64_t days = now.tv_sec / 86400, seconds = now.tv_sec % 86400;
    int64_t shifted = days + 719468, era = shifted / 146097, day_of_era = shifted % 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    text_decimal(text, (uint64_t)(year_of_era + era * 400 + (month <= 2)), 4);
    text_byte(text, '-');
    text_decimal(text, (uint64_t)month, 2);
    text_byte(text, '-');
    text_decimal(text, (uint64_t)(day_of_year - (153 * month_from_march + 2) / 5 + 1), 2);
    text_byte(text, 'T');
    text_decimal(text, (uint64_t)(seconds / 3600), 2);
    text_byte(text, ':');
    text_decimal(text, (uint64_t)(seconds / 60 % 60), 2);
    text_byte(text, ':');
    text_decimal(text, (uint64_t)(seconds % 60), 2);
    text_byte(text, '.');
    text_decimal(text, (uint64_t)(now.tv_nsec / 1000000), 3);
    text_byte(text, 'Z');
}

static void add_json_field(struct text *line, const char *name, const char *value) {
    text_byte(line, ',');
    text_json(line, name, strlen(name));
    text_byte(line, ':');
    text_json(line, value, strlen(value));
}

static void add_json_line(struct text *line, const struct roost_crash *crash, const struct roost_slot *slot, struct timespec now) {
    text_string(line, "{\"timestamp\":\"");
    add_timestamp(line, now);
    text_string(line, "\",\"level\":\"FATAL\"");
    if (slot != NULL) {
        add_json_field(line, "requestId", slot->request_id);
        if (slot->tenant_id[0] != 0) add_json_field(line, "tenantId", slot->tenant_id);
    }
    text_string(line, ",\"message\":");
    text_json(line, crash->log_message, crash->log_message_length);
    text_byte(line, ',');
    add_name_and_message(line, crash, crash->log_message, crash->log_message_length);
    add_stack_trace(line, crash);
    text_byte(line, '}');
}

/// One record: a carriage return stands for each line break, as LambdaLog writes it.
static void add_text_line(struct text *line, const struct roost_crash *crash, const struct roost_slot *slot, struct timespec now) {
    add_timestamp(line, now);
    text_byte(line, '\t');
    text_string(line, slot != NULL ? slot->request_id : "-");
    text_string(line, "\tFATAL\t");
    if (slot != NULL && slot->tenant_id[0] != 0) {
        text_string(line, "tenantId=");
        text_string(line, slot->tenant_id);
        text_byte(line, '\t');
    }
    text_string(line, crash->type);
    text_string(line, ": ");
    for (size_t i = 0; i < crash->log_message_length; i++)
        text_byte(line, crash->log_message[i] == '\n' ? '\r' : crash->log_message[i]);
    for (int i = 0; i < crash->frame_count; i++) {
        text_string(line, "\r    at ");
        text_add(line, crash->frames[i], crash->frame_lengths[i]);
    }
}

static void put_big_endian(char *place, uint64_t number, int count) {
    for (int i = 0; i < count; i++) place[i] = (char)(number >> 8 * (count - 1 - i));
}

void roost_log(const struct roost_crash *crash, const struct roost_slot *slot, const struct roost_crash_options *options) {
    if (options->log_descriptor < 0) return;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    // Room for a frame's head in front and a newline behind.
    struct text line = {line_bytes + 16, 0, sizeof line_bytes - 17};
    if (options->log_is_json)
        add_json_line(&line, crash, slot, now);
    else
        add_text_line(&line, crash, slot, now);
    if (options->log_is_framed) {
        // The frame of LogOutput.swift, of level fatal.
        put_big_endian(line_bytes, options->log_is_json ? 0xA55A001A : 0xA55A001B, 4);
        put_big_endian(line_bytes + 4, line.length, 4);
        put_big_endian(line_bytes + 8, (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000, 8);
        write_all(options->log_descriptor, line_bytes, line.length + 16);
    } else {
        line.bytes[line.length] = '\n';
        write_all(options->log_descriptor, line.bytes, line.length + 1);
    }
}

#endif
