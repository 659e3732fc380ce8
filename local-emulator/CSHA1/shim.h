#include <openssl/evp.h>

/// EVP_sha1() and the length's out parameter in one call. The WebSocket handshake (RFC 6455, 1.3) names SHA-1; nothing
/// else here may use it. Writes 20 bytes; 0 on failure.
static inline int roost_sha1(const void *bytes, size_t count, unsigned char digest[20]) {
    unsigned int length = 20;
    return EVP_Digest(bytes, count, digest, &length, EVP_sha1(), NULL) == 1 && length == 20;
}
