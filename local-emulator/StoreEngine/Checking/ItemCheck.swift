internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostSQLite

/// One table's items, each with its key and size, its index entries and its expiry.
struct ItemCheck {
    let database: SQLiteDatabase
    let table: Table

    func run(_ report: inout StoreCheckReport) throws {
        var expectedEntries = Array(repeating: 0, count: table.indexes.count)
        var expectedVectors = Array(repeating: 0, count: table.vectorIndexes.count)
        var expectedExpiries = 0
        var count = ItemCount()
        try database.forEach("SELECT h, r, size, page, item FROM \(table.sql.table)") { row in
            report.items += 1
            let key = ItemKey(hash: row.bytes(0), range: row.bytes(1))
            let document = ItemDocument(json: row.bytes(4), size: Int(row.integer(2)))
            let pageBytes = Int(row.integer(3))
            count = count + ItemCount(of: document)
            report.attempt(place(of: key)) { report in
                let item = try document.attributes()
                try checkItem(item, document, pageBytes, at: key, &report)
                let entries = try table.indexEntries(of: item, document: document)
                for (number, (index, entry)) in zip(table.indexes, entries).enumerated() {
                    guard let entry, !table.definition.isBackfilling(index.name) else { continue }
                    expectedEntries[number] += 1
                    try check(entry, of: key, in: index, &report)
                }
                for (number, (index, entry)) in zip(table.vectorIndexes, table.vectorEntries(of: item)).enumerated() {
                    guard let entry, !table.definition.isBackfilling(index.name) else { continue }
                    expectedVectors[number] += 1
                    try check(entry, of: key, in: index, &report)
                }
                if try checkExpiry(of: item, at: key, &report) { expectedExpiries += 1 }
            }
            return true
        }
        try check(count, of: table.sql.table, named: "table \(table.name)", &report)
        try checkBackfills(&report)
        for (index, expected) in zip(table.indexes, expectedEntries) {
            try checkLeftOvers(in: index, expected: expected, &report)
        }
        for (index, expected) in zip(table.vectorIndexes, expectedVectors) {
            try checkLeftOvers(in: index, expected: expected, &report)
        }
        try checkExpiryCount(expectedExpiries, &report)
    }

    /// An index that is still being filled has the place where that goes on, and no other has one.
    private func checkBackfills(_ report: inout StoreCheckReport) throws {
        let sql = "SELECT index_name FROM index_backfills WHERE table_id = ?"
        let found = Set(try database.rows(sql, .integer(table.id)) { $0.text(0) })
        let expected = table.definition.backfillingIndexes ?? []
        for name in found.symmetricDifference(expected).sorted() {
            report.add(
                "index \(table.name)/\(name)",
                expected.contains(name) ? "it is to be filled, and nothing does it" : "it is full, and is being filled still")
        }
    }

    private func place(of key: ItemKey) -> String {
        "table \(table.name), item \(Self.hex(key.hash))" + (key.range.isEmpty ? "" : "/\(Self.hex(key.range))")
    }

