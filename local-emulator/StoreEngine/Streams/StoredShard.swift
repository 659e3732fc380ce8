internal import RoostSQLite

/// A shard's row: a stretch of its stream's sequence numbers, from `first` on, to `last` once it is closed.
///
/// The writer is one, so a stream has one open shard at a time, and its shards are a line of parents and children. The
/// records are under the stream's number alone: which shard one belongs to follows from its sequence number.
struct StoredShard: Sendable {
    /// A shard of the service takes records for about four hours; then it is closed and has a child ("Reading and
    /// processing a stream", Developer Guide: shards are ephemeral, created and deleted automatically as needed).
    static let lifetimeMilliseconds: Int64 = 4 * 3600 * 1000

    static let schema = """
        CREATE TABLE stream_shards (
            stream INTEGER NOT NULL,
            first INTEGER NOT NULL,
            shard_id TEXT NOT NULL,
            parent_id TEXT,
            created_ms INTEGER NOT NULL,
            last INTEGER,
            closed_ms INTEGER,
            PRIMARY KEY (stream, first)) WITHOUT ROWID;
        INSERT INTO stream_shards (stream, first, shard_id, created_ms, last, closed_ms)
            SELECT id, 1, printf('shardId-%020d-%08x', created_ms, id), created_ms,
                CASE WHEN disabled_ms IS NULL THEN NULL ELSE max(1, trimmed,
                    coalesce((SELECT max(sequence) FROM stream_records WHERE stream = id), 0)) END, disabled_ms
            FROM streams;
        """

    var stream: Int64
    var first: Int64
    var shardID: String
    var parentID: String?
    var createdMilliseconds: Int64
    /// Nil while the shard is open. No record has this number, or a later one.
    var last: Int64?

    /// A stream's shards, oldest first, which is the order of their ids too.
    static func all(of stream: Int64, in database: SQLiteDatabase) throws -> [StoredShard] {
        let sql = "SELECT first, shard_id, parent_id, created_ms, last FROM stream_shards WHERE stream = ? ORDER BY first"
        return try database.rows(sql, .integer(stream)) { row in
            StoredShard(
                stream: stream, first: row.integer(0), shardID: row.text(1), parentID: row.optionalText(2),
                createdMilliseconds: row.integer(3), last: row.optionalInteger(4))
        }
    }

    static func find(_ shardID: String, of stream: Int64, in database: SQLiteDatabase) throws -> StoredShard? {
        try all(of: stream, in: database).first { $0.shardID == shardID }
    }

    /// The form of the service's ids: the time in 20 digits, so that ids sort by age, and 8 of a hash.
    static func newID(stream: Int64, first: Int64, createdMilliseconds: Int64) -> String {
        let time = String(createdMilliseconds)
        let hash = String(Splitmix.mix(Splitmix.mix(UInt64(bitPattern: stream)) ^ UInt64(bitPattern: first)) >> 32, radix: 16)
        return "shardId-" + String(repeating: "0", count: 20 - time.count) + time + "-"
            + String(repeating: "0", count: 8 - hash.count) + hash
    }
}

extension WriteTransaction {
    func openShard(of stream: Int64, first: Int64, parentID: String?, createdMilliseconds: Int64) throws {
        let id = StoredShard.newID(stream: stream, first: first, createdMilliseconds: createdMilliseconds)
        try database.run(
            "INSERT INTO stream_shards (stream, first, shard_id, parent_id, created_ms) VALUES (?, ?, ?, ?, ?)",
            .integer(stream), .integer(first), .text(id), .optional(parentID), .integer(createdMilliseconds))
    }

    /// Ends a stream's open shard with a number of its own, which comes after that of its last record.
    ///
    /// - Returns: that number.
    @discardableResult
    func closeShard(of stream: Int64) throws -> Int64 {
        let last = sequences.next(in: stream)
        try database.run(
            "UPDATE stream_shards SET last = ?, closed_ms = ? WHERE stream = ? AND last IS NULL",
            .integer(last), .integer(nowMilliseconds), .integer(stream))
        return last
    }

    /// Gives a child to every open shard that is past its lifetime.
    func renewShards() throws {
        let sql = "SELECT stream, shard_id FROM stream_shards WHERE last IS NULL AND created_ms <= ?"
        let old = try database.rows(sql, .integer(nowMilliseconds - StoredShard.lifetimeMilliseconds)) { row in
            (stream: row.integer(0), id: row.text(1))
        }
        for shard in old {
            try willChange()
            let last = try closeShard(of: shard.stream)
            try openShard(of: shard.stream, first: last + 1, parentID: shard.id, createdMilliseconds: nowMilliseconds)
        }
    }
}
