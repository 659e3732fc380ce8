package import EmulatorClock
package import Foundation
internal import RoostSQLite
internal import Synchronization

/// What went out by SMS, email and WhatsApp: kept on disk, for people and tests to read.
///
/// The newest ``limit`` messages are kept; the oldest go first.
package final class Inbox: Sendable {
    package enum Location: Sendable {
        /// `inbox.sqlite3` in this directory, which must exist.
        case directory(URL)
        case inMemory
    }

    /// Enough for a day's work with the emulator; at a few kilobytes each, some dozens of megabytes.
    package static let limit = 10_000

    private struct State {
        var observers: [Int: @Sendable (InboxEntry) -> Void] = [:]
        var nextObserver = 0
    }

    private let clock: any EmulatorClock
    private let limit: Int
    private let database: Mutex<SQLiteDatabase>
    private let state = Mutex(State())

    /// - Throws: what SQLite says of a directory that cannot be used.
    package init(location: Location, clock: any EmulatorClock, limit: Int = Inbox.limit) throws {
        self.clock = clock
        self.limit = limit
        let place: SQLiteDatabase.Location =
            switch location {
            case .directory(let directory): .file(directory.appendingPathComponent("inbox.sqlite3").path)
            case .inMemory: .inMemory
            }
        let opened = try SQLiteDatabase(place)
        try opened.execute(
            """
            CREATE TABLE IF NOT EXISTS messages(
                number INTEGER PRIMARY KEY AUTOINCREMENT, channel TEXT NOT NULL, received_ms INTEGER NOT NULL, message TEXT NOT NULL);
            CREATE INDEX IF NOT EXISTS messages_channel ON messages(channel, number);
            """)
        database = Mutex(opened)
    }

    /// Keeps a message; when this returns it is on disk. Blocks until then.
    @discardableResult
    package func add(_ message: InboxMessage) throws -> InboxEntry {
        let received = clock.nowMilliseconds
        let text = String(decoding: try JSONEncoder().encode(message), as: UTF8.self)
        let number = try database.withLock { database in
            try database.transaction {
                try database.run(
                    "INSERT INTO messages(channel, received_ms, message) VALUES(?, ?, ?)", .text(message.channel.rawValue),
                    .integer(received), .text(text))
                let number = database.lastInsertedRowID
                try database.run("DELETE FROM messages WHERE number <= ?", .integer(number - Int64(limit)))
                return number
            }
        }
        let entry = InboxEntry(number: number, received: Self.date(received), message: message)
        for observer in state.withLock({ Array($0.observers.values) }) { observer(entry) }
        return entry
    }

    /// The messages after `number`, oldest first, at most `limit` of them.
    ///
    /// - Parameters:
    ///   - channel: only this channel's; nil for all.
    ///   - recipient: only those to this number or address; nil for all.
    package func list(
        channel: InboxMessage.Channel? = nil, to recipient: String? = nil, after number: Int64 = 0, limit: Int = 1000
    ) throws -> [InboxEntry] {
        var entries: [InboxEntry] = []
        try database.withLock { database in
            let sql = """
                SELECT number, received_ms, message FROM messages
                WHERE number > ? AND (? IS NULL OR channel = ?) ORDER BY number
                """
            let name = SQLiteValue.optional(channel?.rawValue)
            try database.forEach(sql, [.integer(number), name, name]) { row in
                let message = try JSONDecoder().decode(InboxMessage.self, from: Data(row.text(2).utf8))
                if recipient.map(message.to.contains) ?? true {
                    entries.append(
                        InboxEntry(number: row.integer(0), received: Self.date(row.integer(1)), message: message))
                }
                return entries.count < limit
            }
        }
        return entries
    }

    /// Calls `handler` for each message that comes, after it is on disk. It must not block.
    package func observe(_ handler: @escaping @Sendable (InboxEntry) -> Void) -> InboxObservation {
        let id = state.withLock { state in
            state.nextObserver += 1
            state.observers[state.nextObserver] = handler
            return state.nextObserver
        }
        return InboxObservation { [weak self] in
            self?.state.withLock { state in _ = state.observers.removeValue(forKey: id) }
        }
    }

    private static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }
}

/// Ends an observation of ``Inbox/observe(_:)``.
package struct InboxObservation: Sendable {
    private let cancelAction: @Sendable () -> Void

    init(cancel: @escaping @Sendable () -> Void) {
        cancelAction = cancel
    }

    package func cancel() {
        cancelAction()
    }
}
