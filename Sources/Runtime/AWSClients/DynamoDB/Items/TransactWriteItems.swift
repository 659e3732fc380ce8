#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
extension DynamoDB {
    /// Up to 100 writes and checks on different items, all of them or none.
    public struct TransactWriteItemsInput: Sendable, Equatable, Codable {
        public var transactItems: [TransactWriteItem]
        /// 1 to 36 characters; the same token and the same items within 10 minutes are done once. The client makes one where
        /// none is given, so that its retries are safe.
        public var clientRequestToken: String?

        public init(transactItems: [TransactWriteItem], clientRequestToken: String? = nil) {
            self.transactItems = transactItems
            self.clientRequestToken = clientRequestToken
        }

        private enum CodingKeys: String, CodingKey {
            case transactItems = "TransactItems"
            case clientRequestToken = "ClientRequestToken"
        }
    }

    /// One of the four; made by `.put`, `.update`, `.delete` or `.conditionCheck`.
    public struct TransactWriteItem: Sendable, Equatable, Codable {
        public var put: Put?
        public var update: Update?
        public var delete: Delete?
        public var conditionCheck: ConditionCheck?

        private init(put: Put? = nil, update: Update? = nil, delete: Delete? = nil, conditionCheck: ConditionCheck? = nil) {
            self.put = put
            self.update = update
            self.delete = delete
            self.conditionCheck = conditionCheck
        }

        private enum CodingKeys: String, CodingKey {
            case put = "Put"
            case update = "Update"
            case delete = "Delete"
            case conditionCheck = "ConditionCheck"
        }
    }

    public struct Put: Sendable, Equatable, Codable {
        public var tableName: String
        public var item: Item
        public var conditionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, item: Item, conditionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.item = item
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case item = "Item"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct Update: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var updateExpression: String
        public var conditionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, key: Item, updateExpression: String, conditionExpression: String? = nil,
            expressionAttributeNames: [String: String]? = nil, expressionAttributeValues: Item? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.updateExpression = updateExpression
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case updateExpression = "UpdateExpression"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct Delete: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var conditionExpression: String?
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, key: Item, conditionExpression: String? = nil, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct ConditionCheck: Sendable, Equatable, Codable {
        public var tableName: String
        public var key: Item
        public var conditionExpression: String
        /// `#name` to the attribute's real name.
        public var expressionAttributeNames: [String: String]?
        /// `:value` to a value.
        public var expressionAttributeValues: Item?
        /// With `allOld` a failed condition's error carries the item as it is.
        public var returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure?

        public init(
            tableName: String, key: Item, conditionExpression: String, expressionAttributeNames: [String: String]? = nil,
            expressionAttributeValues: Item? = nil,
            returnValuesOnConditionCheckFailure: ReturnValuesOnConditionCheckFailure? = nil
        ) {
            self.tableName = tableName
            self.key = key
            self.conditionExpression = conditionExpression
            self.expressionAttributeNames = expressionAttributeNames
            self.expressionAttributeValues = expressionAttributeValues
            self.returnValuesOnConditionCheckFailure = returnValuesOnConditionCheckFailure
        }

        private enum CodingKeys: String, CodingKey {
            case tableName = "TableName"
            case key = "Key"
            case conditionExpression = "ConditionExpression"
            case expressionAttributeNames = "ExpressionAttributeNames"
            case expressionAttributeValues = "ExpressionAttributeValues"
            case returnValuesOnConditionCheckFailure = "ReturnValuesOnConditionCheckFailure"
        }
    }

    public struct TransactWriteItemsOutput: Sendable, Equatable, Codable {
        public init() {}
    }
}

extension DynamoDB.TransactWriteItem {
    public static func put(_ put: DynamoDB.Put) -> Self { Self(put: put) }
    public static func update(_ update: DynamoDB.Update) -> Self { Self(update: update) }
    public static func delete(_ delete: DynamoDB.Delete) -> Self { Self(delete: delete) }
    public static func conditionCheck(_ check: DynamoDB.ConditionCheck) -> Self { Self(conditionCheck: check) }
}

extension DynamoDBClient {
    /// - Throws: ``AWSServiceError``, with `TransactionCanceledException` and a reason for each item in
    ///   `cancellationReasons`.
    @discardableResult
    public func transactWriteItems(_ input: DynamoDB.TransactWriteItemsInput) async throws -> DynamoDB.TransactWriteItemsOutput {
        var input = input
        input.clientRequestToken = input.clientRequestToken ?? UUID().uuidString
        return try await caller.call("TransactWriteItems", input, isRepeatable: true)
    }
}
