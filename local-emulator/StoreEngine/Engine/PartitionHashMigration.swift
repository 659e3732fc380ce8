internal import RoostSQLite

/// Brings the items of a file of the first version into the order of the second, in which each partition stands at its hash
/// (``PartitionHash``) and each row tells what it counts for in a page: every table is written anew, with its indexes and
/// expiry times.
enum PartitionHashMigration {
    static func run(_ database: SQLiteDatabase) throws {
        // ARNs play no part in what is stored under a table's number.
        let tables = try CatalogueFile(region: "", accountID: "").load(database)
        let transaction = WriteTransaction(
            database: database, tables: tables, nowMilliseconds: 0, sequences: try StreamSequences(database))
        for table in tables.values { try convert(table, in: transaction) }
        try transaction.writeCounts()
    }

    private static func convert(_ table: Table, in transaction: WriteTransaction) throws {
        let database = transaction.database
        let before = "before_\(table.sql.table)"
        try database.execute("ALTER TABLE \(table.sql.table) RENAME TO \(before)")
        try database.execute(table.sql.create)
        for index in table.indexes {
            try database.execute(index.sql.drop)
            try database.execute(index.sql.create)
        }
        if let expiry = table.expirySQL {
            try database.execute(expiry.drop)
            try database.execute(expiry.create)
        }
        try database.forEach("SELECT size, item FROM \(before)") { row in
            let attributes = try ItemDocument(json: row.bytes(1), size: Int(row.integer(0))).attributes()
            let key = try table.itemKey(ofItem: attributes)
            let item = try NewItem(attributes, size: Int(row.integer(0)), for: table, in: .put)
            try transaction.place(item, at: key, in: table)
            return true
        }
        // Prepared statements on a table keep it from being dropped.
        database.clearStatementCache()
        try database.execute("DROP TABLE \(before)")
    }
}
