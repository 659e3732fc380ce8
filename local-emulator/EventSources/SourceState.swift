internal import Foundation
internal import RoostSQLite
internal import Synchronization

/// How far each stream was read and when each schedule last fired, in `sources.sqlite3`. Each change is on disk when its call
/// returns.
final class SourceState: Sendable {
    /// A place in a stream.
    struct Checkpoint: Sendable, Equatable {
        var streamARN: String
        /// The last record that is done with; nil before the first.
        var sequenceNumber: String?
    }

    /// Where a schedule stands.
    struct Schedule: Sendable, Equatable {
        var expression: String
        /// When the schedule was first seen: a rate counts from here.
        var anchorMilliseconds: Int64
        /// The latest time it fired for.
        var dueMilliseconds: Int64?
        /// The id of that firing's event.
        var eventID: String?
        /// Whether the function has dealt with that event, or all tries are used up.
        var isDone: Bool
    }

    private let database: Mutex<SQLiteDatabase>

    /// - Parameter directory: nil keeps everything in memory.
    init(directory: URL?) throws {
        let path = directory?.appendingPathComponent("sources.sqlite3").path
        let opened = try SQLiteDatabase(path.map { .file($0) } ?? .inMemory)
        try opened.execute(
            """
            CREATE TABLE IF NOT EXISTS checkpoints(source TEXT PRIMARY KEY, stream_arn TEXT NOT NULL, sequence TEXT) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS schedules(
                source TEXT PRIMARY KEY, expression TEXT NOT NULL, anchor_ms INTEGER NOT NULL, due_ms INTEGER, event_id TEXT,
                done INTEGER NOT NULL) WITHOUT ROWID;
            """)
        database = Mutex(opened)
    }

    func checkpoint(of source: String) throws -> Checkpoint? {
        try database.withLock { database in
            try database.first("SELECT stream_arn, sequence FROM checkpoints WHERE source = ?", .text(source)) {
                Checkpoint(streamARN: $0.text(0), sequenceNumber: $0.optionalText(1))
            }
        }
    }

    func save(_ checkpoint: Checkpoint, of source: String) throws {
        try database.withLock { database in
            _ = try database.run(
                "INSERT OR REPLACE INTO checkpoints(source, stream_arn, sequence) VALUES(?, ?, ?)", .text(source),
                .text(checkpoint.streamARN), .optional(checkpoint.sequenceNumber))
        }
    }

    func schedule(_ source: String) throws -> Schedule? {
        try database.withLock { database in
            try database.first(
                "SELECT expression, anchor_ms, due_ms, event_id, done FROM schedules WHERE source = ?", .text(source)
            ) {
                Schedule(
                    expression: $0.text(0), anchorMilliseconds: $0.integer(1), dueMilliseconds: $0.optionalInteger(2),
                    eventID: $0.optionalText(3), isDone: $0.flag(4))
            }
        }
    }

    func save(_ schedule: Schedule, of source: String) throws {
        try database.withLock { database in
            _ = try database.run(
                """
                INSERT OR REPLACE INTO schedules(source, expression, anchor_ms, due_ms, event_id, done) VALUES(?, ?, ?, ?, ?, ?)
                """,
                .text(source), .text(schedule.expression), .integer(schedule.anchorMilliseconds),
                .optional(schedule.dueMilliseconds), .optional(schedule.eventID), .flag(schedule.isDone))
        }
    }
}
