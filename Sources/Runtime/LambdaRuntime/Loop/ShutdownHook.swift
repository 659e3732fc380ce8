internal import Dispatch
internal import Synchronization

/// Runs a function's shutdown hook, but not for ever.
enum ShutdownHook {
    /// What Lambda gives at most between SIGTERM and SIGKILL, with external extensions: AWS Lambda Developer Guide,
    /// "Understanding the Lambda execution environment lifecycle", "Shutdown phase".
    static let timeLimit = Duration.seconds(2)

    /// - Returns: whether it ended within its time.
    static func run(_ hook: @escaping @Sendable () async -> Void, timeLimit: Duration = timeLimit) async -> Bool {
        await withCheckedContinuation { continuation in
            let once = Once(continuation)
            let task = Task {
                await hook()
                once.resume(true)
            }
            let milliseconds = Int(timeLimit / .milliseconds(1))
            DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(milliseconds)) {
                once.resume(false)
                task.cancel()
            }
        }
    }

    private final class Once: Sendable {
        private let continuation: Mutex<CheckedContinuation<Bool, Never>?>

        init(_ continuation: CheckedContinuation<Bool, Never>) {
            self.continuation = Mutex(continuation)
        }

        func resume(_ value: Bool) {
            continuation.withLock { continuation in
                defer { continuation = nil }
                return continuation
            }?.resume(returning: value)
        }
    }
}
