import Foundation

/// One function's environments and the invocations that wait for one: a value, so that its rules are tested without a process.
///
/// Rules. An invocation takes the idle environment used last, so that the others grow old and are reclaimed. With none idle it
/// waits, and a new environment is launched as long as the limit allows, unless one that has just answered is on its way back;
/// whichever is free first takes the invocation that waited longest. Lambda would answer 429 where all are busy at the limit; on one machine waiting a little beats refusing,
/// so an invocation is throttled only when too many wait or it waited too long.
struct FunctionScheduler {
    typealias EnvironmentID = Int

    struct Limits: Sendable {
        /// `ReservedConcurrentExecutions` or the pool's own limit; 0 throttles everything, as on Lambda.
        var environments = 10
        /// Waiting invocations, each with its payload in memory.
        var waiting = 1_000
        /// Longer than this is no longer "a little".
        var waitSeconds = 10.0
        /// Lambda Developer Guide, "Understanding the execution environment lifecycle": the init phase has 10 seconds.
        var initSeconds = 10.0
        /// Lambda does not say how long it keeps an idle environment; some minutes are what people observe.
        var idleSeconds = 300.0
        /// A runtime asks for its next invocation well within a millisecond of its answer. Until this is over an environment that
        /// answered counts as coming, so that a caller who asks again at once does not cost a second process.
        var returnSeconds = 0.02
        /// What a process has between SIGTERM and SIGKILL: on Lambda, one with an internal extension (Lambda Developer Guide,
        /// "Understanding the execution environment lifecycle", "Shutdown phase").
        var stopSeconds = 0.5
        /// The function's `Timeout`.
        var timeoutSeconds = 3.0
    }

    /// What the shell around this value has to do, in this order.
    enum Action {
        /// Start a process. `bound` is the invocation whose init is repeated: it begins now.
        case launch(EnvironmentID, bound: ActiveInvocation?)
        case deliver(ActiveInvocation, EnvironmentID, NextWaiter, first: Bool)
        case complete(ActiveInvocation, EnvironmentID, InvocationEnding)
        case refuse(PendingInvocation, InvocationRefusal)
        case refuseNext(NextWaiter, RefusedTransition)
        case initFailed(EnvironmentID, InvocationEnding)
        /// SIGTERM.
        case terminate(EnvironmentID)
        /// SIGKILL.
        case kill(EnvironmentID)
    }

    private struct Record {
        var state: EnvironmentState
        var generation: Int
    }

    let limits: Limits
    private var records: [EnvironmentID: Record] = [:]
    /// The one used last is at the end.
    private var idle: [EnvironmentID] = []
    private var waiting: [PendingInvocation] = []
    private var nextID = 1
    private var generation = 0
    private var fingerprint: ExecutableFingerprint?
    private(set) var isStopped = false

    init(limits: Limits) {
        self.limits = limits
    }

    func state(of id: EnvironmentID) -> EnvironmentState { records[id]?.state ?? .gone }

    var waitingCount: Int { waiting.count }
    var environmentCount: Int { records.count }
}

// MARK: Invocations

extension FunctionScheduler {
    mutating func invoke(_ invocation: PendingInvocation, now: Moment) -> [Action] {
        guard !isStopped else { return [.refuse(invocation, .shuttingDown)] }
        if let id = idle.popLast() {
            return begin(invocation, on: id, now: now)
        }
        guard limits.environments > 0, waiting.count < limits.waiting else { return [.refuse(invocation, .throttled)] }
        waiting.append(invocation)
        return launchForWaiting(now: now)
    }

    private mutating func begin(_ invocation: PendingInvocation, on id: EnvironmentID, now: Moment) -> [Action] {
        let active = ActiveInvocation(invocation, now: now, timeoutSeconds: limits.timeoutSeconds)
        guard let waiter = records[id]?.state.begin(active) else { return [] }
        return [.deliver(active, id, waiter, first: true)]
    }

    private mutating func launchForWaiting(now: Moment) -> [Action] {
        var actions: [Action] = []
        while !isStopped, startingCount + returningCount < waiting.count, liveCount < limits.environments {
            actions.append(launch(bound: nil, now: now))
        }
        return actions
    }

    private mutating func launch(bound: ActiveInvocation?, now: Moment) -> Action {
        let id = nextID
        nextID += 1
        let deadline = bound?.deadline ?? now.date.addingTimeInterval(limits.initSeconds)
        records[id] = Record(state: .starting(deadline: deadline, bound: bound), generation: generation)
        return .launch(id, bound: bound)
    }

