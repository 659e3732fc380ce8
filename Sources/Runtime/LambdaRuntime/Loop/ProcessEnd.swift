internal import Dispatch
internal import RoostHTTPClient

#if canImport(Glibc)
    @preconcurrency internal import Glibc
#elseif canImport(Musl)
    @preconcurrency internal import Musl
#else
    @preconcurrency internal import Darwin
#endif

enum ProcessEnd {
    /// Not exit(): handlers that were no longer waited for and the HTTP client's threads may still run, and what atexit cleans
    /// up (OpenSSL among it) would be taken from under them. Log records are not buffered; what a function prints is.
    static func exit(_ code: Int32) -> Never {
        flush()
        _exit(code)
    }

    /// On a thread of its own, since fflush waits for who reads or writes a stream at the moment, which may be for ever.
    private static func flush() {
        let isFlushed = DispatchSemaphore(value: 0)
        do {
            try startThread(named: "lambda-flush") {
                fflush(stdout)
                fflush(nil)
                isFlushed.signal()
            }
        } catch { return }
        _ = isFlushed.wait(timeout: .now() + .milliseconds(50))
    }
}
