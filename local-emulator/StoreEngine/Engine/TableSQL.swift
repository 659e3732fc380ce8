/// The fixed statements over one table's items, built once so that the statement cache finds them by one string.
///
/// `h` and `r` are the key's memory-comparable bytes (`r` is empty where the table has no sort key), so that the primary key
/// of a `WITHOUT ROWID` table is the order in which DynamoDB sorts partitions, and items within one. `size` is what the item
/// counts for in capacity, `page` in the size of a page (``PageSize``).
struct TableSQL: Sendable {
    let table: String
    let select: String
    let put: String
    let delete: String
    let create: String
    let drop: String

    init(id: Int64) {
        let table = "t_\(id)"
        self.table = table
        select = "SELECT size, item FROM \(table) WHERE h = ?1 AND r = ?2"
        put = "REPLACE INTO \(table) (h, r, size, page, item) VALUES (?1, ?2, ?3, ?4, ?5)"
        delete = "DELETE FROM \(table) WHERE h = ?1 AND r = ?2"
        create = """
            CREATE TABLE \(table) (h BLOB NOT NULL, r BLOB NOT NULL, size INTEGER NOT NULL, page INTEGER NOT NULL,
            item BLOB NOT NULL, PRIMARY KEY (h, r)) WITHOUT ROWID
            """
        drop = "DROP TABLE \(table)"
    }
}

/// The fixed statements over one index. The table's key (`bh`, `br`) makes entries with equal index keys distinct, and puts
/// them in the service's order (``KeyAttributes/encodeForIndexes(_:)``).
struct IndexSQL: Sendable {
    let table: String
    let put: String
    let delete: String
    let create: String
    let drop: String

    init(table: String) {
        self.table = table
        put = "REPLACE INTO \(table) (h, r, bh, br, size, page, item) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        delete = "DELETE FROM \(table) WHERE h = ?1 AND r = ?2 AND bh = ?3 AND br = ?4"
        create = """
            CREATE TABLE \(table) (h BLOB NOT NULL, r BLOB NOT NULL, bh BLOB NOT NULL, br BLOB NOT NULL,
            size INTEGER NOT NULL, page INTEGER NOT NULL, item BLOB NOT NULL, PRIMARY KEY (h, r, bh, br)) WITHOUT ROWID
            """
        drop = "DROP TABLE \(table)"
    }
}

/// The fixed statements over the expiry times of one table: only items with a usable TTL attribute have a row here, so
/// that a sweep reads what has expired and nothing else.
struct ExpirySQL: Sendable {
    let put: String
    let delete: String
    let create: String
    let drop: String
    let expired: String

    static func table(id: Int64) -> String { "x_\(id)" }

    init(id: Int64) {
        let table = Self.table(id: id)
        put = "REPLACE INTO \(table) (expiry, h, r) VALUES (?1, ?2, ?3)"
        delete = "DELETE FROM \(table) WHERE expiry = ?1 AND h = ?2 AND r = ?3"
        create = """
            CREATE TABLE \(table) (expiry INTEGER NOT NULL, h BLOB NOT NULL, r BLOB NOT NULL, PRIMARY KEY (expiry, h, r))
            WITHOUT ROWID
            """
        drop = "DROP TABLE IF EXISTS \(table)"
        expired = "SELECT h, r FROM \(table) WHERE expiry BETWEEN ?1 AND ?2 ORDER BY expiry LIMIT ?3"
    }
}