    /// Environments whose first invocation will be one of the waiting.
    private var startingCount: Int {
        records.values.count { if case .starting(_, nil) = $0.state { true } else { false } }
    }

    private var returningCount: Int {
        records.values.count { if case .answered(_, .some) = $0.state { true } else { false } }
    }

    private var liveCount: Int {
        records.values.count { if case .stopping = $0.state { false } else { true } }
    }
}

// MARK: What runtimes say

extension FunctionScheduler {
    mutating func next(_ id: EnvironmentID, now: Moment, waiter: @escaping NextWaiter) -> [Action] {
        guard var record = records[id] else {
            return [.refuseNext(waiter, RefusedTransition(from: EnvironmentState.gone.name, to: "Ready"))]
        }
        let outcome = record.state.next(waiter, now: now.date)
        records[id] = record
        switch outcome {
        case .refused(let refusal): return [.refuseNext(waiter, refusal)]
        case .deliver(let invocation, let first): return [.deliver(invocation, id, waiter, first: first)]
        case .ready(let displaced?): return [.refuseNext(displaced, RefusedTransition(from: "Ready", to: "Ready"))]
        case .ready(nil): return use(id, now: now)
        case .abandoned(let invocation): return [.complete(invocation, id, .truncated)] + use(id, now: now)
        }
    }

    /// An environment became free: for who waits longest, or idle, or, where the program has changed since, to be replaced.
    private mutating func use(_ id: EnvironmentID, now: Moment) -> [Action] {
        guard records[id]?.generation == generation else { return retire(id, now: now) + launchForWaiting(now: now) }
        guard !waiting.isEmpty else {
            idle.append(id)
            return []
        }
        return begin(waiting.removeFirst(), on: id, now: now)
    }

    /// An answer in a stream begins; the invocation is there where it may.
    mutating func beginAnswer(_ id: EnvironmentID, requestID: String) -> (SubmissionAnswer, ActiveInvocation?) {
        guard var record = records[id] else {
            return (.refused(RefusedTransition(from: EnvironmentState.gone.name, to: "InvocationResponse")), nil)
        }
        let outcome = record.state.beginAnswer(requestID: requestID)
        records[id] = record
        switch outcome {
        case .accepted(let invocation): return (.accepted, invocation)
        case .invalidRequestID: return (.invalidRequestID, nil)
        case .refused(let refusal): return (.refused(refusal), nil)
        }
    }

    /// - Parameter endsStream: the answer was begun with ``beginAnswer(_:requestID:)``.
    mutating func answer(
        _ id: EnvironmentID, requestID: String, ending: InvocationEnding, endsStream: Bool = false, now: Moment
    ) -> (SubmissionAnswer, [Action]) {
        let transition = if case .error = ending { "InvocationErrorResponse" } else { "InvocationResponse" }
        guard var record = records[id] else {
            return (.refused(RefusedTransition(from: EnvironmentState.gone.name, to: transition)), [])
        }
        let outcome = record.state.answer(
            requestID: requestID, as: transition, endsStream: endsStream,
            returnsBy: now.date.addingTimeInterval(limits.returnSeconds))
        records[id] = record
        switch outcome {
        case .accepted(let invocation): return (.accepted, [.complete(invocation, id, ending)])
        case .invalidRequestID: return (.invalidRequestID, [])
        case .refused(let refusal): return (.refused(refusal), [])
        }
    }

    mutating func initError(_ id: EnvironmentID, type: String, body: Data, now: Moment) -> (SubmissionAnswer, [Action]) {
        guard var record = records[id] else {
            return (.refused(RefusedTransition(from: EnvironmentState.gone.name, to: "InitError")), [])
        }
        let outcome = record.state.initError(killAt: now.date.addingTimeInterval(limits.stopSeconds))
        records[id] = record
        switch outcome {
        case .refused(let refusal): return (.refused(refusal), [])
        case .accepted(let bound):
            let abandoned = bound.map(EnvironmentState.Abandoned.invocation) ?? .initialization
            return (.accepted, end(abandoned, of: id, with: .error(type: type, body: body), now: now))
        }
    }
}

// MARK: Processes and time

extension FunctionScheduler {
    mutating func exited(_ id: EnvironmentID, _ ending: ProcessEnding, now: Moment) -> [Action] {
        guard var record = records.removeValue(forKey: id) else { return [] }
        idle.removeAll { $0 == id }
        return end(record.state.exit(), of: id, with: .exited(ending), now: now) + launchForWaiting(now: now)
    }

