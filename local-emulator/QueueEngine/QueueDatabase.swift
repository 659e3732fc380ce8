internal import Foundation
internal import RoostSQLite

/// The tables of `queues.sqlite3`. Used by one thread at a time: the engine keeps it in a lock.
final class QueueDatabase {
    let sql: SQLiteDatabase
    /// The queues whose messages changed since the engine last looked.
    var touched: Set<String> = []

    init(_ location: SQLiteDatabase.Location) throws(SQLiteError) {
        sql = try SQLiteDatabase(location)
        try sql.execute(Self.schema)
    }

    /// Times are in milliseconds. A message in flight has a receipt and becomes visible later; a delayed one has none.
    private static let schema = """
        CREATE TABLE IF NOT EXISTS queues(
            name TEXT PRIMARY KEY, configuration TEXT NOT NULL, created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
            attributes TEXT, md5 TEXT NOT NULL, sender TEXT NOT NULL, trace TEXT, source_arn TEXT, sent_ms INTEGER NOT NULL,
            visible_ms INTEGER NOT NULL, receipt TEXT, received_ms INTEGER, first_received_ms INTEGER,
            receive_count INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX IF NOT EXISTS messages_visible ON messages(queue, visible_ms, id);
        CREATE INDEX IF NOT EXISTS messages_sent ON messages(queue, sent_ms);
        """

    struct StoredQueue {
        var configuration: QueueConfiguration
        var createdMilliseconds: Int64
        var modifiedMilliseconds: Int64
    }

    func queues() throws -> [StoredQueue] {
        var queues: [StoredQueue] = []
        try sql.forEach("SELECT configuration, created_ms, modified_ms FROM queues ORDER BY name") { row in
            let configuration = try JSONDecoder().decode(QueueConfiguration.self, from: Data(row.text(0).utf8))
            queues.append(
                StoredQueue(
                    configuration: configuration, createdMilliseconds: row.integer(1), modifiedMilliseconds: row.integer(2)))
            return true
        }
        return queues
    }

    func store(_ queue: StoredQueue) throws {
        let text = String(decoding: try JSONEncoder().encode(queue.configuration), as: UTF8.self)
        try sql.run(
            "INSERT OR REPLACE INTO queues(name, configuration, created_ms, modified_ms) VALUES(?, ?, ?, ?)",
            .text(queue.configuration.name), .text(text), .integer(queue.createdMilliseconds),
            .integer(queue.modifiedMilliseconds))
    }

    /// The earliest instant at which a message of the queue is visible, if there is one.
    func earliestVisible(_ queue: String) throws(SQLiteError) -> Int64? {
        try sql.first("SELECT min(visible_ms) FROM messages WHERE queue = ?", .text(queue)) { $0.optionalInteger(0) } ?? nil
    }

    /// Drops what is older than the queue keeps messages.
    func dropExpired(_ queue: QueueConfiguration, now: Int64) throws(SQLiteError) {
        try sql.run(
            "DELETE FROM messages WHERE queue = ? AND sent_ms <= ?", .text(queue.name),
            .integer(now - Int64(queue.messageRetentionSeconds) * 1000))
    }
}
