internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL
internal import RoostSQLite

/// A SELECT on its table or index: what is read, in which order, and what is taken of it.
///
/// Checks, in the service's order: the index, that its key has one attribute of each kind, the columns, consistency, the
/// order, the key's values, how many reads it takes, their overlap, what an index projects.
struct StatementRead: Sendable {
    let source: ItemSource
    let plan: KeyPlan
    private let reads: [KeyPlan.Read]?
    private let order: StatementOrder
    private let filter: ConditionExpression?
    private let columns: [SelectedColumn]?

    init(_ prepared: PreparedRead, in table: Table, consistent: Bool) throws(StoreError) {
        if let name = prepared.from.index, table.index(named: name) == nil, table.vectorIndex(named: name) == nil {
            throw .validation("The table does not have the specified index")
        }
        source = try ItemSource(table, indexName: prepared.from.index)
        guard source.key.hashes.count == 1, source.key.ranges.count < 2 else {
            throw .validation(
                "PartiQL statements cannot be executed on tables with multi-attribute HASH keys or multi-attribute RANGE keys.")
        }
        columns = try prepared.columns.get()
        if source.index?.kind == .global, consistent {
            throw .validation("Strongly consistent read is not supported on Global Secondary Indexes")
        }
        plan = try KeyPlan(prepared.condition, source.key)
        order = try StatementOrder(prepared.order, source.key, plan, hasCondition: prepared.condition != nil)
        try plan.checkValues()
        try plan.checkReads()
        try plan.checkOverlap()
        filter = prepared.condition.map { ConditionExpression(condition: $0) }
        reads = plan.reads.map(order.sorted)
        try checkProjection()
    }

    private func checkProjection() throws(StoreError) {
        guard let index = source.index, let projected = index.projected else { return }
        try source.checkProjection(projection)
        let unprojected = plan.unprojected(projected)
        guard unprojected.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Secondary index \(index.name) does not project one or more filter "
                    + "attributes: [\(unprojected.joined(separator: ", "))]")
        }
    }

    /// The top-level attributes that the columns are taken from.
    private var projection: ProjectionExpression? {
        columns.map { columns in ProjectionExpression(paths: columns.map { DocumentPath(root: $0.path.root) }) }
    }

    struct Page: Sendable {
        var items: [ItemDocument] = []
        var next: NextToken?
    }

    /// Reads one page: until the limit or 1 MB is reached, over as many partitions as it takes.
    func page(
        _ database: SQLiteDatabase, limit: Int?, after token: NextToken?, consistent: Bool, _ meter: inout CapacityMeter
    ) throws -> Page {
        var page = Page()
        var (evaluated, bytes) = (0, 0)
        let count = reads?.count ?? 1
        var next = token ?? NextToken(read: 0)
        while next.read < count {
            let part = try readerPage(next, limit: limit.map { $0 - evaluated }, database)
            evaluated += part.scannedCount
            bytes += part.bytes
            for item in part.items { page.items.append(try item.selecting(columns)) }
            meter.addRead(part.bytes, of: source.table.name, index: source.index, consistent: consistent)
            for size in part.tableReads { meter.addRead(size, of: source.table.name, consistent: consistent) }
            let lastKey = isOneRow(next.read) ? nil : part.lastEvaluatedKey
            next = lastKey.map { NextToken(read: next.read, startKey: $0) } ?? NextToken(read: next.read + 1)
            if lastKey != nil || evaluated == limit || bytes >= PageReader.pageBytes { break }
        }
        // Conditions that exclude each other are a read of nothing, which is charged like one.
        if count == 0 { meter.addRead(0, of: source.table.name, index: source.index, consistent: consistent) }
        if next.read < count { page.next = next }
        return page
    }

    /// Whether a read is of one item by its whole key, behind which nothing can follow.
    private func isOneRow(_ number: Int) -> Bool {
        guard source.index == nil, let reads else { return false }
        return source.key.range == nil || reads[number].range.onlyKey != nil
    }

    private func readerPage(_ token: NextToken, limit: Int?, _ database: SQLiteDatabase) throws -> PageReader.Page {
        let start = try StartKey(token.startKey)?.position(in: source)
        let statement: PageStatement
        if let reads {
            let read = reads[token.read]
            statement = .query(
                source, partition: read.partition.stored, range: read.range, after: start, forward: order.rowsForward)
        } else {
            statement = .scan(source, segment: nil, after: start)
        }
        let reader = PageReader(
            source: source, statement: statement, limit: limit, filter: filter,
            readsTable: source.readsTable(nil, projection))
        return try reader.read(database)
    }

    // MARK: One item

    /// The key of the one item that the statement reads with no other condition; nil for any other statement.
    var onlyKey: ItemKey? {
        guard source.index == nil, plan.branches.count == 1, let branch = plan.branches.first, branch.filters.isEmpty,
            let partition = branch.partition
        else { return nil }
        guard source.key.range != nil else { return ItemKey(hash: partition.stored, range: []) }
        return branch.range.onlyKey.map { ItemKey(hash: partition.stored, range: $0) }
    }

    func select(_ document: ItemDocument?) throws(StoreError) -> ItemDocument? { try document?.selecting(columns) }
}
