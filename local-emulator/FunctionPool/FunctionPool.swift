import Dispatch
package import EmulatorClock
import Foundation
package import Journal
import Synchronization

/// Runs functions in execution environments: their processes, one invocation at a time each, kept warm between invocations.
package final class FunctionPool: FunctionInvoker {
    /// Limits of a function; see each one's reason at ``FunctionScheduler/Limits``.
    package struct Limits: Sendable {
        /// Environments of one function at the same time.
        package var environmentsPerFunction = 10
        /// Invocations of one function that wait for an environment; more are throttled.
        package var waitingPerFunction = 1_000
        /// How long they wait before they are throttled.
        package var waitSeconds = 10.0
        /// How long an idle environment is kept.
        package var idleSeconds = 300.0

        package init() {}
    }

    /// Lambda quotas: 6 MB for a synchronous event.
    package static let maximumPayloadBytes = 6 * 1024 * 1024

    private let groups: [String: FunctionGroup]
    private let clock: any EmulatorClock
    private let journal: Journal
    private let callers = CallerRegistry()
    private let running = DispatchGroup()
    private let isRunning = Mutex(false)

    /// - Parameters:
    ///   - clock: what time-outs go by; durations are measured.
    ///   - runtimeAPI: makes each environment's Runtime API.
    ///   - log: gets every line that functions print and the platform's lines around them.
    package init(
        functions: [FunctionConfiguration], clock: any EmulatorClock, journal: Journal, runtimeAPI: any RuntimeAPIServing,
        limits: Limits = Limits(), log: @escaping FunctionLogSink = { _ in }
    ) {
        self.clock = clock
        self.journal = journal
        let services = FunctionGroup.Services(
            clock: clock, journal: journal, runtimeAPI: runtimeAPI, sink: log, callers: callers, running: running)
        let scheduling = FunctionScheduler.Limits(
            environments: limits.environmentsPerFunction, waiting: limits.waitingPerFunction, waitSeconds: limits.waitSeconds,
            idleSeconds: limits.idleSeconds)
        let pairs = functions.map {
            ($0.name, FunctionGroup(configuration: $0, limits: scheduling, services: services))
        }
        groups = Dictionary(pairs) { first, _ in first }
    }

    package func start() {
        isRunning.withLock { $0 = true }
    }

    /// The functions whose program is not there or cannot be run.
    package var functionsWithoutProgram: [FunctionConfiguration] {
        groups.values.map(\.configuration).filter { !FileManager.default.isExecutableFile(atPath: $0.executable.path) }
            .sorted { $0.name < $1.name }
    }

    /// Ends all processes and waits for that: SIGTERM, 0.5 s later SIGKILL to whole process groups, at most 1.5 s together.
    /// Invocations under way are refused with ``InvocationRefusal/shuttingDown``. Calling it again does nothing.
    package func stop() {
        guard
            isRunning.withLock({ running in
                defer { running = false }; return running
            })
        else { return }
        groups.values.forEach { $0.stop() }
        // Real time: what is waited for are processes.
        if running.wait(timeout: .now() + FunctionScheduler.Limits().stopSeconds) == .success { return }
        groups.values.forEach { $0.killAll() }
        if running.wait(timeout: .now() + 1) == .success { return }
        journal.record("emulator", "Function processes did not end within a second of SIGKILL")
    }

    /// The invocation, or the init, on whose behalf the environment with this access key calls; nil for a key of nobody's.
    package func cause(forAccessKey key: String) -> Journal.EntryID? {
        callers.cause(forAccessKey: key)
    }

    /// The function whose environment has this access key; nil for a key of nobody's.
    package func functionName(forAccessKey key: String) -> String? {
        callers.functionName(forAccessKey: key)
    }

    /// What the environment with this access key signs with; nil for a key of nobody's.
    package func secrets(forAccessKey key: String) -> (secretAccessKey: String, sessionToken: String)? {
        callers.credentials(forAccessKey: key).map { ($0.secretAccessKey, $0.sessionToken) }
    }

    package func invoke(_ request: InvocationRequest, completion: @escaping @Sendable (InvocationResult) -> Void) {
        let requestID = UUID().uuidString.lowercased()
        guard isRunning.withLock({ $0 }) else { return refuse(.shuttingDown, requestID, completion) }
        guard let group = groups[request.functionName] else {
            return refuse(.unknownFunction(request.functionName), requestID, completion)
        }
        guard request.payload.count <= Self.maximumPayloadBytes else {
            return refuse(.payloadTooLarge(bytes: request.payload.count), requestID, completion)
        }
        let now = clock.now
        let entry = journal.record(
            "invocation", "\(request.functionName) is invoked", cause: request.cause,
            details: ["function": request.functionName, "requestId": requestID])
        group.invoke(
            PendingInvocation(
                request: request, requestID: requestID, traceID: request.traceID ?? Self.newTraceID(at: now), entry: entry,
                log: InvocationLog(requestID: requestID), queued: now, completion: completion))
    }

    private func refuse(
        _ refusal: InvocationRefusal, _ requestID: String, _ completion: @escaping @Sendable (InvocationResult) -> Void
    ) {
        DispatchQueue.global().async {
            completion(InvocationResult(outcome: .refused(refusal), requestID: requestID))
        }
    }

    /// AWS X-Ray Developer Guide, "Tracing header": the root is its time in hexadecimal seconds and 96 random bits.
    private static func newTraceID(at date: Date) -> String {
        let seconds = String(UInt32(clamping: Int64(date.timeIntervalSince1970)), radix: 16)
        let padded = String(repeating: "0", count: 8 - seconds.count) + seconds
        return "Root=1-\(padded)-\(randomHexadecimal(digits: 24));Parent=\(randomHexadecimal(digits: 16));Sampled=0"
    }
}
