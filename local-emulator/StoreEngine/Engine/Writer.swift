internal import Dispatch
internal import EmulatorClock
internal import Foundation
internal import RoostSQLite
internal import Synchronization

/// The one thread that writes. It takes all requests that are waiting, runs them in one transaction, and answers them after
/// its commit: the cost of the disk's sync is shared by whoever came while the last one ran, and by whoever comes back with
/// the next request at once (``BatchGathering``).
///
/// A request that fails undoes its own changes alone. When the commit fails, all that were in it are answered with the
/// failure, for none of them was done.
final class Writer: Sendable {
    typealias Answer = @Sendable (StoreError?) -> Void

    private struct Job: Sendable {
        /// Runs in the transaction; what it returns is called after the commit, with the commit's failure.
        var run: @Sendable (WriteTransaction) -> Answer
        /// Answers for a job that could not be run.
        var refuse: @Sendable (StoreError) -> Void
    }

    /// Bounds how long the first request of a batch waits for the others' work.
    private static let largestBatch = 512

    private struct Queue {
        var jobs: [Job] = []
        var isClosed = false
        /// At how many jobs the writer is woken.
        var wanted = 1

        /// Takes the next batch out.
        mutating func next() -> [Job] {
            wanted = 1
            guard jobs.count > Writer.largestBatch else {
                defer { jobs = [] }
                return jobs
            }
            let batch = Array(jobs.prefix(Writer.largestBatch))
            jobs.removeFirst(batch.count)
            return batch
        }
    }

    private let connection: Connection
    private let readers: ReaderPool
    private let catalogue: Catalogue
    private let clock: any EmulatorClock
    private let sequences: StreamSequences
    private let onStreamRecords: @Sendable (Set<String>) -> Void
    private let queue = Mutex(Queue())
    private let wakeUp = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)
    private let threadName = "roost.store.writer.\(UUID().uuidString)"

    init(
        connection: Connection, readers: ReaderPool, catalogue: Catalogue, clock: any EmulatorClock, sequences: StreamSequences,
        onStreamRecords: @escaping @Sendable (Set<String>) -> Void
    ) {
        self.connection = connection
        self.readers = readers
        self.catalogue = catalogue
        self.clock = clock
        self.sequences = sequences
        self.onStreamRecords = onStreamRecords
    }

    /// Starts the thread, which keeps this object until ``close()``.
    func start() {
        let thread = Thread { self.loop() }
        thread.name = threadName
        thread.stackSize = 4 << 20  // Documents nest 32 levels, and expressions more; the default on macOS is 512 KB.
        thread.start()
    }

    /// Queues a request. `completion` is called once, on the writer's thread. `body` may be run a second time, when the first
    /// transaction was rolled back, so it does nothing but what the transaction undoes.
    func submit<Output: Sendable>(
        _ completion: @escaping @Sendable (Result<Output, StoreError>) -> Void,
        _ body: @escaping @Sendable (WriteTransaction) throws -> Output
    ) {
        let job = Job(
            run: { transaction in
                let result = transaction.perform(body)
                return { failure in completion(failure.map { .failure($0) } ?? result) }
            },
            refuse: { completion(.failure($0)) })
        if !enqueue(job) { job.refuse(.closed) }
    }

    private func enqueue(_ job: Job) -> Bool {
        let (accepted, wakes) = queue.withLock { queue in
            guard !queue.isClosed else { return (false, false) }
            queue.jobs.append(job)
            return (true, queue.jobs.count == queue.wanted)
        }
        if wakes { wakeUp.signal() }
        return accepted
    }

    /// Takes no more requests, finishes those that are waiting, and ends the thread. Idempotent.
    func close() {
        let wasOpen = queue.withLock { queue in
            defer { queue.isClosed = true }
            return !queue.isClosed
        }
        guard wasOpen else { return }
        wakeUp.signal()
        // A completion may hold the last reference to the engine, whose end calls this on the writer's own thread.
        if Thread.current.name != threadName { ended.wait() }
    }

    private func loop() {
        var gathering = BatchGathering()
        while true {
            gather(&gathering)
            let (jobs, isClosed) = queue.withLock { queue in (queue.next(), queue.isClosed) }
            if !jobs.isEmpty {
                run(jobs, &gathering)
            } else if isClosed {
                break
            } else {
                wakeUp.wait()
            }
        }
        ended.signal()
    }

    /// Waits for the requests that are expected, no longer than they are worth.
    private func gather(_ gathering: inout BatchGathering) {
        guard let plan = gathering.next() else { return }
        let deadline = DispatchTime.now() + plan.patience
        while !isThere(plan.requests) {
            guard wakeUp.wait(timeout: deadline) == .success else { return gathering.ended(complete: false) }
        }
        gathering.ended(complete: true)
    }

    /// Whether so many requests wait; if not, the writer is woken when they do.
    private func isThere(_ requests: Int) -> Bool {
        queue.withLock { queue in
            queue.wanted = requests
            return queue.jobs.count >= requests || queue.isClosed
        }
    }

    private func run(_ jobs: [Job], _ gathering: inout BatchGathering) {
        var rest = jobs[...]
        while !rest.isEmpty {
            let batch = rest
            do {
                let began = DispatchTime.now().uptimeNanoseconds
                let done = try connection.use { database in try self.commit(batch, database) }
                gathering.committed(
                    done.answers.count, waiting: queue.withLock { $0.jobs.count },
                    nanoseconds: Int(DispatchTime.now().uptimeNanoseconds - began))
                rest = rest.dropFirst(done.answers.count)
                if done.failure == nil, !done.streams.isEmpty { onStreamRecords(done.streams) }
                for answer in done.answers { answer(done.failure) }
            } catch {
                // The transaction did not even begin, so that no job ran.
                let failure = StoreError(any: error)
                for job in rest { job.refuse(failure) }
                return
            }
        }
    }

    private struct Done: Sendable {
        var answers: [Answer]
        var failure: StoreError?
        var streams: Set<String>
    }

    private func commit(_ jobs: ArraySlice<Job>, _ database: SQLiteDatabase) throws -> Done {
        let done = try attempt(jobs, database, undoing: .startingOver) ?? attempt(jobs, database, undoing: .savepoints)
        guard let done else { throw StoreError.internalFailure("a request could not be undone alone") }
        return done
    }

    /// - Returns: nil where a request failed that has to be undone alone, and cannot be; nothing is done then.
    private func attempt(
        _ jobs: ArraySlice<Job>, _ database: SQLiteDatabase, undoing: WriteTransaction.Undoing
    ) throws -> Done? {
        try database.run("BEGIN IMMEDIATE")
        let transaction = WriteTransaction(
            database: database, tables: catalogue.snapshot, nowMilliseconds: clock.nowMilliseconds, sequences: sequences,
            undoing: undoing)
        var answers: [Answer] = []
        answers.reserveCapacity(jobs.count)
        for job in jobs {
            answers.append(job.run(transaction))
            // SQLite ends the whole transaction by itself on a full disk or a failing one: what was in it is lost.
            guard database.isInTransaction else { break }
            if transaction.mustStartOver {
                database.rollBack()
                return nil
            }
        }
        var failure: StoreError?
        do {
            guard database.isInTransaction else {
                throw transaction.fatalError ?? StoreError.internalFailure("the transaction was lost")
            }
            try transaction.writeCounts()
            try readers.committing { try database.run("COMMIT") }
            if transaction.changedTables { catalogue.publish(transaction.tables) }
        } catch {
            database.rollBack()
            failure = StoreError(any: error)
        }
        return Done(answers: answers, failure: failure, streams: transaction.streamsWithRecords)
    }
}