    private mutating func end(
        _ abandoned: EnvironmentState.Abandoned, of id: EnvironmentID, with ending: InvocationEnding, now: Moment
    ) -> [Action] {
        switch abandoned {
        case .nothing: []
        case .invocation(let invocation): [.complete(invocation, id, ending)]
        case .initialization: [.initFailed(id, ending)] + repeatInit(after: ending, of: id, now: now)
        }
    }

    /// The invocation that waited longest takes the failed init on itself: once more, inside of its own time.
    private mutating func repeatInit(after ending: InvocationEnding, of id: EnvironmentID, now: Moment) -> [Action] {
        guard !isStopped, !waiting.isEmpty else { return [] }
        let invocation = ActiveInvocation(waiting.removeFirst(), now: now, timeoutSeconds: limits.timeoutSeconds)
        if case .exited(let process) = ending, !process.isWorthRepeating {
            return [.complete(invocation, id, ending)]
        }
        return [launch(bound: invocation, now: now)]
    }

    /// When ``expire(now:)`` has something to do; nil for never.
    func nextDeadline() -> Date? {
        let environments = records.values.lazy.compactMap { $0.state.deadline(idleSeconds: limits.idleSeconds) }.min()
        let waiter = throttleable.first.map { $0.queued.addingTimeInterval(limits.waitSeconds) }
        return [environments, waiter, nextReturn].lazy.compactMap { $0 }.min()
    }

    /// Looked for only while somebody waits, so that an answer in quiet times sets no timer.
    private var nextReturn: Date? {
        guard !waiting.isEmpty else { return nil }
        return records.values.lazy.compactMap { if case .answered(_, let returnsBy) = $0.state { returnsBy } else { nil } }.min()
    }

    private mutating func noteLateReturns(now: Moment) {
        for (id, record) in records {
            if case .answered(let invocation, let returnsBy?) = record.state, returnsBy <= now.date {
                records[id]?.state = .answered(invocation, returnsBy: nil)
            }
        }
    }

    /// Those for whom no environment is being started; the others wait for an init, which has a limit of its own.
    private var throttleable: ArraySlice<PendingInvocation> { waiting.dropFirst(startingCount) }

    mutating func expire(now: Moment) -> [Action] {
        var actions: [Action] = []
        for id in records.keys.sorted() {
            guard let deadline = state(of: id).deadline(idleSeconds: limits.idleSeconds), deadline <= now.date else { continue }
            actions += expire(id, now: now)
        }
        while let invocation = throttleable.first, invocation.queued.addingTimeInterval(limits.waitSeconds) <= now.date {
            waiting.remove(at: throttleable.startIndex)
            actions.append(.refuse(invocation, .throttled))
        }
        noteLateReturns(now: now)
        return actions + launchForWaiting(now: now)
    }

    private mutating func expire(_ id: EnvironmentID, now: Moment) -> [Action] {
        guard var record = records[id] else { return [] }
        if case .idle = record.state { return retire(id, now: now) }
        let abandoned = record.state.stop(killAt: nil)
        records[id] = record
        return [.kill(id)] + end(abandoned, of: id, with: .timedOut, now: now)
    }

    private mutating func retire(_ id: EnvironmentID, now: Moment) -> [Action] {
        idle.removeAll { $0 == id }
        _ = records[id]?.state.stop(killAt: now.date.addingTimeInterval(limits.stopSeconds))
        return [.terminate(id)]
    }

    /// Notes what the program's file looks like now. When it has changed, idle environments end and busy ones do after their
    /// answer, so that the next invocation runs the new program.
    mutating func observe(_ current: ExecutableFingerprint?, now: Moment) -> [Action] {
        // A file that is missing for a moment is being replaced by a build.
        guard let current, current != fingerprint else { return [] }
        defer { fingerprint = current }
        guard fingerprint != nil else { return [] }
        generation += 1
        return idle.flatMap { retire($0, now: now) }
    }

    mutating func stop() -> [Action] {
        isStopped = true
        defer {
            waiting = []
            idle = []
        }
        var actions = waiting.map { Action.refuse($0, .shuttingDown) }
        for id in records.keys.sorted() {
            if case .invocation(let invocation)? = records[id]?.state.stop(killAt: nil) {
                actions.append(.refuse(invocation.pending, .shuttingDown))
            }
            actions.append(.terminate(id))
        }
        return actions
    }
}
