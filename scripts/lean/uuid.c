/* Random UUIDs from the system's generator, without a file.
 *
 * Foundation's own read /dev/urandom and do not look whether they could: where it is missing, or no descriptor is left,
 * every UUID is what was on the stack (swift-foundation, _FoundationCShims/uuid.c). Release builds are linked with
 * --wrap=_foundation_uuid_generate_random, which puts this in its place. */
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

void __wrap__foundation_uuid_generate_random(unsigned char uuid[16]) {
    ssize_t count;
    do { count = getrandom(uuid, 16, 0); } while (count < 0 && errno == EINTR);
    if (count != 16) abort();
    /* RFC 9562, section 5.4: version 4, variant 10. */
    uuid[6] = (uuid[6] & 0x0F) | 0x40;
    uuid[8] = (uuid[8] & 0x3F) | 0x80;
}
