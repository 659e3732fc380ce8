internal import RoostSQLite

extension WriteTransaction {
    /// "All data in DynamoDB Streams is subject to a 24-hour lifetime" (Developer Guide).
    static let streamLifetimeMilliseconds: Int64 = 24 * 3600 * 1000
    static let trimLimit: Int64 = 5000

    /// Removes stream records past their lifetime, and shards and streams that were closed as long ago.
    ///
    /// - Returns: whether there may be more.
    func trimStreams() throws -> Bool {
        let horizon = nowMilliseconds - Self.streamLifetimeMilliseconds
        var mayHaveMore = false
        for stream in try database.rows("SELECT id FROM streams", map: { $0.integer(0) }) {
            let last = try lastExpiredRecord(in: stream, before: horizon)
            guard let last else { continue }
            try willChange()
            let removed = try database.run(
                "DELETE FROM stream_records WHERE stream = ? AND sequence <= ?", .integer(stream), .integer(last))
            try database.run("UPDATE streams SET trimmed = ? WHERE id = ?", .integer(last), .integer(stream))
            mayHaveMore = mayHaveMore || removed >= Self.trimLimit
        }
        // A closed shard stays listed for as long as its last records could be read.
        let shards = "closed_ms < ?"
        if try database.first("SELECT 1 FROM stream_shards WHERE \(shards)", .integer(horizon), map: { _ in true }) == true {
            try willChange()
            try database.run("DELETE FROM stream_shards WHERE \(shards)", .integer(horizon))
        }
        // A closed stream stays readable for as long as its last records could.
        let closed = "disabled_ms IS NOT NULL AND disabled_ms < ?"
        if try database.first("SELECT 1 FROM streams WHERE \(closed)", .integer(horizon), map: { _ in true }) == true {
            try willChange()
            try database.run("DELETE FROM streams WHERE \(closed)", .integer(horizon))
        }
        return mayHaveMore
    }

    /// The newest expired record among the oldest ones: records are in order of time, so that this reads only what goes.
    private func lastExpiredRecord(in stream: Int64, before horizon: Int64) throws -> Int64? {
        var last: Int64?
        var room = Self.trimLimit
        let sql = "SELECT sequence, created_ms FROM stream_records WHERE stream = ? ORDER BY sequence"
        try database.forEach(sql, [.integer(stream)]) { row in
            guard row.integer(1) < horizon, room > 0 else { return false }
            last = row.integer(0)
            room -= 1
            return true
        }
        return last
    }
}
