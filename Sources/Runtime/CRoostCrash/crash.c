// The handlers: what they need is prepared beforehand, what they do is in order of its safety.
#include "crash.h"

#ifdef __linux__
#include "text.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE};
enum { SIGNAL_COUNT = sizeof signals / sizeof signals[0] };

static struct roost_crash_options options;
static struct roost_api api;
static struct sigaction previous[SIGNAL_COUNT];
static struct roost_slot slots[ROOST_SLOTS];
static atomic_bool is_initialized;
static atomic_bool is_installed;
// The thread that reports.
static atomic_int owner;
// Not on the stack: a handler's own is small.
static struct roost_crash crash;

// MARK: Swift's fatal errors

// The stdlib prints the text of a fatal error and keeps it here for crash reporters: swift/Runtime/Debug.h,
// `std::atomic<const char *> *swift_getFatalErrorMessageBuffer()`. Weak, since older runtimes have it not.
extern _Atomic(const char *) *swift_getFatalErrorMessageBuffer(void) __attribute__((weak));

static const char *fatal_error_message(void) {
    if (swift_getFatalErrorMessageBuffer == NULL) return NULL;
    return atomic_load(swift_getFatalErrorMessageBuffer());
}

// MARK: The handler

uint64_t roost_program_counter(const ucontext_t *context) {
#if defined(__x86_64__)
    return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return context->uc_mcontext.pc;
#else
    return 0;
#endif
}

uint64_t roost_frame_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
    return (uint64_t)context->uc_mcontext.gregs[REG_RBP];
#elif defined(__aarch64__)
    return context->uc_mcontext.regs[29];
#else
    return 0;
#endif
}

static uint64_t stack_pointer(const ucontext_t *context) {
#if defined(__x86_64__)
    return (uint64_t)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    return context->uc_mcontext.sp;
#else
    return 0;
#endif
}

// The guard page below a stack is hit near the stack pointer; a function with a large frame reaches far below it.
static bool is_stack_overflow(int number, const siginfo_t *info, const ucontext_t *context) {
    uint64_t fault = (uint64_t)(uintptr_t)info->si_addr, top = stack_pointer(context);
    return number == SIGSEGV && info->si_code > 0 && fault + (256 << 10) > top && fault < top + 4096;
}

static void describe(int number, const siginfo_t *info, const ucontext_t *context) {
    struct text message = {crash.message, 0, sizeof crash.message};
    const char *said = fatal_error_message();
    if (said != NULL && *said != 0) {
        crash.type = "Runtime.FatalError";
        size_t length = strlen(said);
        while (length > 0 && said[length - 1] == '\n') length--;
        text_add(&message, said, length);
    } else if (is_stack_overflow(number, info, context)) {
        crash.type = "Runtime.StackOverflow";
        text_string(&message, "stack overflow: the thread's stack is used up");
    } else {
        switch (number) {
        case SIGSEGV:
        case SIGBUS:
            crash.type = number == SIGSEGV ? "Runtime.SegmentationFault" : "Runtime.BusError";
            text_string(&message, number == SIGSEGV ? "segmentation fault" : "bus error");
            if (info->si_code > 0) {
                text_string(&message, " at address ");
                text_hex(&message, (uint64_t)(uintptr_t)info->si_addr);
            }
            break;
        case SIGABRT:
            crash.type = "Runtime.Aborted";
            text_string(&message, "aborted");
            break;
        case SIGFPE:
            crash.type = "Runtime.ArithmeticException";
            text_string(&message, "arithmetic exception");
            break;
        default:
            crash.type = "Runtime.Trap";
            text_string(
                &message,
                "trap: an overflow or another check that failed; optimized builds leave out its text");
        }
    }
    crash.message_length = message.length;
    memcpy(crash.log_message, crash.message, message.length);
    crash.log_message_length = message.length;
}

/// The rest of the process goes on meanwhile: an invocation may be answered after all, and whichever comes first counts.
static void tell(const ucontext_t *context) {
    int64_t deadline = roost_milliseconds() + ROOST_TRACE_MILLISECONDS + ROOST_REPORT_MILLISECONDS;
    roost_trace(&crash, &options, context);

    const struct roost_slot *culprit = NULL;
    bool is_known = crash.request_id[0] != 0;
    int in_flight = 0;
    for (int i = 0; i < ROOST_SLOTS; i++) {
        if (atomic_load(&slots[i].state) != 2) continue;
        in_flight++;
        if (is_known && strcmp(slots[i].request_id, crash.request_id) == 0) culprit = &slots[i];
    }
    if (culprit == NULL && (is_known || in_flight == 0)) {
        // In what an invocation left behind, or in nobody's code: only the log has a place for it.
        static struct roost_slot ended;
        memcpy(ended.request_id, crash.request_id, sizeof ended.request_id);
        roost_log(&crash, is_known ? &ended : NULL, &options);
        if (!atomic_load(&is_initialized)) roost_report(&crash, NULL, &api, deadline);
    }

    // Whose task it was is told first. The others end with the process too, but it is not their text to see.
    static struct roost_crash elsewhere;
    elsewhere.type = "Runtime.CrashElsewhere";
    struct text message = {elsewhere.message, 0, sizeof elsewhere.message};
    text_string(&message, "the process was ended by a crash in another invocation");
    elsewhere.message_length = elsewhere.log_message_length = message.length;
    memcpy(elsewhere.log_message, elsewhere.message, message.length);
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < ROOST_SLOTS; i++) {
            bool is_first = !is_known || culprit == &slots[i];
            if (atomic_load(&slots[i].state) != 2 || is_first != (pass == 0)) continue;
            const struct roost_crash *told = is_first ? &crash : &elsewhere;
            roost_log(told, &slots[i], &options);
            roost_report(told, &slots[i], &api, deadline);
        }
    }
}

