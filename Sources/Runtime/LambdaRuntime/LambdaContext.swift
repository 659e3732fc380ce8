#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What Lambda says of one invocation, from the headers of the Runtime API's `next`.
///
/// Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
public struct LambdaContext: Sendable {
    /// `Lambda-Runtime-Aws-Request-Id`.
    public let requestID: String
    /// `Lambda-Runtime-Deadline-Ms`: when the invocation times out.
    public let deadline: Date
    /// `Lambda-Runtime-Invoked-Function-Arn`.
    public let invokedFunctionARN: String
    /// `Lambda-Runtime-Trace-Id`, also in `_X_AMZN_TRACE_ID` while the invocation runs.
    public let traceID: String?
    /// `Lambda-Runtime-Client-Context`: a JSON text, from a mobile SDK's or a caller's `ClientContext`.
    public let clientContext: String?
    /// `Lambda-Runtime-Cognito-Identity`: a JSON text.
    public let cognitoIdentity: String?
    /// `Lambda-Runtime-Aws-Tenant-Id`.
    public let tenantID: String?
    public let log: LambdaLog

    public init(
        requestID: String, deadline: Date, invokedFunctionARN: String, traceID: String? = nil, clientContext: String? = nil,
        cognitoIdentity: String? = nil, tenantID: String? = nil, log: LambdaLog
    ) {
        self.requestID = requestID
        self.deadline = deadline
        self.invokedFunctionARN = invokedFunctionARN
        self.traceID = traceID
        self.clientContext = clientContext
        self.cognitoIdentity = cognitoIdentity
        self.tenantID = tenantID
        self.log = log
    }

    /// The time left until the deadline; zero once it has passed.
    public var remaining: Duration {
        .milliseconds(max(0, Int64(deadline.timeIntervalSinceNow * 1000)))
    }
}
