#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Runs `body` on a new detached thread: work that blocks, which the cooperative pool must not see.
package func startThread(named name: String, _ body: @escaping @Sendable () -> Void) throws(HTTPClientError) {
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, nil, { ThreadBody.enter($0) }, box.toOpaque())
    #else
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { argument in argument.flatMap { ThreadBody.enter($0) } }, box.toOpaque())
    #endif
    guard code == 0 else {
        box.release()
        throw .unavailable("the thread \(name) cannot be started: \(String(cString: strerror(code)))")
    }
    #if canImport(Darwin)
        if let thread { pthread_detach(thread) }
    #else
        pthread_detach(thread)
    #endif
}

private final class ThreadBody {
    let run: @Sendable () -> Void

    init(run: @escaping @Sendable () -> Void) {
        self.run = run
    }

    static func enter(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
}
