internal import EmulatorClock
internal import Synchronization

/// What the store does by itself, once a minute of the injected clock: deletes expired items, gives old shards of
/// streams a child and trims them, forgets old changes, backups and transaction tokens, fills new indexes, and goes on
/// with copying that had failed.
final class Maintenance: Sendable {
    private static let intervalSeconds: Double = 60

    private enum State {
        case stopped
        case waiting(ClockTimer)
    }

    private let clock: any EmulatorClock
    private let writer: Writer
    private let copyJobs: CopyJobRunner
    private let state = Mutex<State>(.stopped)

    init(clock: any EmulatorClock, writer: Writer, copyJobs: CopyJobRunner) {
        self.clock = clock
        self.writer = writer
        self.copyJobs = copyJobs
    }

    func start() {
        let timer = clock.after(seconds: Self.intervalSeconds) { [weak self] in self?.tick() }
        state.withLock { $0 = .waiting(timer) }
    }

    func stop() {
        state.withLock { state in
            if case .waiting(let timer) = state { timer.cancel() }
            state = .stopped
        }
    }

    private func tick() {
        // The next tick is set when this one's work is done, so that work never piles up on a clock that runs fast.
        run { [weak self] _ in
            guard let self else { return }
            let timer = clock.after(seconds: Self.intervalSeconds) { [weak self] in self?.tick() }
            state.withLock { state in
                if case .waiting = state { state = .waiting(timer) } else { timer.cancel() }
            }
        }
    }

    /// Does one round of work. A failure shows in the log of whoever asked; the next round tries again.
    func run(_ completion: @escaping @Sendable (Result<Bool, StoreError>) -> Void) {
        writer.submit({ [weak self] (result: Result<Bool, StoreError>) in
            // More was left than one transaction should hold: go on, with other requests in between.
            guard let self, case .success(let mayHaveMore) = result else { return completion(result) }
            if mayHaveMore { run(completion) } else { copyJobs.run { completion($0.map { false }) } }
        }) { transaction in
            let expired = try transaction.deleteExpiredItems()
            try transaction.renewShards()
            let trimmed = try transaction.trimStreams()
            let forgotten = try transaction.trimChangeLogs()
            try transaction.expireBackups()
            try transaction.forgetTransactionTokens()
            let filled = try transaction.backfillIndexes()
            return expired || trimmed || forgotten || filled
        }
    }
}
