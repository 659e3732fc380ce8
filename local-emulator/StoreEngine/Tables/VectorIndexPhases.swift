internal import EmulatorClock
import Synchronization

/// The phases in which the service makes a vector index that UpdateTable adds to a table, as its clients see them (eu-west-2,
/// August 2026).
///
/// There they take minutes. Here each is shown by one DescribeTable, so that whoever waits for an index meets every state that
/// it has to expect and waits no longer than two looks. They are kept in memory only: an index is made when its items are in it
/// (`IndexBackfill`), and after a restart nothing else is told.
final class VectorIndexPhases: Sendable {
    enum Phase: Sendable {
        /// The table is UPDATING, and the index cannot be deleted.
        case allocating
        /// The table is ACTIVE, and the index can be deleted.
        case backfilling
    }

    /// How long a phase that nobody looks at stands in the way of other requests, so that a program which never looks has its
    /// index too.
    static let standsMilliseconds: Int64 = 2000

    private struct Place: Hashable {
        var table: Int64
        var index: String
    }

    private struct State {
        var phase = Phase.allocating
        var isShown = false
        var sinceMilliseconds: Int64
    }

    private let states = Mutex<[Place: State]>([:])
    private let clock: any EmulatorClock

    init(clock: any EmulatorClock) {
        self.clock = clock
    }

    func begin(_ index: String, of table: Table) {
        states.withLock { $0[Place(table: table.id, index: index)] = State(sinceMilliseconds: clock.nowMilliseconds) }
    }

    /// The phase of each index for requests that it matters to. An index without one is made, unless it is still filled.
    func phases(of table: Table) -> [String: Phase] {
        guard !table.vectorIndexes.isEmpty else { return [:] }
        let now = clock.nowMilliseconds
        return states.withLock { states in
            var phases: [String: Phase] = [:]
            for index in table.vectorIndexes {
                guard let state = states[Place(table: table.id, index: index.name)],
                    now - state.sinceMilliseconds < Self.standsMilliseconds
                else { continue }
                phases[index.name] = state.phase
            }
            return phases
        }
    }

    /// The phase of each index for DescribeTable, which goes on to the next with each look.
    func look(at table: Table) -> [String: Phase] {
        guard !table.vectorIndexes.isEmpty else { return [:] }
        let now = clock.nowMilliseconds
        return states.withLock { states in
            var phases: [String: Phase] = [:]
            for index in table.vectorIndexes {
                let place = Place(table: table.id, index: index.name)
                guard var state = states[place] else { continue }
                if state.isShown {
                    if state.phase == .backfilling, !table.definition.isBackfilling(index.name) {
                        states[place] = nil
                        continue
                    }
                    state.phase = .backfilling
                }
                state.isShown = true
                state.sinceMilliseconds = now
                states[place] = state
                phases[index.name] = state.phase
            }
            return phases
        }
    }
}
