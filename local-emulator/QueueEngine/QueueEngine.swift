package import EmulatorClock
package import Foundation
internal import RoostSQLite
internal import Synchronization

/// Standard queues as SQS has them, durable: an answer to a send means that the message is on disk.
///
/// Operations are collected and written by one thread in one transaction, each within a savepoint, and answered after the
/// commit: concurrent senders share one wait for the disk.
package final class QueueEngine: Sendable {
    /// Where the queues live.
    package enum Location: Sendable {
        /// `queues.sqlite3` in this directory, which must exist.
        case directory(URL)
        case inMemory
    }

    struct Queue: Sendable {
        var configuration: QueueConfiguration
        var createdMilliseconds: Int64
        var modifiedMilliseconds: Int64
        var purgedMilliseconds: Int64?
    }

    struct State {
        var queues: [String: Queue] = [:]
        var jobs: [Job] = []
        var isDraining = false
        var isClosed = false
        var waiting = WaitingReceivers()
        var observers: [Int: (queue: String, handler: @Sendable () -> Void)] = [:]
        var nextObserverID = 0
        var wakeUps: [String: WakeUp] = [:]
    }

    struct Job: Sendable {
        /// Runs inside of the transaction and says how to answer once that is on disk.
        var run: @Sendable (QueueDatabase) -> @Sendable () -> Void
        /// Answers when the transaction failed.
        var fail: @Sendable (QueueError) -> Void
    }

    let clock: any EmulatorClock
    let state: Mutex<State>
    private let database: Mutex<QueueDatabase>
    private let writer = DispatchQueue(label: "roost.queues")

    /// - Throws: what SQLite says of a directory that cannot be used.
    package init(location: Location, clock: any EmulatorClock) throws {
        self.clock = clock
        let place: SQLiteDatabase.Location =
            switch location {
            case .directory(let directory): .file(directory.appendingPathComponent("queues.sqlite3").path)
            case .inMemory: .inMemory
            }
        let opened = try QueueDatabase(place)
        var known: [String: Queue] = [:]
        for queue in try opened.queues() {
            known[queue.configuration.name] = Queue(
                configuration: queue.configuration, createdMilliseconds: queue.createdMilliseconds,
                modifiedMilliseconds: queue.modifiedMilliseconds)
        }
        // What was delayed or in flight when the process ended wakes up in this one.
        opened.touched = Set(known.keys)
        var state = State()
        state.queues = known
        self.state = Mutex(state)
        database = Mutex(opened)
        submit(Job(run: { _ in {} }, fail: { _ in }))
    }

    /// Answers everyone who waits, and refuses what comes later. What was submitted before is finished first.
    package func close() {
        let (waiting, wakeUps) = state.withLock { state in
            state.isClosed = true
            let wakeUps = state.wakeUps
            state.wakeUps = [:]
            state.observers = [:]
            return (state.waiting.removeAll(), wakeUps)
        }
        for wakeUp in wakeUps.values { wakeUp.timer?.cancel() }
        for receiver in waiting { receiver.end() }
        writer.sync {}
    }

    /// Calls `handler` whenever messages of the queue may have become visible: after a send, and when a delay or a
    /// visibility time-out ends. It must not block.
    package func observe(queue: String, _ handler: @escaping @Sendable () -> Void) -> QueueObservation {
        let id = state.withLock { state in
            state.nextObserverID += 1
            state.observers[state.nextObserverID] = (queue, handler)
            return state.nextObserverID
        }
        return QueueObservation { [weak self] in
            self?.state.withLock { state in _ = state.observers.removeValue(forKey: id) }
        }
    }

    /// Runs `body` in the next transaction; what it throws undoes its own changes only.
    func perform<T: Sendable>(
        _ body: @escaping @Sendable (QueueDatabase) throws -> T,
        completion: @escaping @Sendable (Result<T, QueueError>) -> Void
    ) {
        let run: @Sendable (QueueDatabase) -> @Sendable () -> Void = { database in
            let result: Result<T, QueueError>
            do {
                result = .success(try database.sql.savepoint { try body(database) })
            } catch let error as QueueError {
                result = .failure(error)
            } catch {
                result = .failure(.storage(error))
            }
            return { completion(result) }
        }
        if !submit(Job(run: run, fail: { completion(.failure($0)) })) { completion(.failure(.shuttingDown)) }
    }

    @discardableResult
    private func submit(_ job: Job) -> Bool {
        let (accepted, mustDrain) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            defer { state.isDraining = true }
            return (true, !state.isDraining)
        }
        if mustDrain { writer.async { self.drain() } }
        return accepted
    }

    /// Writes what has come together, answers, and goes on until nothing is left.
    private func drain() {
        while true {
            let jobs = state.withLock { state in
                let jobs = state.jobs
                state.jobs = []
                if jobs.isEmpty { state.isDraining = false }
                return jobs
            }
            guard !jobs.isEmpty else { return }
            switch write(jobs) {
            case .success(let written):
                for answer in written.answers { answer() }
                for (queue, visible) in written.changes { messagesChanged(in: queue, earliestVisible: visible) }
            case .failure(let error):
                for job in jobs { job.fail(error) }
            }
        }
    }

    private struct Written {
        var answers: [@Sendable () -> Void] = []
        /// The earliest instant at which a message is visible, in milliseconds, of each queue that changed.
        var changes: [String: Int64] = [:]
    }

    private func write(_ jobs: [Job]) -> Result<Written, QueueError> {
        database.withLock { database in
            var written = Written()
            do {
                try database.sql.transaction { written.answers = jobs.map { $0.run(database) } }
                for queue in database.touched { written.changes[queue] = try database.earliestVisible(queue) }
                database.touched = []
                return .success(written)
            } catch {
                return .failure(.storage(error))
            }
        }
    }
}

/// Ends an observation of ``QueueEngine/observe(queue:_:)``.
package struct QueueObservation: Sendable {
    private let cancelAction: @Sendable () -> Void

    init(cancel: @escaping @Sendable () -> Void) {
        cancelAction = cancel
    }

    package func cancel() {
        cancelAction()
    }
}
