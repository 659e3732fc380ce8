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
    var segment: Segment?

    /// A part of a parallel scan: the partitions whose key's hash falls to it.
    struct Segment: Sendable {
        var number: Int
        var total: Int

        func contains(_ hashKey: UnsafeRawBufferPointer) -> Bool {
            // FNV-1a: any even distribution that stays the same from page to page will do.
            var hash: UInt32 = 2_166_136_261
            for byte in hashKey { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
            return Int(hash % UInt32(total)) == number
        }
    }

    struct Page: Sendable {
        var items: [ItemDocument] = []
        var count = 0
        var scannedCount = 0
        /// The size of all that was read, before the filter.
        var bytes = 0
        var lastEvaluatedKey: [String: AttributeValue]?
    }

    func read(_ database: SQLiteDatabase) throws -> Page {
        var page = Page()
        var last: ItemDocument?
        var endedEarly = false
        try database.forEach(statement.sql, statement.values) { row in
            if page.bytes >= Self.pageBytes {
                endedEarly = true
                return false
            }
            if let segment, !row.withBytes(2, { segment.contains($0) }) { return true }
            let document = ItemDocument(json: row.bytes(1), size: Int(row.integer(0)))
            last = document
            page.scannedCount += 1
            page.bytes += document.size
            try take(document, into: &page)
            endedEarly = page.scannedCount == limit
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

/// The SELECT of a page, with its columns `size, item, h`.
struct PageStatement: Sendable {
    var sql: String
    var values: [SQLiteValue]

    /// One partition, or a part of it.
    static func query(
        _ source: ItemSource, partition: [UInt8], range: SortRange, after start: ItemSource.Position?, forward: Bool
    ) -> PageStatement {
        var statement = PageStatement(sql: "SELECT size, item, h FROM \(source.sqlTable) WHERE h = ?", values: [.blob(partition)])
        if let lower = range.lower { statement.add("r", lower.isIncluded ? ">=" : ">", [lower.bytes]) }
        if let upper = range.upper { statement.add("r", upper.isIncluded ? "<=" : "<", [upper.bytes]) }
        if let start { statement.add(source.rowPosition, forward ? ">" : "<", start.withinPartition) }
        let direction = forward ? "ASC" : "DESC"
        let order = source.positionColumns.map { "\($0) \(direction)" }
        statement.sql += " ORDER BY \(order.joined(separator: ", "))"
        return statement
    }

    /// All partitions, in the order of the stored keys.
    static func scan(_ source: ItemSource, after start: ItemSource.Position?) -> PageStatement {
        var statement = PageStatement(sql: "SELECT size, item, h FROM \(source.sqlTable)", values: [])
        let columns = ["h"] + source.positionColumns
        if let start {
            statement.sql += " WHERE 1"
            statement.add("(\(columns.joined(separator: ", ")))", ">", [start.key.hash] + start.withinPartition)
        }
        statement.sql += " ORDER BY \(columns.joined(separator: ", "))"
        return statement
    }

    private mutating func add(_ columns: String, _ comparison: String, _ bytes: [[UInt8]]) {
        let marks = bytes.map { _ in "?" }.joined(separator: ", ")
        sql += " AND \(columns) \(comparison) " + (bytes.count == 1 ? marks : "(\(marks))")
        values += bytes.map { .blob($0) }
    }
}

extension ItemSource {
    fileprivate var rowPosition: String {
        positionColumns.count == 1 ? positionColumns[0] : "(\(positionColumns.joined(separator: ", ")))"
    }
}
