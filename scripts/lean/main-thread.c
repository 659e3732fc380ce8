/* The main thread of a program whose async main waits: it serves the main queue.
 *
 * libdispatch's own dispatch_main() ends the main thread with pthread_exit, for which glibc loads libgcc_s.so.1 while the
 * program runs, and aborts where there is none. Release builds are linked with --wrap=dispatch_main, which puts this in
 * its place. Core Foundation's run loop serves the queue by the same two functions (swift-corelibs-foundation,
 * CFRunLoop.c; swift-corelibs-libdispatch, private/queue_private.h). */
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

/* An eventfd that is readable while the queue has work. */
extern int _dispatch_get_main_queue_handle_4CF(void);
extern void _dispatch_main_queue_callback_4CF(void *unused);

__attribute__((noreturn)) void __wrap_dispatch_main(void) {
    struct pollfd work = {.fd = _dispatch_get_main_queue_handle_4CF(), .events = POLLIN};
    for (;;) {
        uint64_t count;
        /* Emptied before the queue is served: what comes meanwhile is announced anew. */
        if (poll(&work, 1, -1) < 1 || read(work.fd, &count, sizeof count) != (ssize_t)sizeof count) continue;
        _dispatch_main_queue_callback_4CF(NULL);
    }
}
