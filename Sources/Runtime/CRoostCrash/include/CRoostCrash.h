// Tells the Runtime API of a crash from within the crashing process.
//
// In C, since a signal handler may call only what is async-signal-safe (POSIX.1-2017, 2.4.3): Swift code allocates and
// enters its runtime where one does not see it. Linux only; elsewhere each function does nothing.
#ifndef CROOSTCRASH_H
#define CROOSTCRASH_H

#include <stdbool.h>
#include <stddef.h>

/// Called in a copy of the crashed process (see trace.c), where it may do whatever Swift code does: it may even crash or
/// hang. Writes at most `capacity` bytes and returns their number.
typedef size_t (*roost_crash_request_id)(char *identifier, size_t capacity);
/// The same for a text that the log must not show as it is.
typedef size_t (*roost_crash_redact)(const char *text, size_t length, char *redacted, size_t capacity);

struct roost_crash_options {
    /// Host and port, as in AWS_LAMBDA_RUNTIME_API.
    const char *address;
    /// Where the log line goes; -1 for none.
    int log_descriptor;
    bool log_is_json;
    /// In the framing of managed runtimes' log descriptor, without which a line ends with a newline.
    bool log_is_framed;
    /// The invocation whose task crashed, if the task knows it.
    roost_crash_request_id request_id;
    roost_crash_redact redact;
};

/// Installs the handlers for SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT and SIGFPE; the first call counts. They report and
/// then do what was installed before, so that the process ends as it would have ended without them.
/// Returns false where the address means nothing or the platform is not supported.
bool roost_crash_install(const struct roost_crash_options *options);

/// Gives this thread a stack for its handler, without which its stack overflow kills the process unreported. Cheap to repeat.
void roost_crash_prepare_thread(void);

/// From here on a crash outside of invocations is no init error.
void roost_crash_initialized(void);

/// Remembers an invocation in flight; strings that are too long are cut, NULL is none. No allocation, no lock.
/// Returns its slot, or -1 if there are too many.
int roost_crash_invocation_began(const char *request_id, const char *invocation_id, const char *tenant_id);
void roost_crash_invocation_ended(int slot);

#endif
