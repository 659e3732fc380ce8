internal import Synchronization

/// The last so many answers that this execution environment has seen: a repeated request that finds its answer here costs
/// no call of the table. Work in progress is never kept: it may end elsewhere.
final class AnswerCache: Sendable {
    private struct State {
        var records: [String: (record: IdempotencyRecord, lastUse: Int)] = [:]
        var uses = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) {
        self.limit = limit
    }

    /// - Parameter seconds: now, since 1970.
    func record(_ id: String, at seconds: Int) -> IdempotencyRecord? {
        state.withLock { state in
            guard let found = state.records[id] else { return nil }
            guard !found.record.isExpired(at: seconds) else {
                state.records[id] = nil
                return nil
            }
            state.uses += 1
            state.records[id]?.lastUse = state.uses
            return found.record
        }
    }

    /// The one that was not used for the longest time makes room.
    func keep(_ record: IdempotencyRecord) {
        guard limit > 0, record.status == .completed else { return }
        state.withLock { state in
            state.uses += 1
            state.records[record.id] = (record, state.uses)
            if state.records.count > limit, let oldest = state.records.min(by: { $0.value.lastUse < $1.value.lastUse }) {
                state.records[oldest.key] = nil
            }
        }
    }
}
