internal import LambdaEvents

/// DeleteItem. Checks, in the service's order: ConditionalOperator without conditions, placeholders without expressions, the
/// key's values, Expected, ReturnValues, the condition's text, the table, the key; then the condition against the item.
extension StoreEngine {
    package func deleteItem(
        _ input: DeleteItemInput, completion: @escaping @Sendable (Result<DeleteItemOutput, StoreError>) -> Void
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
            return DeleteItemOutput(
                attributes: input.returnValues == .allOld ? outcome.before.document : nil, consumedCapacity: meter.one,
                itemCollectionMetrics: metrics)
        }
    }

    private func prepare(_ input: DeleteItemInput) throws(StoreError) -> ItemWrite {
        try RequestExpressions.check(input.conditionalOperator, joins: input.expected)
        let (key, condition) = try RequestExpressions.inEnvelope { () throws(StoreError) in
            try RequestExpressions.presence(
                names: input.expressionAttributeNames, values: input.expressionAttributeValues,
                [(.condition, input.conditionExpression)], namingExpressions: false)
            let key = try RequestExpressions.normalized(input.key)
            let expected = try RequestExpressions.expected(input.expected, input.conditionalOperator)
            try input.returnValues.checkNoneOrAllOld()
            let parsed = try RequestExpressions.write(
                condition: input.conditionExpression, names: input.expressionAttributeNames,
                values: input.expressionAttributeValues)
            return (key, expected ?? parsed.condition)
        }
        return try ItemWrite.delete(key, from: try table(input.tableName))
            .on(condition, onFailure: input.returnValuesOnConditionCheckFailure)
    }
}
