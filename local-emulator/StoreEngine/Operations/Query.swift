internal import DynamoDBExpressions
internal import LambdaEvents

/// Query. Checks, in the service's order: the model's constraints, placeholders without expressions, the start key's
/// values, Select, the expressions' texts, the table, the index, consistency, the key condition against the key, the filter
/// against the key, the start key against both.
extension StoreEngine {
    package func query(_ input: QueryInput) throws(StoreError) -> QueryOutput {
        let request = try QueryRequest(input)
        let source = try ItemSource(try table(input.tableName), indexName: input.indexName)
        try source.checkConsistency(input.consistentRead)
        let condition = try request.condition(on: source.key)
        try request.checkFilter(source.key)
        try source.checkSelect(input.select, projection: request.projection)
        let partition = try KeyAttributes.bytes(condition.partition.value)
        let range = try SortRange(condition.sort)
        let start = try request.start(in: source, partition: partition, range: range)
        let reader = PageReader(
            source: source,
            statement: .query(source, partition: partition, range: range, after: start, forward: input.scanIndexForward),
            limit: input.limit, filter: request.filter, projection: request.projection,
            countsOnly: input.select == .count)
        let page = try read(source.table) { try reader.read($0) }
        var meter = CapacityMeter(input.returnConsumedCapacity)
        meter.addRead(page.bytes, of: source.table.name, index: input.indexName, consistent: input.consistentRead)
        return QueryOutput(
            items: input.select == .count ? nil : page.items, count: page.count, scannedCount: page.scannedCount,
            lastEvaluatedKey: page.lastEvaluatedKey, consumedCapacity: meter.one)
    }
}

/// The part of a query that is known without its table.
private struct QueryRequest {
    var keyCondition: KeyConditionExpression
    var filter: ConditionExpression?
    var projection: ProjectionExpression?
    var startKey: [String: AttributeValue]?

    init(_ input: QueryInput) throws(StoreError) {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit)
        try violations.check()
        try RequestExpressions.presence(
            names: input.expressionAttributeNames, values: input.expressionAttributeValues,
            [(.filter, input.filterExpression), (.keyCondition, input.keyConditionExpression)],
            projection: input.projectionExpression)
        startKey = try input.exclusiveStartKey.map { key throws(StoreError) in try RequestExpressions.normalized(key) }
        try SelectRule.check(
            input.select, hasProjection: input.projectionExpression != nil, indexName: input.indexName)
        guard let keyConditionText = input.keyConditionExpression else {
            throw .validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
        }
        (filter, projection, keyCondition) = try RequestExpressions.storeError { () throws(ExpressionError) in
            let context = try ExpressionContext(
                names: input.expressionAttributeNames, values: input.expressionAttributeValues)
            let filter = try input.filterExpression.map { text throws(ExpressionError) in
                try ConditionExpression.parse(text, kind: .filter, context: context)
            }
            let projection = try input.projectionExpression.map { text throws(ExpressionError) in
                try ProjectionExpression.parse(text, context: context)
            }
            let keyCondition = try KeyConditionExpression.parse(keyConditionText, context: context)
            try context.checkAllUsed()
            return (filter, projection, keyCondition)
        }
    }

    func condition(on key: KeyAttributes) throws(StoreError) -> KeyCondition {
        try RequestExpressions.storeError { () throws(ExpressionError) in
            try keyCondition.resolve(partition: key.hash.forCondition, sort: key.range?.forCondition)
        }
    }

    func checkFilter(_ key: KeyAttributes) throws(StoreError) {
        for path in filter?.paths ?? [] where key.contains(path.root) {
            throw .validation(
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: \(path.root)")
        }
    }

    func start(in source: ItemSource, partition: [UInt8], range: SortRange) throws(StoreError) -> ItemSource.Position? {
        guard let startKey else { return nil }
        let position = try source.position(startKey)
        guard position.key.hash == partition else {
            throw .validation("The provided starting key is outside query boundaries based on provided conditions")
        }
        guard range.contains(position.key.range) else {
            throw .validation("The provided starting key does not match the range key predicate")
        }
        return position
    }
}

extension KeyAttributes.Attribute {
    fileprivate var forCondition: KeyAttribute {
        let descriptor: AttributeValue.Descriptor =
            switch type {
            case .string: .string
            case .number: .number
            case .binary: .binary
            }
        return KeyAttribute(name: name, type: descriptor)
    }
}
