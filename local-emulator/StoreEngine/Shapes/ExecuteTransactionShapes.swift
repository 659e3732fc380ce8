package struct ExecuteTransactionInput: Sendable {
    package var transactStatements: [StatementRequest]
    /// Makes a repeat within ten minutes do nothing.
    package var clientRequestToken: String?
    package var returnConsumedCapacity: ReturnConsumedCapacity

    package init(
        transactStatements: [StatementRequest], clientRequestToken: String? = nil,
        returnConsumedCapacity: ReturnConsumedCapacity = .none
    ) {
        self.transactStatements = transactStatements
        self.clientRequestToken = clientRequestToken
        self.returnConsumedCapacity = returnConsumedCapacity
    }
}

package struct ExecuteTransactionOutput: Sendable {
    /// One for each SELECT, nil for what it did not find; empty for a transaction of writes.
    package var responses: [ItemDocument?]
    package var consumedCapacity: [ConsumedCapacity]? = nil
}
