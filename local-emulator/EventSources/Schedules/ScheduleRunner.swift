internal import DeploymentTemplate
internal import EmulatorClock
internal import Foundation
internal import FunctionPool
internal import Journal
internal import LambdaEvents
internal import Synchronization

/// Calls a function at the times of a schedule.
///
/// A firing is on disk before its function is called, and marked once that has ended: after a restart a finished firing is not
/// repeated, an interrupted one is. A rate keeps its phase from the time at which the schedule was first seen. Times at which
/// the emulator did not run are left out.
final class ScheduleRunner: Sendable {
    private struct Firing: Sendable {
        var due: Date
        var eventID: String
        var failures = 0
        var throttles = 0
    }

    private struct State {
        var isStopped = false
        var known: SourceState.Schedule?
        var timers: [Int: ClockTimer] = [:]
        var nextTimer = 0
    }

    /// EventBridge calls functions asynchronously, and Lambda tries a failed asynchronous invocation twice more, after one and
    /// after two minutes (AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation").
    private static let retrySeconds = [60.0, 120.0]
    private static let throttled = Backoff(firstSeconds: 1, limitSeconds: 300)

    private let schedule: Deployment.Schedule
    private let expression: ScheduleExpression
    private let function: Deployment.Function
    private let services: SourceServices
    private let work: DispatchQueue
    private let state = Mutex(State())

    init(_ schedule: Deployment.Schedule, function: Deployment.Function, services: SourceServices) throws(EventSourceError) {
        do {
            expression = try ScheduleExpression(schedule.expression)
        } catch {
            throw .badSchedule(schedule.id, reason: error.text)
        }
        self.schedule = schedule
        self.function = function
        self.services = services
        work = DispatchQueue(label: "roost.schedule.\(schedule.id)")
    }

    func start() throws {
        var known = try services.state.schedule(schedule.id)
        if known?.expression != schedule.expression {
            let fresh = SourceState.Schedule(
                expression: schedule.expression, anchorMilliseconds: services.clock.nowMilliseconds, isDone: true)
            try services.state.save(fresh, of: schedule.id)
            known = fresh
        }
        guard let known else { return }
        state.withLock { $0.known = known }
        if !known.isDone, let due = known.dueMilliseconds, let eventID = known.eventID {
            let firing = Firing(due: Self.date(due), eventID: eventID)
            work.async { self.invoke(firing) }
        }
        setTimer(after: services.clock.now)
    }

    func stop() {
        let timers = state.withLock { state in
            state.isStopped = true
            defer { state.timers = [:] }
            return state.timers.values.map { $0 }
        }
        for timer in timers { timer.cancel() }
    }

    /// Waits until what was asked for so far has been looked at.
    func settle() {
        work.sync {}
    }

    private func setTimer(after instant: Date) {
        guard let anchor = state.withLock({ $0.known?.anchorMilliseconds }),
            let due = expression.next(after: instant, anchor: Self.date(anchor))
        else { return }
        at(due) { runner in
            runner.setTimer(after: due)
            runner.work.async { runner.fire(due) }
        }
    }

    /// Does something at a time, unless the runner has stopped by then.
    private func at(_ instant: Date, _ action: @escaping @Sendable (ScheduleRunner) -> Void) {
        let id: Int? = state.withLock { state in
            guard !state.isStopped else { return nil }
            state.nextTimer += 1
            return state.nextTimer
        }
        guard let id else { return }
        let timer = services.clock.at(instant) { [weak self] in
            guard let self else { return }
            let goesOn = self.state.withLock { state in
                state.timers[id] = nil
                return !state.isStopped
            }
            if goesOn { action(self) }
        }
        state.withLock { state in
            if state.isStopped { timer.cancel() } else if services.clock.now < instant { state.timers[id] = timer }
        }
    }

    // MARK: On the work queue

    private func fire(_ due: Date) {
        let firing = Firing(due: due, eventID: UUID().uuidString.lowercased())
        guard save(firing, isDone: false) else { return }
        invoke(firing)
    }

    private func save(_ firing: Firing, isDone: Bool) -> Bool {
        guard var known = state.withLock({ $0.known }) else { return false }
        let due = Int64((firing.due.timeIntervalSince1970 * 1000).rounded())
        // An older firing that ends late must not stand in the place of a newer one.
        if isDone, known.dueMilliseconds != due { return true }
        known.dueMilliseconds = due
        known.eventID = firing.eventID
        known.isDone = isDone
        state.withLock { $0.known = known }
        do {
            try services.state.save(known, of: schedule.id)
            return true
        } catch {
            services.journal.record("schedule", "\(schedule.name) cannot be kept, and does not fire: \(error)")
            return false
        }
    }

    private func invoke(_ firing: Firing) {
        guard !state.withLock({ $0.isStopped }), let payload = payload(firing) else { return }
        let cause = services.journal.record("schedule", "\(schedule.name) calls \(function.name)")
        services.invoker.invoke(InvocationRequest(functionName: function.name, payload: payload, cause: cause)) { [self] result in
            work.async { self.finish(result, firing) }
        }
    }

    private func finish(_ result: InvocationResult, _ firing: Firing) {
        var firing = firing
        switch BatchVerdict(result.outcome, reportsFailures: false, identifiers: []) {
        case .success, .partial:
            _ = save(firing, isDone: true)
        case .stopping:
            stop()
        case .throttled:
            firing.throttles += 1
            retry(firing, in: Self.throttled.seconds(after: firing.throttles), "is throttled", result)
        case .failure(let reason) where firing.failures < Self.retrySeconds.count:
            let seconds = Self.retrySeconds[firing.failures]
            firing.failures += 1
            retry(firing, in: seconds, "failed (\(reason))", result)
        case .failure(let reason):
            services.journal.record(
                "schedule", "\(schedule.name) given up: \(function.name) failed (\(reason))", cause: result.entry)
            _ = save(firing, isDone: true)
        }
    }

    private func retry(_ firing: Firing, in seconds: Double, _ what: String, _ result: InvocationResult) {
        at(services.clock.now.addingTimeInterval(seconds)) { runner in
            runner.work.async { runner.invoke(firing) }
        }
        services.journal.record("schedule", "\(function.name) \(what); next try in \(Int(seconds)) s", cause: result.entry)
    }

    /// `Input` where the template has one, else EventBridge's own event.
    private func payload(_ firing: Firing) -> Data? {
        if let input = schedule.input { return Data(input.utf8) }
        let event = ScheduledEvent(
            id: firing.eventID, account: services.accountID, time: firing.due, region: services.region,
            resources: ["arn:aws:events:\(services.region):\(services.accountID):rule/\(schedule.name)"])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts always encode.
        return try? encoder.encode(event)
    }

    private static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}
