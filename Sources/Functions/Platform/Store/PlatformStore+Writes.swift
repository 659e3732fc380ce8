import AWSClients
import LambdaEvents
import RoostCryptography

/// A write whose condition did not hold.
package struct ConditionFailed: Error, Sendable, Equatable {
    /// Which operations of the transaction failed, by their place; `[0]` for a write on its own.
    package let operations: [Int]
    /// The item as it is, for a write on its own.
    package let item: Item?

    package init(operations: [Int] = [0], item: Item? = nil) {
        self.operations = operations
        self.item = item
    }
}

extension PlatformStore {
    /// Writes one item.
    ///
    /// - Returns: for an update the whole new item, otherwise nothing.
    @discardableResult
    package func write(_ operation: WriteOperation) async throws -> Item {
        do {
            return try await send(operation)
        } catch let error as AWSServiceError where error.code == "ConditionalCheckFailedException" {
            throw ConditionFailed(item: error.item)
        }
    }

    private func send(_ operation: WriteOperation) async throws -> Item {
        let table = name(of: operation.table)
        let names = operation.names.isEmpty ? nil : operation.names
        let values = operation.values.isEmpty ? nil : operation.values
        switch operation.kind {
        case .put(let item):
            _ = try await client.putItem(
                .init(
                    tableName: table, item: item, conditionExpression: operation.condition, expressionAttributeNames: names,
                    expressionAttributeValues: values, returnValuesOnConditionCheckFailure: .allOld))
            return [:]
        case .update(let key, let expression):
            let output = try await client.updateItem(
                .init(
                    tableName: table, key: key.attributes, updateExpression: expression, conditionExpression: operation.condition,
                    expressionAttributeNames: names, expressionAttributeValues: values, returnValues: .allNew,
                    returnValuesOnConditionCheckFailure: .allOld))
            return output.attributes ?? [:]
        case .delete(let key):
            _ = try await client.deleteItem(
                .init(
                    tableName: table, key: key.attributes, conditionExpression: operation.condition,
                    expressionAttributeNames: names, expressionAttributeValues: values,
                    returnValuesOnConditionCheckFailure: .allOld))
            return [:]
        case .check:
            try await transact([operation])
            return [:]
        }
    }

    /// Writes all or nothing; at most 100 operations, each on another item (TransactWriteItems).
    ///
    /// A conflict with another transaction is tried again, four times, after a random pause that doubles.
    ///
    /// - Throws: ``ConditionFailed`` with the places of the operations whose conditions did not hold.
    package func transact(_ operations: [WriteOperation]) async throws {
        var attempt = 0
        while true {
            do {
                _ = try await client.transactWriteItems(.init(transactItems: operations.map(transactItem)))
                return
            } catch let error as AWSServiceError where error.code == "TransactionCanceledException" {
                let codes = error.cancellationReasons.map { $0.code ?? "None" }
                let failed = codes.indices.filter { codes[$0] == "ConditionalCheckFailed" }
                if !failed.isEmpty { throw ConditionFailed(operations: failed) }
                attempt += 1
                guard codes.contains("TransactionConflict"), attempt < 5 else { throw error }
                try await Task.sleep(for: .milliseconds(Int.random(in: 1...(10 << attempt))))
            }
        }
    }

    private func transactItem(_ operation: WriteOperation) -> DynamoDB.TransactWriteItem {
        let table = name(of: operation.table)
        let names = operation.names.isEmpty ? nil : operation.names
        let values = operation.values.isEmpty ? nil : operation.values
        return switch operation.kind {
        case .put(let item):
            .put(
                .init(
                    tableName: table, item: item, conditionExpression: operation.condition, expressionAttributeNames: names,
                    expressionAttributeValues: values))
        case .update(let key, let expression):
            .update(
                .init(
                    tableName: table, key: key.attributes, updateExpression: expression, conditionExpression: operation.condition,
                    expressionAttributeNames: names, expressionAttributeValues: values))
        case .delete(let key):
            .delete(
                .init(
                    tableName: table, key: key.attributes, conditionExpression: operation.condition,
                    expressionAttributeNames: names, expressionAttributeValues: values))
        case .check(let key):
            .conditionCheck(
                .init(
                    tableName: table, key: key.attributes, conditionExpression: operation.condition ?? "attribute_exists(pk)",
                    expressionAttributeNames: names, expressionAttributeValues: values))
        }
    }
}
