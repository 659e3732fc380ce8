package import EmulatorClock
package import Foundation
import Synchronization

/// Everything that happened in the emulator, newest last, bounded, each entry with its cause.
package final class Journal: Sendable {
    /// What one entry of the journal is known by; causes are given with it.
    package struct EntryID: Sendable, Hashable, Codable, CustomStringConvertible {
        package let number: Int

        package init(number: Int) {
            self.number = number
        }

        package init(from decoder: any Decoder) throws {
            number = try decoder.singleValueContainer().decode(Int.self)
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(number)
        }

        package var description: String { "#\(number)" }
    }

    package struct Entry: Sendable, Codable {
        package var id: EntryID
        /// The entry that made this one happen; nil for what came from outside.
        package var cause: EntryID?
        package var time: Date
        /// Who speaks: `http`, `websocket`, `invocation`, `stream`, `queue`, `schedule`, `service`, `inbox`, `emulator`.
        package var source: String
        /// What happened, in one line; never a token, a phone number or an email.
        package var message: String
        package var details: [String: String]
    }

    private struct State {
        var next = 1
        var entries: [Entry] = []
    }

    private let clock: any EmulatorClock
    private let limit: Int
    private let observer: (@Sendable (Entry) -> Void)?
    private let state = Mutex(State())

    /// - Parameters:
    ///   - limit: how many entries are kept; the oldest go first.
    ///   - observer: is told of each entry, outside of the journal's lock; must not block.
    package init(clock: any EmulatorClock, limit: Int = 10_000, observer: (@Sendable (Entry) -> Void)? = nil) {
        self.clock = clock
        self.limit = limit
        self.observer = observer
    }

    @discardableResult
    package func record(
        _ source: String, _ message: String, cause: EntryID? = nil, details: [String: String] = [:]
    ) -> EntryID {
        let time = clock.now
        let entry = state.withLock { state in
            let entry = Entry(
                id: EntryID(number: state.next), cause: cause, time: time, source: source, message: message, details: details)
            state.next += 1
            state.entries.append(entry)
            // Trimmed in blocks, so that a full journal does not shift its whole array at each entry.
            if state.entries.count > limit + limit / 4 {
                state.entries.removeFirst(state.entries.count - limit)
            }
            return entry
        }
        observer?(entry)
        return entry.id
    }

    /// The entries after `after`, oldest first, at most `limit` of them.
    package func entries(after: EntryID? = nil, limit: Int = .max) -> [Entry] {
        let all = state.withLock { $0.entries }
        let wanted = all.drop { entry in after.map { entry.id.number <= $0.number } ?? false }
        return Array(wanted.suffix(self.limit).prefix(limit))
    }
}
