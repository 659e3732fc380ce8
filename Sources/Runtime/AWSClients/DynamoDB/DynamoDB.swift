public import LambdaEvents

/// DynamoDB's shapes: what its operations take and answer, with property names in lower camel case and the wire's names
/// in their coding keys.
///
/// Source: Amazon DynamoDB API Reference, version 2012-08-10. Parameters that expressions have replaced
/// (`AttributesToGet`, `Expected`, `KeyConditions`, ...) are left out.
public enum DynamoDB {
    /// Attributes by name.
    public typealias Item = AttributeMap

    public typealias StreamViewType = DynamoDBStreamEvent.StreamViewType

    /// `NONE` is what the service does where nothing is asked for: nil.
    public enum ReturnValues: String, Sendable, Codable {
        case allOld = "ALL_OLD"
        case updatedOld = "UPDATED_OLD"
        case allNew = "ALL_NEW"
        case updatedNew = "UPDATED_NEW"
    }

    public enum ReturnValuesOnConditionCheckFailure: String, Sendable, Codable {
        case allOld = "ALL_OLD"
    }

    public enum Select: String, Sendable, Codable {
        case allAttributes = "ALL_ATTRIBUTES"
        case allProjectedAttributes = "ALL_PROJECTED_ATTRIBUTES"
        case specificAttributes = "SPECIFIC_ATTRIBUTES"
        case count = "COUNT"
    }

    public enum ScalarAttributeType: String, Sendable, Codable {
        case string = "S"
        case number = "N"
        case binary = "B"
    }

    public enum KeyType: String, Sendable, Codable {
        /// The partition key.
        case hash = "HASH"
        /// The sort key.
        case range = "RANGE"
    }

    public enum ProjectionType: String, Sendable, Codable {
        case all = "ALL"
        case keysOnly = "KEYS_ONLY"
        case include = "INCLUDE"
    }

    public enum BillingMode: String, Sendable, Codable {
        case provisioned = "PROVISIONED"
        case payPerRequest = "PAY_PER_REQUEST"
    }

    /// Why a transaction was cancelled, for one of its items; `code` is `None` for an item that was not the cause.
    public struct CancellationReason: Sendable, Equatable, Codable {
        /// `None`, `ConditionalCheckFailed`, `TransactionConflict`, `ThrottlingError`, `ValidationError`, ...
        public var code: String?
        public var message: String?
        /// The item as it is, where `returnValuesOnConditionCheckFailure` asked for it.
        public var item: Item?

        public init(code: String?, message: String? = nil, item: Item? = nil) {
            self.code = code
            self.message = message
            self.item = item
        }

        private enum CodingKeys: String, CodingKey {
            case code = "Code"
            case message = "Message"
            case item = "Item"
        }
    }
}
