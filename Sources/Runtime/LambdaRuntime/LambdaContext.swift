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
    /// `Lambda-Runtime-Trace-Id`; also in `_X_AMZN_TRACE_ID` while the invocation runs, unless invocations run beside each other.
    public let traceID: String?
    /// `Lambda-Runtime-Client-Context`: a JSON text, from a mobile SDK's or a caller's `ClientContext`; without its `w3c`.
    public let clientContext: String?
    /// The caller's trace context, which comes as `w3c` in the client context.
    public let w3c: W3CTraceContext?
    /// `Lambda-Runtime-Cognito-Identity`: a JSON text.
    public let cognitoIdentity: String?
    /// `Lambda-Runtime-Aws-Tenant-Id`.
    public let tenantID: String?
    /// `Lambda-Runtime-Invocation-Id`: this attempt's own, where the request id may be that of an attempt before.
    public let invocationID: String?
    /// Whether the environment was started for this invocation: its first, and not one of those that were started ahead
    /// (provisioned concurrency, managed instances).
    public let isColdStart: Bool
    public let log: LambdaLog

    public init(
        requestID: String, deadline: Date, invokedFunctionARN: String, traceID: String? = nil, clientContext: String? = nil,
        w3c: W3CTraceContext? = nil, cognitoIdentity: String? = nil, tenantID: String? = nil, invocationID: String? = nil,
        isColdStart: Bool = false, log: LambdaLog
    ) {
        self.requestID = requestID
        self.deadline = deadline
        self.invokedFunctionARN = invokedFunctionARN
        self.traceID = traceID
        self.clientContext = clientContext
        self.w3c = w3c
        self.cognitoIdentity = cognitoIdentity
        self.tenantID = tenantID
        self.invocationID = invocationID
        self.isColdStart = isColdStart
        self.log = log
    }

    /// The time left until the deadline; zero once it has passed.
    public var remaining: Duration {
        .milliseconds(max(0, Int64(deadline.timeIntervalSinceNow * 1000)))
    }
}
