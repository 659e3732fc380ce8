package import LambdaEvents

package enum WriteRequest: Sendable {
    case put(item: AttributeMap)
    case delete(key: AttributeMap)
}

package struct BatchWriteItemInput: Sendable {
    /// Table name or ARN to what is to be done in it.
    package var requestItems: [String: [WriteRequest]]
    package var returnConsumedCapacity: ReturnConsumedCapacity
    package var returnItemCollectionMetrics: ReturnItemCollectionMetrics

    package init(
        requestItems: [String: [WriteRequest]], returnConsumedCapacity: ReturnConsumedCapacity = .none,
        returnItemCollectionMetrics: ReturnItemCollectionMetrics = .none
    ) {
        self.requestItems = requestItems
        self.returnConsumedCapacity = returnConsumedCapacity
        self.returnItemCollectionMetrics = returnItemCollectionMetrics
    }
}

package struct BatchWriteItemOutput: Sendable {
    /// Always empty: one transaction takes all of them, or none.
    package var unprocessedItems: [String: [WriteRequest]]
    package var consumedCapacity: [ConsumedCapacity]? = nil
    /// By the tables' names.
    package var itemCollectionMetrics: [String: [ItemCollectionMetrics]]? = nil
}
