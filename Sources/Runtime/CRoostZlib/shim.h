#include <zlib.h>

// A macro in zlib. 15 is the largest window, 32 asks for gzip or zlib by the data's own head.
static inline int roost_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 32); }
