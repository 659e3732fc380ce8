// Text in a buffer of fixed size, for code that may not allocate. What does not fit is left out.
#ifndef ROOST_TEXT_H
#define ROOST_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
    char *bytes;
    size_t length, capacity;
};

static inline void text_byte(struct text *text, char byte) {
    if (text->length < text->capacity) text->bytes[text->length++] = byte;
}

static inline void text_add(struct text *text, const char *bytes, size_t count) {
    if (count > text->capacity - text->length) count = text->capacity - text->length;
    memcpy(text->bytes + text->length, bytes, count);
    text->length += count;
}

static inline void text_string(struct text *text, const char *string) { text_add(text, string, strlen(string)); }

static inline void text_hex(struct text *text, uint64_t number) {
    text_string(text, "0x");
    int shift = 60;
    while (shift > 0 && (number >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) text_byte(text, "0123456789abcdef"[number >> shift & 15]);
}

/// Zeros in front up to `width`.
static inline void text_decimal(struct text *text, uint64_t number, int width) {
    char digits[20];
    int count = 0;
    do digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    for (int missing = width - count; missing > 0; missing--) text_byte(text, '0');
    while (count > 0) text_byte(text, digits[--count]);
}

/// One code point of UTF-8, moving `*bytes`; U+FFFD for what is none.
static inline uint32_t text_code_point(const unsigned char **bytes, const unsigned char *end) {
    const unsigned char *at = *bytes;
    uint32_t first = *at++;
    int more = first < 0x80 ? 0 : first >= 0xC2 && first < 0xE0 ? 1 : first >= 0xE0 && first < 0xF0 ? 2 : first >= 0xF0 && first < 0xF5 ? 3 : -1;
    uint32_t value = more == 1 ? first & 0x1F : more == 2 ? first & 0x0F : more == 3 ? first & 0x07 : first;
    *bytes = at;
    if (more < 0) return 0xFFFD;
    for (int i = 0; i < more; i++) {
        if (at == end || (*at & 0xC0) != 0x80) return 0xFFFD;
        value = value << 6 | (*at++ & 0x3F);
    }
    if ((more == 2 && (value < 0x800 || (value >= 0xD800 && value < 0xE000))) || (more == 3 && (value < 0x10000 || value > 0x10FFFF)))
        return 0xFFFD;
    *bytes = at;
    return value;
}

/// A JSON string with its quotation marks, in ASCII alone, so that it may stand in a header too.
static inline void text_json(struct text *text, const char *bytes, size_t count) {
    const unsigned char *at = (const unsigned char *)bytes, *end = at + count;
    text_byte(text, '"');
    while (at < end) {
        uint32_t value = text_code_point(&at, end);
        if (value == '"' || value == '\\') {
            text_byte(text, '\\');
            text_byte(text, (char)value);
        } else if (value == '\n') {
            text_string(text, "\\n");
        } else if (value >= 0x20 && value < 0x7F) {
            text_byte(text, (char)value);
        } else {
            uint32_t units[2] = {value, 0};
            int unit_count = 1;
            if (value >= 0x10000) {
                units[0] = 0xD800 + ((value - 0x10000) >> 10);
                units[1] = 0xDC00 + ((value - 0x10000) & 0x3FF);
                unit_count = 2;
            }
            for (int i = 0; i < unit_count; i++) {
                text_string(text, "\\u");
                for (int shift = 12; shift >= 0; shift -= 4) text_byte(text, "0123456789abcdef"[units[i] >> shift & 15]);
            }
        }
    }
    text_byte(text, '"');
}

#endif