static void handle(int number, siginfo_t *info, void *raw_context) {
    int saved_errno = errno, nobody = 0, self = (int)syscall(SYS_gettid);
    if (atomic_compare_exchange_strong(&owner, &nobody, self)) {
        describe(number, info, raw_context);
        tell(raw_context);
    } else if (nobody != self) {
        // Another thread crashed first and ends the process.
        for (;;) pause();
    }
    // Back to what was there before, which is the default action as a rule. An instruction that faulted faults again on
    // return; a signal that was sent has to be sent again, to a process that surely ends: Swift's own backtracer, for one,
    // takes each for a fault.
    struct sigaction before = {.sa_handler = SIG_DFL};
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        if (signals[i] == number) before = previous[i];
    }
    bool is_sent = info->si_code <= 0;
    if (is_sent) {
        if (before.sa_flags & SA_SIGINFO) before.sa_sigaction(number, info, raw_context);
        signal(number, SIG_DFL);
        syscall(SYS_tgkill, getpid(), self, number);
    } else {
        sigaction(number, &before, NULL);
    }
    errno = saved_errno;
}

// MARK: Set-up

static bool resolve(const char *text) {
    const char *colon = strrchr(text, ':');
    size_t length = strlen(text);
    if (colon == NULL || length >= sizeof api.host) return false;
    memcpy(api.host, text, length + 1);
    char name[sizeof api.host];
    size_t name_length = (size_t)(colon - text);
    memcpy(name, text, name_length);
    name[name_length] = 0;
    int port = atoi(colon + 1);
    struct sockaddr_in *four = (struct sockaddr_in *)&api.address;
    if (inet_pton(AF_INET, strcmp(name, "localhost") == 0 ? "127.0.0.1" : name, &four->sin_addr) == 1) {
        four->sin_family = AF_INET;
        four->sin_port = htons((uint16_t)port);
        api.address_length = sizeof *four;
        return true;
    }
    // Lambda and its emulators give an address; a name is looked up now, since it cannot be in the handler.
    if (name[0] == '[' && name_length > 2) {
        name[name_length - 1] = 0;
        memmove(name, name + 1, name_length - 1);
    }
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (getaddrinfo(name, colon + 1, &hints, &found) != 0 || found == NULL) return false;
    memcpy(&api.address, found->ai_addr, found->ai_addrlen);
    api.address_length = found->ai_addrlen;
    freeaddrinfo(found);
    return true;
}

bool roost_crash_install(const struct roost_crash_options *given) {
    if (atomic_exchange(&is_installed, true)) return true;
    options = *given;
    if (!resolve(given->address)) {
        atomic_store(&is_installed, false);
        return false;
    }
    options.address = api.host;
    if (getcwd(api.directory, sizeof api.directory) == NULL) api.directory[0] = 0;
    roost_crash_prepare_thread();
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNAL_COUNT; i++) sigaction(signals[i], &action, &previous[i]);
    return true;
}

// Pages are used only where a handler touches them.
enum { HANDLER_STACK_BYTES = 256 << 10 };

static pthread_key_t stack_key;
static pthread_once_t stack_key_once = PTHREAD_ONCE_INIT;

static void release_stack(void *stack) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(stack, HANDLER_STACK_BYTES);
}

static void make_stack_key(void) { pthread_key_create(&stack_key, release_stack); }

void roost_crash_prepare_thread(void) {
    static __thread bool is_prepared;
    if (is_prepared || !atomic_load_explicit(&is_installed, memory_order_relaxed)) return;
    is_prepared = true;
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
    void *stack = mmap(NULL, HANDLER_STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) return;
    stack_t own = {.ss_sp = stack, .ss_size = HANDLER_STACK_BYTES};
    sigaltstack(&own, NULL);
    pthread_once(&stack_key_once, make_stack_key);
    pthread_setspecific(stack_key, stack);
}

// MARK: Invocations

void roost_crash_initialized(void) { atomic_store_explicit(&is_initialized, true, memory_order_relaxed); }

static void keep(char *place, size_t capacity, const char *string) {
    size_t length = string == NULL ? 0 : strnlen(string, capacity - 1);
    if (length > 0) memcpy(place, string, length);
    place[length] = 0;
}

int roost_crash_invocation_began(const char *request_id, const char *invocation_id, const char *tenant_id) {
    for (int i = 0; i < ROOST_SLOTS; i++) {
        int free = 0;
        if (atomic_load_explicit(&slots[i].state, memory_order_relaxed) != 0
            || !atomic_compare_exchange_strong(&slots[i].state, &free, 1))
            continue;
        keep(slots[i].request_id, sizeof slots[i].request_id, request_id);
        keep(slots[i].invocation_id, sizeof slots[i].invocation_id, invocation_id);
        keep(slots[i].tenant_id, sizeof slots[i].tenant_id, tenant_id);
        atomic_store_explicit(&slots[i].state, 2, memory_order_release);
        return i;
    }
    return -1;
}

void roost_crash_invocation_ended(int slot) {
    if (slot >= 0 && slot < ROOST_SLOTS) atomic_store_explicit(&slots[slot].state, 0, memory_order_release);
}

#else

bool roost_crash_install(const struct roost_crash_options *options) {
    (void)options;
    return false;
}
void roost_crash_prepare_thread(void) {}
void roost_crash_initialized(void) {}
int roost_crash_invocation_began(const char *request_id, const char *invocation_id, const char *tenant_id) {
    (void)request_id, (void)invocation_id, (void)tenant_id;
    return -1;
}
void roost_crash_invocation_ended(int slot) { (void)slot; }

#endif
