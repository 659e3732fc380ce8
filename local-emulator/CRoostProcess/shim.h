// Starting a child process that dies with the emulator.
//
// posix_spawn cannot do it: Linux's parent-death signal is set by the child itself, between fork and exec, and Swift
// does not import fork. So the few calls between the two are here; after fork the child makes only calls that are
// async-signal-safe (POSIX.1-2017, 2.4.3), since other threads' locks stay locked in it for ever.
#ifndef CROOSTPROCESS_SHIM_H
#define CROOSTPROCESS_SHIM_H

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

// Both ends are closed on exec; reading never blocks. Returns 0 or an errno.
static inline int roost_output_pipe(int ends[2]) {
    if (pipe(ends) != 0) return errno;
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return 0;
}

static inline void roost_child_close_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    long limit = sysconf(_SC_OPEN_MAX);
    if (limit < 0 || limit > 65536) limit = 65536;
    for (int descriptor = first; descriptor < limit; descriptor++) close(descriptor);
}

static inline void roost_child_exec(
    const char *path, char *const arguments[], char *const environment[], const char *directory, int output, int failure,
    pid_t parent) {
    setpgid(0, 0);
#ifdef __linux__
    // The signal is sent when the parent's *thread* that forked ends: the caller keeps that thread until the child is gone.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
#else
    (void)parent;
#endif
    // What the emulator ignores or blocks for itself is not the child's concern; ignored signals survive exec.
    for (int number = 1; number < 32; number++) signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);

    // Moved out of the way first, since any of them may be 0, 1, 2 or 3.
    failure = fcntl(failure, F_DUPFD_CLOEXEC, 10);
    output = fcntl(output, F_DUPFD_CLOEXEC, 10);
    int input = open("/dev/null", O_RDONLY);
    if (input > 0) dup2(input, 0);
    dup2(output, 1);
    dup2(output, 2);
    if (dup2(failure, 3) == 3) fcntl(3, F_SETFD, FD_CLOEXEC);
    roost_child_close_from(4);

    if (chdir(directory) == 0) execve(path, arguments, environment);
    int reason = errno;
    ssize_t written = write(3, &reason, sizeof reason);
    (void)written;
    _exit(127);
}

// Runs `path` in a process group of its own, its output on `output`, and waits until exec worked or failed.
// Returns the process id, or minus the errno of what failed; then there is no child.
static inline pid_t roost_spawn(
    const char *path, char *const arguments[], char *const environment[], const char *directory, int output) {
    int failure[2];
    if (pipe(failure) != 0) return -errno;
    fcntl(failure[0], F_SETFD, FD_CLOEXEC);
    fcntl(failure[1], F_SETFD, FD_CLOEXEC);

    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) {
        roost_child_exec(path, arguments, environment, directory, output, failure[1], parent);
        _exit(127);
    }
    int reason = child < 0 ? errno : 0;
    close(failure[1]);
    if (child > 0) {
        setpgid(child, child);  // also here, so that a signal to the group finds it whoever runs first
        int received = 0;
        ssize_t count;
        do count = read(failure[0], &received, sizeof received);
        while (count < 0 && errno == EINTR);
        if (count == sizeof received) {
            reason = received;
            while (waitpid(child, 0, 0) < 0 && errno == EINTR) {}
        }
    }
    close(failure[0]);
    return reason != 0 ? -reason : child;
}

// Waits until the process has ended and leaves it unreaped, so that its id and its group's stay its own.
static inline void roost_await_end(pid_t child) {
    siginfo_t information;
    while (waitid(P_PID, (id_t)child, &information, WEXITED | WNOWAIT) != 0 && errno == EINTR) {}
}

// Reaps an ended process. Returns its wait status; `peak_kilobytes` is its largest resident set.
static inline int roost_reap(pid_t child, long *peak_kilobytes) {
    struct rusage usage = {0};
    int status = 0;
    while (wait4(child, &status, 0, &usage) < 0 && errno == EINTR) {}
#ifdef __APPLE__
    *peak_kilobytes = usage.ru_maxrss / 1024;
#else
    *peak_kilobytes = usage.ru_maxrss;
#endif
    return status;
}

// The W… macros, which Swift does not import.
static inline int roost_exited(int status) { return WIFEXITED(status); }
static inline int roost_exit_code(int status) { return WEXITSTATUS(status); }
static inline int roost_signal(int status) { return WTERMSIG(status); }
static inline int roost_dumped_core(int status) { return WCOREDUMP(status); }

#endif
