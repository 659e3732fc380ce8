internal import RoostSQLite
internal import Synchronization

/// The last sequence number given in each stream, so that the next one needs no query. Numbers grow for ever; one that was
/// given in a transaction that failed is not given again.
final class StreamSequences: Sendable {
    private let last: Mutex<[Int64: Int64]>

    init(_ database: SQLiteDatabase) throws {
        var last: [Int64: Int64] = [:]
        // Trimming may have removed the newest record, and a closed shard's last number is no record's.
        let sql = """
            SELECT id, max(trimmed, coalesce((SELECT max(sequence) FROM stream_records WHERE stream = id), 0),
            coalesce((SELECT max(coalesce(last, first - 1)) FROM stream_shards WHERE stream = id), 0)) FROM streams
            """
        try database.forEach(sql) { row in
            last[row.integer(0)] = row.integer(1)
            return true
        }
        self.last = Mutex(last)
    }

    func next(in stream: Int64) -> Int64 {
        last.withLock { last in
            let next = (last[stream] ?? 0) + 1
            last[stream] = next
            return next
        }
    }

    /// How a sequence number is written: 21 digits, so that texts order as numbers do.
    static func text(_ sequence: Int64) -> String {
        let digits = String(sequence)
        return "1" + String(repeating: "0", count: 20 - digits.count) + digits
    }

    /// Nil for a text that no record of ours can have.
    static func number(_ text: String) -> Int64? {
        guard text.utf8.count == 21, text.first == "1" else { return nil }
        return Int64(text.dropFirst())
    }
}
