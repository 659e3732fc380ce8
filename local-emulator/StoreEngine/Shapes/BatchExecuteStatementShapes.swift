package import LambdaEvents

/// One statement of a batch or a transaction; `consistentRead` is a batch's only.
package struct StatementRequest: Sendable {
    package var statement: String
    package var parameters: [AttributeValue]?
    /// What the reader of the request found wrong with each parameter, where the order of a map's members decides.
    package var parameterMistakes: [String?]?
    package var consistentRead: Bool
    package var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure

    package init(
        statement: String, parameters: [AttributeValue]? = nil, parameterMistakes: [String?]? = nil, consistentRead: Bool = false,
        returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure = .none
    ) {
        self.statement = statement
        self.parameters = parameters
        self.parameterMistakes = parameterMistakes
        self.consistentRead = consistentRead
        self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
    }
}

package struct BatchExecuteStatementInput: Sendable {
    package var statements: [StatementRequest]
    package var returnConsumedCapacity: ReturnConsumedCapacity

    package init(statements: [StatementRequest], returnConsumedCapacity: ReturnConsumedCapacity = .none) {
        self.statements = statements
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

/// What became of one statement of a batch.
package struct BatchStatementResponse: Sendable {
    package var error: Failure?
    /// Nil for a statement that was refused before it ran.
    package var tableName: String?
    package var item: ItemDocument?

    package struct Failure: Sendable, Equatable {
        /// The error's code without `Exception`; `ValidationError` for a validation's.
        package var code: String
        package var message: String
        /// The item that failed the condition, where `ReturnValuesOnConditionCheckFailure` asked for it.
        package var item: ItemDocument?
    }
}

package struct BatchExecuteStatementOutput: Sendable {
    /// In the order of the statements.
    package var responses: [BatchStatementResponse]
    package var consumedCapacity: [ConsumedCapacity]? = nil
}
