internal import DynamoDBExpressions
internal import LambdaEvents

/// UpdateItem. Checks, in the service's order: ConditionalOperator without conditions, placeholders without expressions, the
/// key's values, AttributeUpdates, Expected, the expressions' texts, the table, the key, what the update may touch, the size
/// of what it says; then the condition against the item, and the item that comes out.
///
/// Without an update it makes an item of the key, if there is none.
extension StoreEngine {
    package func updateItem(
        _ input: UpdateItemInput, completion: @escaping @Sendable (Result<UpdateItemOutput, StoreError>) -> Void
    ) {
        let write: ItemWrite
        let update: UpdateExpression?
        let metrics: ItemCollectionMetrics?
        do throws(StoreError) {
            (write, update) = try prepare(input)
            metrics = try collectionMetrics(input.returnItemCollectionMetrics, of: write)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let outcome = try transaction.evaluate(write)
            var meter = CapacityMeter(input.returnConsumedCapacity)
            meter.addWrite(try transaction.apply(write, outcome), of: write.table.name)
            return UpdateItemOutput(
                attributes: try Self.attributes(input.returnValues, outcome, update), consumedCapacity: meter.one,
                itemCollectionMetrics: metrics)
        }
    }

    private func prepare(_ input: UpdateItemInput) throws(StoreError) -> (ItemWrite, UpdateExpression?) {
        try RequestExpressions.check(input.conditionalOperator, joins: input.expected)
        let (key, parsed) = try RequestExpressions.inEnvelope { () throws(StoreError) in
            try RequestExpressions.presence(
                names: input.expressionAttributeNames, values: input.expressionAttributeValues,
                [(.update, input.updateExpression), (.condition, input.conditionExpression)], namingExpressions: false)
            let key = try RequestExpressions.normalized(input.key)
            let updates = try RequestExpressions.attributeUpdates(input.attributeUpdates)
            let expected = try RequestExpressions.expected(input.expected, input.conditionalOperator)
            let parsed = try RequestExpressions.write(
                update: input.updateExpression, condition: input.conditionExpression,
                names: input.expressionAttributeNames, values: input.expressionAttributeValues)
            return (key, ParsedWrite(condition: expected ?? parsed.condition, update: updates ?? parsed.update))
        }
        let write = try ItemWrite.update(key, parsed.update, in: try table(input.tableName))
            .on(parsed.condition, onFailure: input.returnValuesOnConditionCheckFailure)
        // Only this operation: the update of a transaction is held to the finished item alone.
        if let update = parsed.update, update.statementBytes > ItemSize.maximumBytes {
            throw .validation("Item size to update has exceeded the maximum allowed size")
        }
        return (write, parsed.update)
    }

    private static func attributes(
        _ mode: ReturnValues, _ outcome: ItemWrite.Outcome, _ update: UpdateExpression?
    ) throws -> ItemDocument? {
        switch mode {
        case .none: return nil
        case .allOld: return outcome.before.document
        case .allNew: return outcome.after?.document
        case .updatedOld: return updatedPart(of: try outcome.before.attributes(), update)
        case .updatedNew: return updatedPart(of: outcome.after?.attributes ?? [:], update)
        }
    }

    private static func updatedPart(of item: AttributeMap, _ update: UpdateExpression?) -> ItemDocument? {
        let part = update?.updatedAttributes(of: item) ?? [:]
        return part.isEmpty ? nil : ItemDocument(part)
    }
}
