internal import RoostSQLite

extension WriteTransaction {
    /// Items deleted in one transaction, so that a sweep does not hold up requests for long.
    static let sweepLimit = 500
    /// "Items with a TTL value more than five years in the past are not deleted" (Developer Guide).
    static let oldestExpirySeconds: Int64 = 5 * 365 * 86400

    /// Deletes expired items of all tables with TTL, as the service's own principal.
    ///
    /// - Returns: whether there may be more.
    func deleteExpiredItems() throws -> Bool {
        let now = nowMilliseconds / 1000
        var room = Self.sweepLimit
        for table in tables.values {
            guard room > 0 else { return true }
            guard let sql = table.expirySQL else { continue }
            var keys: [ItemKey] = []
            let bounds: [SQLiteValue] = [.integer(now - Self.oldestExpirySeconds), .integer(now), .integer(room)]
            try database.forEach(sql.expired, bounds) { row in
                keys.append(ItemKey(hash: row.bytes(0), range: row.bytes(1)))
                return true
            }
            for key in keys {
                try replace(try currentItem(key, in: table), with: nil, at: key, in: table, by: .timeToLive)
            }
            room -= keys.count
        }
        return room == 0
    }
}
