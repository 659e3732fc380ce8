import LambdaEvents

@testable import StoreEngine

/// Statements in one line.
extension TestStore {
    @discardableResult
    func run(
        _ statement: String, _ parameters: [AttributeValue]? = nil, limit: Int? = nil, after token: String? = nil,
        consistent: Bool = false, capacity: ReturnConsumedCapacity = .none,
        onFailure: ReturnValuesOnConditionCheckFailure = .none
    ) async throws(StoreError) -> ExecuteStatementOutput {
        let input = ExecuteStatementInput(
            statement: statement, parameters: parameters, consistentRead: consistent, nextToken: token, limit: limit,
            returnConsumedCapacity: capacity, returnValuesOnConditionCheckFailure: onFailure)
        return try await engine.answer { engine.executeStatement(input, completion: $0) }
    }

    /// The items that a statement answers, as values.
    func rows(_ statement: String, _ parameters: [AttributeValue]? = nil) async throws -> [AttributeMap] {
        try await run(statement, parameters).items.map { try $0.attributes() }
    }

    /// The sort keys of the rows, in their order.
    func sortKeys(_ statement: String, _ parameters: [AttributeValue]? = nil) async throws -> [String] {
        try await rows(statement, parameters).map { if case .string(let text)? = $0["sk"] { text } else { "" } }
    }

    func batch(
        _ statements: [StatementRequest], capacity: ReturnConsumedCapacity = .none
    ) async throws(StoreError) -> BatchExecuteStatementOutput {
        let input = BatchExecuteStatementInput(statements: statements, returnConsumedCapacity: capacity)
        return try await engine.answer { engine.batchExecuteStatement(input, completion: $0) }
    }

    @discardableResult
    func transact(
        _ statements: [StatementRequest], token: String? = nil, capacity: ReturnConsumedCapacity = .none
    ) async throws(StoreError) -> ExecuteTransactionOutput {
        let input = ExecuteTransactionInput(
            transactStatements: statements, clientRequestToken: token, returnConsumedCapacity: capacity)
        return try await engine.answer { engine.executeTransaction(input, completion: $0) }
    }

    /// The message of a statement that must be refused; the code in front where it is not a validation's.
    func refusal(_ statement: String, _ parameters: [AttributeValue]? = nil) async -> String? {
        await failure { () throws(StoreError) in try await run(statement, parameters) }?.text
    }

    /// A table `tab` with the keys `pk` and `sk` (both S) and some items.
    static func withItems(_ items: [AttributeMap]) async throws -> TestStore {
        let store = try await TestStore.withTable()
        for item in items { try await store.put(item) }
        return store
    }
}

extension StoreError {
    var text: String { code == "ValidationException" ? message : "\(code): \(message)" }
}

extension StatementRequest: ExpressibleByStringLiteral {
    public init(stringLiteral statement: String) { self.init(statement: statement) }
}

extension StatementRequest: ExpressibleByStringInterpolation {}
