#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
import LambdaRuntime

// A function for the tests of how a process ends: it crashes for real, in the way that the event or CRASH_IN_INIT names, or
// throws FAIL_IN_INIT with something printed and something to clean up.

struct InitError: Error {}

/// Leaves a thread behind that is in the middle of reading a stream, for ever.
@concurrent func holdStream() async {
    await withCheckedContinuation { continuation in
        Task.detached {
            guard let stream = fdopen(STDIN_FILENO, "r") else { return }
            flockfile(stream)
            continuation.resume()
            while true { sleep(1) }
        }
    }
}

await LambdaRuntime.run { environment in
    if environment["FAIL_IN_INIT"] != nil {
        print("printed", terminator: "")
        atexit { print("cleaned up") }
        await holdStream()
        throw InitError()
    }
    if let crash = environment["CRASH_IN_INIT"].flatMap(Crash.init(rawValue:)) { crash.happen() }
    return CrashingHandler()
}
