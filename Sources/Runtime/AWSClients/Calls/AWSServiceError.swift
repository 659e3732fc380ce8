public import LambdaEvents

/// A service's refusal of a call.
public struct AWSServiceError: Error, Sendable, Equatable {
    public var service: AWSService
    /// `PutItem`, ...
    public var operation: String
    /// The error's name without its namespace: `ConditionalCheckFailedException`.
    public var code: String
    public var message: String
    /// The HTTP status.
    public var status: Int
    /// `x-amzn-RequestId`, where the answer has one.
    public var requestID: String?
    /// With DynamoDB's `TransactionCanceledException`: one for each item of the transaction, in its order.
    public var cancellationReasons: [DynamoDB.CancellationReason]
    /// With `ConditionalCheckFailedException`, where the call asked for the item.
    public var item: AttributeMap?

    public init(
        service: AWSService, operation: String, code: String, message: String, status: Int, requestID: String? = nil,
        cancellationReasons: [DynamoDB.CancellationReason] = [], item: AttributeMap? = nil
    ) {
        self.service = service
        self.operation = operation
        self.code = code
        self.message = message
        self.status = status
        self.requestID = requestID
        self.cancellationReasons = cancellationReasons
        self.item = item
    }

    /// A single write's condition did not hold.
    public var isConditionalCheckFailure: Bool { code == "ConditionalCheckFailedException" }

    /// The transaction's items whose condition did not hold, by their places; empty for every other error.
    public var failedConditions: [Int] {
        cancellationReasons.indices.filter { cancellationReasons[$0].code == "ConditionalCheckFailed" }
    }
}

extension AWSServiceError: CustomStringConvertible {
    /// A cancelled transaction's message has the reasons' codes in it already.
    public var description: String { "\(service.rawValue) \(operation): \(code) (\(status)): \(message)" }
}

/// A service's answer that says success and cannot be read.
public struct AWSUnreadableAnswer: Error, Sendable, CustomStringConvertible {
    public var service: AWSService
    public var operation: String
    public var status: Int
    /// What could not be read; names the field, never its value.
    public var reason: String

    public var description: String {
        "\(service.rawValue) \(operation): the answer (\(status)) cannot be read: \(reason)"
    }
}
