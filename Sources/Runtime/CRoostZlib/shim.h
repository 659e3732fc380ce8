#include <zlib.h>

// A macro in zlib. 15 is the largest window, 32 asks for gzip or zlib by the data's own head.
static inline int roost_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 32); }

// The same for gzip alone.
static inline int roost_gunzip_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

// Also a macro. 8 is the memory level that zlib takes by itself.
static inline int roost_deflate_init(z_stream *stream, int level, int window) {
    return deflateInit2(stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
}
