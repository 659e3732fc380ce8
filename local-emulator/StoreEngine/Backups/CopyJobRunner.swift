internal import Synchronization

/// Runs the copy jobs to their end, one step after another, from the store's start on. A step that failed is tried again with
/// the next job, and at the latest with the next round of maintenance.
final class CopyJobRunner: Sendable {
    private enum State {
        case idle
        /// With those who wait for the end.
        case running([@Sendable (Result<Void, StoreError>) -> Void])
    }

    private let writer: Writer
    private let state = Mutex(State.idle)

    init(writer: Writer) {
        self.writer = writer
    }

    /// Calls back when no job is left, or when a step has failed.
    func run(_ completion: @escaping @Sendable (Result<Void, StoreError>) -> Void = { _ in }) {
        let isFirst = state.withLock { state in
            if case .running(let waiting) = state {
                state = .running(waiting + [completion])
                return false
            }
            state = .running([completion])
            return true
        }
        if isFirst { step() }
    }

    private func step() {
        writer.submit({ [weak self] (result: Result<Bool, StoreError>) in
            guard let self else { return }
            if case .success(true) = result { return step() }
            let waiting: [@Sendable (Result<Void, StoreError>) -> Void] = state.withLock { state in
                defer { state = .idle }
                return if case .running(let waiting) = state { waiting } else { [] }
            }
            for completion in waiting { completion(result.map { _ in () }) }
        }) { transaction in
            try transaction.advanceCopyJobs()
        }
    }
}
