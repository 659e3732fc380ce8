#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// How an asynchronous invocation ended, as a destination is told: straight to a function, in the body of an SQS or SNS message,
/// in an S3 object, or as the detail of an EventBridge event.
///
/// Source: AWS Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations",
/// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
public struct InvocationRecord: Sendable, Equatable, Codable {
    /// `1.0`.
    public var version: String
    @ISO8601Time public var timestamp: Date
    public var requestContext: InvocationRecordContext
    /// The event that the function was invoked with.
    public var requestPayload: JSONValue
    /// Nil if the function was never run: throttled until the event was too old.
    public var responseContext: InvocationRecordResponse?
    /// What the function answered, or its error (`errorMessage`, `errorType`, `stackTrace`).
    public var responsePayload: JSONValue?

    public init(
        version: String = "1.0", timestamp: Date, requestContext: InvocationRecordContext, requestPayload: JSONValue,
        responseContext: InvocationRecordResponse? = nil, responsePayload: JSONValue? = nil
    ) {
        self.version = version
        self.timestamp = timestamp
        self.requestContext = requestContext
        self.requestPayload = requestPayload
        self.responseContext = responseContext
        self.responsePayload = responsePayload
    }
}

public struct InvocationRecordContext: Sendable, Equatable, Codable {
    public var requestId: String
    public var functionArn: String
    public var condition: Condition
    /// How often the event was tried.
    public var approximateInvokeCount: Int

    public init(requestId: String, functionArn: String, condition: Condition, approximateInvokeCount: Int) {
        self.requestId = requestId
        self.functionArn = functionArn
        self.condition = condition
        self.approximateInvokeCount = approximateInvokeCount
    }

    public struct Condition: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let success = Condition(rawValue: "Success")
        public static let retriesExhausted = Condition(rawValue: "RetriesExhausted")
        /// A stream's batch that was tried as often as its event source mapping allows.
        public static let retryAttemptsExhausted = Condition(rawValue: "RetryAttemptsExhausted")
        public static let eventAgeExceeded = Condition(rawValue: "EventAgeExceeded")
        /// A stream's records that grew older than its event source mapping allows.
        public static let maximumRecordAgeExceeded = Condition(rawValue: "MaximumRecordAgeExceeded")
    }
}

public struct InvocationRecordResponse: Sendable, Equatable, Codable {
    public var statusCode: Int
    /// `$LATEST` or a version's number.
    public var executedVersion: String
    /// `Handled` or `Unhandled`; nil for a success.
    public var functionError: String?

    public init(statusCode: Int, executedVersion: String, functionError: String? = nil) {
        self.statusCode = statusCode
        self.executedVersion = executedVersion
        self.functionError = functionError
    }
}