    /// Keys are named as SQLite's shell takes them: `x'…'`.
    private static func hex(_ bytes: [UInt8]) -> String {
        "x'" + bytes.map { (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined() + "'"
    }

    private func checkItem(
        _ item: AttributeMap, _ document: ItemDocument, _ pageBytes: Int, at key: ItemKey,
        _ report: inout StoreCheckReport
    ) throws {
        if try table.itemKey(ofItem: item) != key { report.add(place(of: key), "it is kept under another key than its own") }
        if ItemSize.bytes(of: item) != document.size {
            report.add(place(of: key), "its size is \(ItemSize.bytes(of: item)) bytes, and \(document.size) are noted")
        }
        if PageSize.bytes(of: item, sortKey: table.key.range?.name) != pageBytes {
            report.add(place(of: key), "what it counts for in a page is noted as \(pageBytes) bytes, which is another size")
        }
        if AttributeJSONWriter.item(item) != document.json {
            report.add(place(of: key), "its text is not the one form that an item is kept in")
        }
    }

    private func check(
        _ entry: IndexEntry, of key: ItemKey, in index: SecondaryIndex, _ report: inout StoreCheckReport
    ) throws {
        let sql = "SELECT size, page, item FROM \(index.sql.table) WHERE h = ?1 AND r = ?2 AND bh = ?3 AND br = ?4"
        let keys = [entry.key.hash, entry.key.range, entry.tableKey.hash, entry.tableKey.range]
        let found = try database.withStatement(sql) { statement -> IndexEntry? in
            for (number, bytes) in keys.enumerated() { try statement.bind(.blob(bytes), at: Int32(number + 1)) }
            guard try statement.step() else { return nil }
            let document = ItemDocument(json: statement.row.bytes(2), size: Int(statement.row.integer(0)))
            return IndexEntry(
                key: entry.key, tableKey: entry.tableKey, document: document, pageBytes: Int(statement.row.integer(1)))
        }
        guard let found else { return report.add(place(of: key), "the index \(index.name) has no entry for it") }
        if found != entry { report.add(place(of: key), "its entry in the index \(index.name) has other contents") }
    }

    /// Every entry must be one that its item has. An entry names its item by the key attributes in it.
    private func checkLeftOvers(
        in index: SecondaryIndex, expected: Int, _ report: inout StoreCheckReport
    ) throws {
        let name = "index \(table.name)/\(index.name)"
        var count = ItemCount()
        try database.forEach("SELECT h, r, bh, br, size, item FROM \(index.sql.table)") { row in
            report.indexEntries += 1
            let entryKey = ItemKey(hash: row.bytes(0), range: row.bytes(1))
            let tableKey = ItemKey(hash: row.bytes(2), range: row.bytes(3))
            let document = ItemDocument(json: row.bytes(5), size: Int(row.integer(4)))
            count = count + ItemCount(of: document)
            report.attempt(name) { report in
                let key = try table.itemKey(ofItem: try document.attributes())
                guard let item = try table.read(key, from: database) else {
                    return report.add(place(of: key), "the index \(index.name) has an entry for it, and it is not there")
                }
                let entries = try table.indexEntries(of: try item.attributes(), document: item)
                let own = zip(table.indexes, entries).first { $0.0.name == index.name }?.1
                if own?.key != entryKey || own?.tableKey != tableKey {
                    report.add(place(of: key), "the index \(index.name) has an entry for it under a key that it has not")
                }
            }
            return true
        }
        try check(count, of: index.sql.table, named: name, &report)
        // Until a new index has all of the older items it says so; what it has must be right all the same.
        guard !table.definition.isBackfilling(index.name) else { return }
        if count.items != expected { report.add(name, "\(count.items) entries, and \(expected) are due") }
    }

    private func check(
        _ entry: VectorEntry, of key: ItemKey, in index: TableVectorIndex, _ report: inout StoreCheckReport
    ) throws {
        guard let found = try index.stored(entry, in: database) else {
            return report.add(place(of: key), "the index \(index.name) has no entry for it")
        }
        if found != entry { report.add(place(of: key), "its entry in the index \(index.name) has other contents") }
    }

    /// Every entry must be one that its item has. The table's key is in what an entry projects.
    private func checkLeftOvers(
        in index: TableVectorIndex, expected: Int, _ report: inout StoreCheckReport
    ) throws {
        let name = "index \(table.name)/\(index.name)"
        var count = ItemCount()
        try database.forEach("SELECT p, bh, br, size, item FROM \(index.sql.table)") { row in
            report.indexEntries += 1
            let partition = row.bytes(0)
            let tableKey = ItemKey(hash: row.bytes(1), range: row.bytes(2))
            let (size, json) = (Int(row.integer(3)), row.bytes(4))
            count = count + ItemCount(items: 1, bytes: size)
            report.attempt(name) { report in
                let key = try table.itemKey(ofItem: try ItemDocument(json: json, size: size).attributes())
                guard let item = try table.read(key, from: database) else {
                    return report.add(place(of: key), "the index \(index.name) has an entry for it, and it is not there")
                }
                let entries = table.vectorEntries(of: try item.attributes())
                let own = zip(table.vectorIndexes, entries).first { $0.0.name == index.name }?.1
                if own?.partition != partition || own?.tableKey != tableKey {
                    report.add(place(of: key), "the index \(index.name) has an entry for it under a key that it has not")
                }
            }
            return true
        }
        try check(count, of: index.sql.table, named: name, &report)
        guard !table.definition.isBackfilling(index.name) else { return }
        if count.items != expected { report.add(name, "\(count.items) entries, and \(expected) are due") }
    }

    private func check(
        _ found: ItemCount, of sqlTable: String, named name: String, _ report: inout StoreCheckReport
    ) throws {
        let noted = try ItemCounts.count(of: sqlTable, in: database)
        guard noted != found else { return }
        report.add(
            name,
            "it has \(found.items) entries of \(found.bytes) bytes, and \(noted.items) of \(noted.bytes) bytes are counted")
    }

    /// - Returns: whether the item has an expiry time.
    private func checkExpiry(
        of item: AttributeMap, at key: ItemKey, _ report: inout StoreCheckReport
    ) throws -> Bool {
        guard table.expirySQL != nil, let expiry = table.expiry(of: item) else { return false }
        let found = try database.first(
            "SELECT 1 FROM \(ExpirySQL.table(id: table.id)) WHERE expiry = ?1 AND h = ?2 AND r = ?3", .integer(expiry),
            .blob(key.hash), .blob(key.range)
        ) { _ in true }
        if found == nil { report.add(place(of: key), "its expiry at \(expiry) is not noted") }
        return true
    }

    private func checkExpiryCount(_ expected: Int, _ report: inout StoreCheckReport) throws {
        guard table.expirySQL != nil else { return }
        let found = Int(try database.first("SELECT count(*) FROM \(ExpirySQL.table(id: table.id))") { $0.integer(0) } ?? 0)
        report.expiryEntries += found
        if found != expected { report.add("table \(table.name)", "\(found) expiry times are noted, and \(expected) are due") }
    }
}
