internal import DynamoDBExpressions
internal import LambdaEvents

/// Scan. Checks, in the service's order: the model's constraints, placeholders without expressions, the legacy filter and
/// projection, the start key's values, segments, Select, the expressions' texts; the table, the index, consistency; the start
/// key against the index's key, Select against the index, the start key against the table's key and the segment; paths into
/// keys, and the projection against the index.
///
/// Partitions come in the order of their hash, and a segment of a parallel scan is a range of it (``PartitionHash``).
extension StoreEngine {
    package func scan(_ input: ScanInput) throws(StoreError) -> ScanOutput {
        let plan = try ScanPlan(input, self)
        let page = try read(plan.source.table) { try plan.reader.read($0) }
        return ScanOutput(
            items: input.select == .count ? nil : page.items, count: page.count, scannedCount: page.scannedCount,
            lastEvaluatedKey: page.lastEvaluatedKey,
            consumedCapacity: page.capacity(
                input.returnConsumedCapacity, of: plan.source, consistent: input.consistentRead))
    }
}

/// A scan whose checks are done.
private struct ScanPlan {
    let source: ItemSource
    let reader: PageReader

    init(_ input: ScanInput, _ engine: StoreEngine) throws(StoreError) {
        try Self.checkConstraints(input)
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            [(.filter, input.filterExpression)], projection: input.projectionExpression)
        let legacy = try input.legacy.checked(.older)
        let start = try StartKey(input.exclusiveStartKey, wording: .older)
        let segment = try Self.segment(input)
        try SelectRule.check(
            input.select, projection: input.projectionExpression, attributesToGet: input.legacy.attributesToGet,
            indexName: input.indexName)
        var expressions = try ReadExpressions.parse(
            filter: input.filterExpression, projection: input.projectionExpression, names: input.expressionAttributeNames,
            values: input.expressionAttributeValues, wording: .older)
        expressions.add(legacy)
        let source = try Self.source(try engine.table(input.tableName), input)
        self.source = source
        try source.checkConsistency(input.consistentRead)
        if let start { try Self.check(start, source) }
        try source.checkSelect(input.select)
        let position = try start.map { start throws(StoreError) in try start.position(in: source) }
        if let position, let segment { try Self.check(position, segment) }
        try source.table.checkKeyPaths((expressions.projection?.paths ?? []) + (expressions.filter?.paths ?? []))
        try source.checkProjection(expressions.projection)
        reader = PageReader(
            source: source, statement: .scan(source, segment: segment, after: position), limit: input.limit,
            filter: expressions.filter, projection: expressions.projection, countsOnly: input.select == .count,
            readsTable: source.readsTable(input.select, expressions.projection))
    }

    /// An index that is not there is told only to who starts at the beginning.
    private static func source(_ table: Table, _ input: ScanInput) throws(StoreError) -> ItemSource {
        if let name = input.indexName, table.index(named: name) == nil, table.vectorIndex(named: name) == nil,
            input.exclusiveStartKey != nil
        {
            throw StartKey.invalid
        }
        return try ItemSource(table, indexName: input.indexName)
    }

    private static func check(_ start: StartKey, _ source: ItemSource) throws(StoreError) {
        guard start.hasNumber(of: source), source.key.all.allSatisfy({ start.values[$0.name] != nil }) else {
            throw StartKey.invalid
        }
        guard source.index != nil else { return }
        for attribute in source.key.all { try start.check(attribute) }
    }

    private static func check(_ position: StartPosition, _ segment: ScanSegment) throws(StoreError) {
        guard segment.contains(position.key) else {
            throw .validation(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct "
                    + "Segment. TotalSegments: \(segment.total) Segment: \(segment.number)")
        }
    }
}

extension ScanPlan {
    private static let mostSegments = 1_000_000

    private static func checkConstraints(_ input: ScanInput) throws(StoreError) {
        try TableNameRule.check(input.tableName)
        if let name = input.indexName { try TableNameRule.check(name, parameter: "indexName") }
        var violations = ConstraintViolations()
        if let limit = input.limit, limit < 1 {
            violations.add(
                "\(limit)", at: "limit", "Member must have value greater than or equal to 1", current: tooLow("Limit", least: 1))
        }
        if let segment = input.segment {
            if segment < 0 {
                violations.add(
                    "\(segment)", at: "segment", "Member must have value greater than or equal to 0",
                    current: tooLow("Segment", least: 0))
            }
            if segment >= mostSegments {
                violations.add("\(segment)", at: "segment", "Member must have value less than or equal to \(mostSegments - 1)")
            }
        }
        if let total = input.totalSegments {
            if total < 1 { violations.add("\(total)", at: "totalSegments", "Member must have value greater than or equal to 1") }
            if total > mostSegments {
                violations.add("\(total)", at: "totalSegments", "Member must have value less than or equal to \(mostSegments)")
            }
        }
        try violations.check()
    }

    /// Today's form, which leaves the value out and is told alone.
    private static func tooLow(_ parameter: String, least: Int) -> ConstraintViolations.Current {
        .init(
            "Value at '\(parameter)' failed to satisfy constraint: Member must have value greater than or equal to \(least)",
            isAlone: true)
    }

    private static func segment(_ input: ScanInput) throws(StoreError) -> ScanSegment? {
        switch (input.segment, input.totalSegments) {
        case (nil, nil): return nil
        case (nil, _?):
            throw .validation(
                "The Segment parameter is required but was not present in the request when parameter TotalSegments is present")
        case (_?, nil):
            throw .validation(
                "The TotalSegments parameter is required but was not present in the request when Segment parameter is present")
        case (let segment?, let total?):
            guard segment < total else {
                throw .validation("The Segment parameter is zero-based and must be less than parameter TotalSegments")
            }
            return ScanSegment(number: segment, total: total)
        }
    }
}
