internal import RoostSQLite

/// How many items a table or an index holds, and how many bytes they have by DynamoDB's rule.
struct ItemCount: Sendable, Equatable {
    var items = 0
    var bytes = 0

    static func - (left: ItemCount, right: ItemCount) -> ItemCount {
        ItemCount(items: left.items - right.items, bytes: left.bytes - right.bytes)
    }

    static func + (left: ItemCount, right: ItemCount) -> ItemCount {
        ItemCount(items: left.items + right.items, bytes: left.bytes + right.bytes)
    }

    /// What one entry counts for; nothing where there is none.
    init(of document: ItemDocument?) {
        (items, bytes) = document.map { (1, $0.size) } ?? (0, 0)
    }

    /// What one entry of a vector index counts for.
    init(of entry: VectorEntry?) {
        (items, bytes) = entry.map { (1, $0.size) } ?? (0, 0)
    }

    init(items: Int = 0, bytes: Int = 0) {
        (self.items, self.bytes) = (items, bytes)
    }
}

/// The counts of all tables and indexes, by the names of their SQL tables. Counting the rows of ten million items takes
/// seconds; so each transaction adds what it changed, one row for each table that it touched.
enum ItemCounts {
    static let schema = """
        CREATE TABLE item_counts (
            sql_table TEXT NOT NULL PRIMARY KEY,
            items INTEGER NOT NULL,
            bytes INTEGER NOT NULL) WITHOUT ROWID
        """

    /// The count as the connection's snapshot has it.
    static func count(of sqlTable: String, in database: SQLiteDatabase) throws(SQLiteError) -> ItemCount {
        try database.first("SELECT items, bytes FROM item_counts WHERE sql_table = ?", .text(sqlTable)) {
            ItemCount(items: Int($0.integer(0)), bytes: Int($0.integer(1)))
        } ?? ItemCount()
    }

    static func add(_ change: ItemCount, to sqlTable: String, in database: SQLiteDatabase) throws(SQLiteError) {
        try database.run(
            """
            INSERT INTO item_counts (sql_table, items, bytes) VALUES (?1, ?2, ?3)
            ON CONFLICT (sql_table) DO UPDATE SET items = items + ?2, bytes = bytes + ?3
            """, .text(sqlTable), .integer(change.items), .integer(change.bytes))
    }

    static func forget(_ sqlTable: String, in database: SQLiteDatabase) throws(SQLiteError) {
        try database.run("DELETE FROM item_counts WHERE sql_table = ?", .text(sqlTable))
    }
}
