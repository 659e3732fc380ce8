internal import DynamoDBExpressions
internal import LambdaEvents

/// Query. Checks, in the service's order: the model's constraints, placeholders without expressions, the legacy filter and
/// projection, the start key's values, Select, the expressions' texts, `KeyConditions`; the table, the index, consistency; the
/// number of conditions, then for each attribute of the key the start key's part and the condition; the start key against the
/// table's key, the sort key's range and the partition; paths into keys, the filter against the key and the index's
/// projection, Select and the projection against the index.
extension StoreEngine {
    package func query(_ input: QueryInput) throws(StoreError) -> QueryOutput {
        let plan = try QueryPlan(input, self)
        let page = try read(plan.source.table) { try plan.reader.read($0) }
        return QueryOutput(
            items: input.select == .count ? nil : page.items, count: page.count, scannedCount: page.scannedCount,
            lastEvaluatedKey: page.lastEvaluatedKey,
            consumedCapacity: page.capacity(
                input.returnConsumedCapacity, of: plan.source, consistent: input.consistentRead))
    }
}

/// A query whose checks are done.
private struct QueryPlan {
    let source: ItemSource
    let reader: PageReader

    init(_ input: QueryInput, _ engine: StoreEngine) throws(StoreError) {
        try Self.checkConstraints(input)
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            [(.filter, input.filterExpression), (.keyCondition, input.keyConditionExpression)],
            projection: input.projectionExpression)
        let legacy = try input.legacy.checked(.current)
        let start = try StartKey(input.exclusiveStartKey)
        try SelectRule.check(
            input.select, projection: input.projectionExpression, attributesToGet: input.legacy.attributesToGet,
            indexName: input.indexName)
        guard input.keyConditionExpression != nil || input.legacy.keyConditions != nil else { throw Self.noKeyCondition }
        var expressions = try ReadExpressions.parse(
            keyCondition: input.keyConditionExpression, filter: input.filterExpression,
            projection: input.projectionExpression, names: input.expressionAttributeNames,
            values: input.expressionAttributeValues)
        expressions.add(legacy)
        try expressions.add(keyConditions: input.legacy.keyConditions)
        guard let keyCondition = expressions.keyCondition else { throw Self.noKeyCondition }
        let table = try engine.table(input.tableName)
        if let name = input.indexName, table.vectorIndex(named: name) != nil {
            // The full stop is in this message only.
            throw input.consistentRead
                ? ItemSource.inconsistentIndex : .validation("Query operation not supported on this index type.")
        }
        let source = try ItemSource(table, indexName: input.indexName)
        self.source = source
        try source.checkConsistency(input.consistentRead)
        let bounds = try QueryBounds(keyCondition, start, source)
        try source.table.checkKeyPaths(expressions.projection?.paths ?? [])
        try Self.checkFilter(expressions.filter, isLegacy: input.legacy.filter != nil, source)
        try source.checkSelect(input.select)
        try source.checkProjection(expressions.projection)
        reader = PageReader(
            source: source,
            statement: .query(
                source, partition: bounds.partition, range: bounds.range, after: bounds.start, forward: input.scanIndexForward),
            limit: input.limit, filter: expressions.filter, projection: expressions.projection,
            countsOnly: input.select == .count, readsTable: source.readsTable(input.select, expressions.projection))
    }

    private static let noKeyCondition = StoreError.validation(
        "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")

    /// Today's form of this message, which leaves the value out.
    private static func checkConstraints(_ input: QueryInput) throws(StoreError) {
        try TableNameRule.check(input.tableName)
        if let name = input.indexName { try TableNameRule.check(name, parameter: "indexName") }
        guard let limit = input.limit, limit < 1 else { return }
        throw .validation(
            "1 validation error detected: Value at 'Limit' failed to satisfy constraint: Member must have value greater than or "
                + "equal to 1")
    }

    private static func checkFilter(
        _ filter: ConditionExpression?, isLegacy: Bool, _ source: ItemSource
    ) throws(StoreError) {
        guard let filter else { return }
        for attribute in source.key.all where filter.paths.contains(where: { $0.root.hasSameBytes(as: attribute.name) }) {
            throw .validation(
                "\(isLegacy ? "QueryFilter" : "Filter Expression") can only contain non-primary key attributes: "
                    + "Primary key attribute: \(attribute.name)")
        }
        try source.checkFilterProjected(filter)
        try source.table.checkKeyPaths(filter.paths)
    }
}

/// The part of a table or index that a query asks for.
private struct QueryBounds {
    let partition: [UInt8]
    let range: SortRange
    let start: StartPosition?

    init(_ condition: KeyConditionExpression, _ start: StartKey?, _ source: ItemSource) throws(StoreError) {
        let values = try Self.values(condition, start, source)
        partition = try KeyAttributes.partition(values.partition)
        for value in values.sort.flatMap(\.values) {
            guard try KeyAttributes.bytes(value).count <= Table.largestRangeKey else { throw KeyAttributes.rangeTooLong }
        }
        range = try SortRange(values.sort, of: source.key)
        self.start = try start.map { start throws(StoreError) in try start.position(in: source) }
        if let position = self.start { try check(position, hasRange: !values.sort.isEmpty) }
    }

    private static func values(
        _ condition: KeyConditionExpression, _ start: StartKey?, _ source: ItemSource
    ) throws(StoreError) -> KeyCondition {
        let key = source.key
        let (hashes, ranges) = (key.hashes.map(\.forCondition), key.ranges.map(\.forCondition))
        try RequestExpressions.storeError { () throws(ExpressionError) in
            try condition.checkNumber(hashes: hashes, ranges: ranges)
        }
        if let start, !start.hasNumber(of: source) { throw StartKey.invalid }
        var partition: [AttributeValue] = []
        for attribute in key.hashes {
            try start?.check(attribute)
            partition.append(
                try RequestExpressions.storeError { () throws(ExpressionError) in
                    try condition.partitionValue(
                        of: attribute.forCondition, index: source.index?.name, isOneOfSeveral: hashes.count > 1)
                })
        }
        for attribute in key.ranges {
            try start?.check(attribute)
            try RequestExpressions.storeError { () throws(ExpressionError) in
                try condition.checkSort(
                    of: attribute.forCondition, index: source.index?.name, isOneOfSeveral: ranges.count > 1)
            }
        }
        let sort = try RequestExpressions.storeError { () throws(ExpressionError) in
            try condition.sort(by: ranges, hashes: hashes.count)
        }
        return KeyCondition(partition: partition, sort: sort)
    }

    private func check(_ position: StartPosition, hasRange: Bool) throws(StoreError) {
        guard range.contains(position.key.range) else {
            throw .validation("The provided starting key does not match the range key predicate")
        }
        guard position.key.hash == partition else {
            throw .validation(
                hasRange
                    ? "The query can return at most one row and cannot be restarted"
                    : "The provided starting key is outside query boundaries based on provided conditions")
        }
    }
}

extension PageReader.Page {
    /// What reading the page cost: its rows together, and each item that a local index was not enough for by itself ("Local
    /// secondary indexes", Developer Guide).
    func capacity(
        _ mode: ReturnConsumedCapacity, of source: ItemSource, consistent: Bool
    ) -> ConsumedCapacity? {
        var meter = CapacityMeter(mode)
        meter.addRead(bytes, of: source.table.name, index: source.index, consistent: consistent)
        for size in tableReads { meter.addRead(size, of: source.table.name, consistent: consistent) }
        return meter.one
    }
}
