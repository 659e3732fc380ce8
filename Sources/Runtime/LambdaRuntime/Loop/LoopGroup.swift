internal import RoostHTTPClient
internal import Synchronization

/// The loops of a process, each on its own thread with its own connection, and when they all end.
///
///     running ──stop──▶ stopping ──each loop has ended, or too late──▶ finished
final class LoopGroup: Sendable {
    /// Lambda gives a runtime with an internal extension 500 ms from SIGTERM to SIGKILL: AWS Lambda Developer Guide,
    /// "Understanding the Lambda execution environment lifecycle", "Shutdown phase". The hook needs its part of it.
    struct Grace: Sendable {
        /// For what runs to end by itself; it is cancelled then.
        var untilCancellation = Duration.milliseconds(100)
        /// It is no longer waited for then.
        var untilEnd = Duration.milliseconds(200)
    }

    private struct State {
        var running = 0
        var code: Int32 = 0
        var stopped: Uptime?
        var continuation: CheckedContinuation<Int32, Never>?
    }

    private let address: String
    private let target: InvocationTarget
    private let log: LambdaLog
    private let backOff: BackOff
    private let grace: Grace
    private let watch: RuntimeWatch
    private let shared: LoopsShared
    private let slots: [InvocationSlot]
    private let state = Mutex(State())

    init(
        address: String, target: InvocationTarget, environment: LambdaEnvironment, options: LambdaRuntimeOptions, log: LambdaLog,
        limit: Int?, backOff: BackOff, grace: Grace
    ) throws(SystemFailure) {
        self.address = address
        self.target = target
        self.log = log
        self.backOff = backOff
        self.grace = grace
        watch = try RuntimeWatch()
        shared = LoopsShared(watch: watch, environment: environment, options: options, limit: limit)
        slots = (0..<(environment.maximumConcurrency ?? 1)).map { _ in InvocationSlot() }
    }

    /// Starts the loops and waits for their end, which SIGTERM brings about where it is handled, and a cancelled task elsewhere.
    ///
    /// - Returns: the process's exit code.
    nonisolated(nonsending) func run(handlesSIGTERM: Bool) async -> Int32 {
        // The handler's closure would take the task to the cooperative pool, whose threads a process does without.
        if handlesSIGTERM { return await start(handlesSIGTERM: true) }
        return await withTaskCancellationHandler {
            await start(handlesSIGTERM: false)
        } onCancel: {
            stop()
        }
    }

    private nonisolated(nonsending) func start(handlesSIGTERM: Bool) async -> Int32 {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                state.continuation = continuation
                state.running = slots.count
            }
            startThreads(handlesSIGTERM: handlesSIGTERM)
        }
    }

    private func startThreads(handlesSIGTERM: Bool) {
        do {
            for slot in slots {
                try startThread(named: "lambda-loop") { self.ended(self.exitCode(slot)) }
            }
            try watch.start(handlesSIGTERM: handlesSIGTERM) { self.look($0) }
        } catch {
            log.log(.fatal, String(describing: error))
            finish(code: 1)
        }
    }

    private func exitCode(_ slot: InvocationSlot) -> Int32 {
        do {
            let api = try RuntimeAPIClient(address: address, slot: slot, backOff: backOff, log: log)
            try InvocationLoop(target: target, api: api, slot: slot, shared: shared).run()
            return 0
        } catch {
            log.log(.fatal, String(describing: error))
            return 1
        }
    }

    /// One loop's failure is the Runtime API's, so the others have nothing to go on with either.
    private func ended(_ code: Int32) {
        let isLast = state.withLock { state in
            state.running -= 1
            state.code = max(state.code, code)
            return state.running == 0
        }
        if isLast { return finish(code: 0) }
        if code != 0 { stop() }
    }

    private func stop() {
        state.withLock { $0.stopped = $0.stopped ?? .now }
        slots.forEach { $0.stop() }
        watch.wake()
    }

    private func finish(code: Int32) {
        let (continuation, code) = state.withLock { state in
            defer { state.continuation = nil }
            return (state.continuation, max(state.code, code))
        }
        watch.finish()
        continuation?.resume(returning: code)
    }

    /// On the watch's thread.
    private func look(_ now: Uptime) -> Uptime {
        if WakePipe.takeSIGTERM() { stop() }
        let next = slots.reduce(Uptime.distantFuture) { min($0, $1.cancelIfDue(now)) }
        guard let stopped = state.withLock(\.stopped) else { return next }
        let (cancellation, end) = (stopped + grace.untilCancellation, stopped + grace.untilEnd)
        guard now >= cancellation else { return min(next, cancellation) }
        slots.forEach { $0.shutDown() }
        guard now >= end else { return min(next, end) }
        finish(code: 0)
        return .distantFuture
    }
}
