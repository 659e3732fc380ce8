internal import LambdaEvents

/// PutItem. Checks, in the service's order: ConditionalOperator without conditions, placeholders without expressions, the
/// item's values, Expected, ReturnValues, the condition's text, the item's size, the table, the item's keys and index keys; then the condition against the item.
extension StoreEngine {
    package func putItem(
        _ input: PutItemInput, completion: @escaping @Sendable (Result<PutItemOutput, StoreError>) -> Void
    ) {
        let write: ItemWrite
        let metrics: ItemCollectionMetrics?
        do throws(StoreError) {
            write = try prepare(input)
            metrics = try collectionMetrics(input.returnItemCollectionMetrics, of: write)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let outcome = try transaction.evaluate(write)
            var meter = CapacityMeter(input.returnConsumedCapacity)
            meter.addWrite(try transaction.apply(write, outcome), of: write.table.name)
            return PutItemOutput(
                attributes: input.returnValues == .allOld ? outcome.before.document : nil, consumedCapacity: meter.one,
                itemCollectionMetrics: metrics)
        }
    }

    private func prepare(_ input: PutItemInput) throws(StoreError) -> ItemWrite {
        try RequestExpressions.check(input.conditionalOperator, joins: input.expected)
        let (item, condition) = try RequestExpressions.inEnvelope { () throws(StoreError) in
            try RequestExpressions.presence(
                names: input.expressionAttributeNames, values: input.expressionAttributeValues,
                [(.condition, input.conditionExpression)], namingExpressions: false)
            let item = try RequestExpressions.normalized(input.item)
            let expected = try RequestExpressions.expected(input.expected, input.conditionalOperator)
            try input.returnValues.checkNoneOrAllOld()
            let parsed = try RequestExpressions.write(
                condition: input.conditionExpression, names: input.expressionAttributeNames,
                values: input.expressionAttributeValues)
            return (item, expected ?? parsed.condition)
        }
        try ItemWrite.checkSize(item)
        return try ItemWrite.put(item, into: try table(input.tableName))
            .on(condition, onFailure: input.returnValuesOnConditionCheckFailure)
    }
}

extension ReturnValues {
    /// PutItem and DeleteItem know no other.
    package func checkNoneOrAllOld() throws(StoreError) {
        guard self == .none || self == .allOld else { throw .validation("ReturnValues can only be ALL_OLD or NONE") }
    }
}
