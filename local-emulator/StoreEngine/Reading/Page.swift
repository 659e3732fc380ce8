internal import DynamoDBExpressions
internal import LambdaEvents
internal import RoostSQLite

/// Reads one page of a Query or a Scan: rows in key order until the limit, or 1 MB, is reached.
struct PageReader: Sendable {
    /// A page ends with the item that brings it to this size or beyond ("Paginating table query results", Developer Guide).
    static let pageBytes = 1024 * 1024

    var source: ItemSource
    var statement: PageStatement
    var limit: Int?
    var filter: ConditionExpression?
    var projection: ProjectionExpression?
    /// Count only, without the items.
    var countsOnly = false
    /// Whether each entry's item is read from the table.
    var readsTable = false

    struct Page: Sendable {
        var items: [ItemDocument] = []
        var count = 0
        var scannedCount = 0
        /// The size of all rows that were read, before the filter.
        var bytes = 0
        /// The sizes of the items that were read from the table for an index's entries.
        var tableReads: [Int] = []
        var lastEvaluatedKey: AttributeMap?
    }

    func read(_ database: SQLiteDatabase) throws -> Page {
        var page = Page()
        var pageBytes = 0
        var last: ItemDocument?
        var endedEarly = false
        try database.forEach(statement.sql, statement.values) { row in
            let entry = ItemDocument(json: row.bytes(2), size: Int(row.integer(0)))
            last = entry
            page.scannedCount += 1
            page.bytes += entry.size
            var document = entry
            if readsTable, let item = try source.table.read(ItemKey(hash: row.bytes(3), range: row.bytes(4)), from: database) {
                document = item
                page.tableReads.append(item.size)
                pageBytes += item.size
            }
            pageBytes += Int(row.integer(1))
            try take(document, into: &page)
            endedEarly = page.scannedCount == limit || pageBytes >= Self.pageBytes
            return !endedEarly
        }
        // The service gives a key to go on with whenever it stopped at a limit, even if nothing follows.
        if endedEarly, let last { page.lastEvaluatedKey = source.lastEvaluatedKey(try last.attributes()) }
        return page
    }

    private func take(_ document: ItemDocument, into page: inout Page) throws {
        guard filter != nil || projection != nil else {
            page.count += 1
            if !countsOnly { page.items.append(document) }
            return
        }
        let attributes = try document.attributes()
        if let filter, !filter.evaluate(attributes) { return }
        page.count += 1
        guard !countsOnly else { return }
        page.items.append(projection.map { ItemDocument($0.project(attributes)) } ?? document)
    }
}

/// The SELECT of a page, with the columns `size, page, item`, and for an index the table's key `h, br` when it is a local one.
struct PageStatement: Sendable {
    var sql: String
    var values: [SQLiteValue]

    private init(_ source: ItemSource) {
        let tableKey = source.index?.kind == .local ? ", h, br" : ""
        sql = "SELECT size, page, item\(tableKey) FROM \(source.sqlTable) WHERE"
        values = []
    }

    /// One partition, or a part of it.
    static func query(
        _ source: ItemSource, partition: [UInt8], range: SortRange, after start: StartPosition?, forward: Bool
    ) -> PageStatement {
        var statement = PageStatement(source)
        statement.add("h", "=", [partition])
        if let lower = range.lower { statement.add("r", lower.isIncluded ? ">=" : ">", [lower.bytes]) }
        if let upper = range.upper { statement.add("r", upper.isIncluded ? "<=" : "<", [upper.bytes]) }
        if let start { statement.add(source.positionColumns, forward ? ">" : "<", start.withinPartition) }
        let direction = forward ? "ASC" : "DESC"
        statement.order(source.positionColumns.map { "\($0) \(direction)" })
        return statement
    }

    /// All partitions, or a segment's, in the order of the stored keys.
    static func scan(_ source: ItemSource, segment: ScanSegment?, after start: StartPosition?) -> PageStatement {
        var statement = PageStatement(source)
        let columns = ["h"] + source.positionColumns
        // A start is in its segment: the segment's beginning beside it would only offer SQLite the worse bound.
        if let start {
            statement.add(columns, ">", [start.key.hash] + start.withinPartition)
        } else {
            statement.add("h", ">=", [segment?.lower ?? []])
        }
        if let upper = segment?.upper { statement.add("h", "<", [upper]) }
        statement.order(columns)
        return statement
    }

    private mutating func add(_ columns: [String], _ comparison: String, _ bytes: [[UInt8]]) {
        add(columns.count == 1 ? columns[0] : "(\(columns.joined(separator: ", ")))", comparison, bytes)
    }

    private mutating func add(_ columns: String, _ comparison: String, _ bytes: [[UInt8]]) {
        let marks = bytes.map { _ in "?" }.joined(separator: ", ")
        sql += "\(values.isEmpty ? "" : " AND") \(columns) \(comparison) \(bytes.count == 1 ? marks : "(\(marks))")"
        values += bytes.map { .blob($0) }
    }

    private mutating func order(_ columns: [String]) { sql += " ORDER BY \(columns.joined(separator: ", "))" }
}
