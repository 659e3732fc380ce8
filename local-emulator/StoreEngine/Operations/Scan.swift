internal import DynamoDBExpressions
internal import LambdaEvents

/// Scan. Checks, in the service's order: the model's constraints, segments, placeholders without expressions, the start
/// key's values, Select, the expressions' texts, the table, the index, consistency, the start key.
///
/// A segment of a parallel scan reads the whole table and keeps its own part: right in what it answers, but no faster.
extension StoreEngine {
    package func scan(_ input: ScanInput) throws(StoreError) -> ScanOutput {
        let segment = try Self.segment(input)
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            [(.filter, input.filterExpression)], projection: input.projectionExpression)
        let startKey = try input.exclusiveStartKey.map { key throws(StoreError) in
            try RequestExpressions.normalized(key, wording: .older)
        }
        try SelectRule.check(input.select, hasProjection: input.projectionExpression != nil, indexName: input.indexName)
        let (filter, projection) = try Self.expressions(input)
        let source = try ItemSource(try table(input.tableName), indexName: input.indexName)
        try source.checkConsistency(input.consistentRead)
        try source.checkSelect(input.select, projection: projection)
        let start = try startKey.map { key throws(StoreError) in try source.position(key) }
        let reader = PageReader(
            source: source, statement: .scan(source, after: start), limit: input.limit, filter: filter,
            projection: projection, countsOnly: input.select == .count, segment: segment)
        let page = try read(source.table) { try reader.read($0) }
        var meter = CapacityMeter(input.returnConsumedCapacity)
        meter.addRead(page.bytes, of: source.table.name, index: input.indexName, consistent: input.consistentRead)
        return ScanOutput(
            items: input.select == .count ? nil : page.items, count: page.count, scannedCount: page.scannedCount,
            lastEvaluatedKey: page.lastEvaluatedKey, consumedCapacity: meter.one)
    }

    private static let mostSegments = 1_000_000

    private static func segment(_ input: ScanInput) throws(StoreError) -> PageReader.Segment? {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit)
        if let segment = input.segment {
            if segment < 0 { violations.add("\(segment)", at: "segment", "Member must have value greater than or equal to 0") }
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
                throw .validation(
                    "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: \(segment) is "
                        + "not less than TotalSegments: \(total)")
            }
            return PageReader.Segment(number: segment, total: total)
        }
    }

    private static func expressions(
        _ input: ScanInput
    ) throws(StoreError) -> (ConditionExpression?, ProjectionExpression?) {
        guard input.filterExpression != nil || input.projectionExpression != nil else { return (nil, nil) }
        return try RequestExpressions.storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(
                names: input.expressionAttributeNames, values: input.expressionAttributeValues, wording: .older)
            let filter = try input.filterExpression.map { text throws(ExpressionError) in
                try ConditionExpression.parse(text, kind: .filter, context: context)
            }
            let projection = try input.projectionExpression.map { text throws(ExpressionError) in
                try ProjectionExpression.parse(text, context: context)
            }
            try context.checkAllUsed()
            return (filter, projection)
        }
    }
}
