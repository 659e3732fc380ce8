#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension LambdaContext {
    /// A context for a unit test of a handler.
    ///
    /// - Parameters:
    ///   - remaining: the time until the deadline, which is real time: Lambda's longest, unless it is what a test is about,
    ///     so that a machine busy with other tests does not use it up.
    ///   - log: writes nothing where it is not given; give one with a sink of your own to look at the lines.
    public static func test(
        requestID: String = "8476a536-e9f4-11e8-9739-2dfe598c3fcd", remaining: Duration = .seconds(900),
        invokedFunctionARN: String = "arn:aws:lambda:us-east-1:123456789012:function:test", traceID: String? = nil,
        clientContext: String? = nil, w3c: W3CTraceContext? = nil, cognitoIdentity: String? = nil, tenantID: String? = nil,
        invocationID: String? = nil, isColdStart: Bool = false, log: LambdaLog? = nil
    ) -> LambdaContext {
        LambdaContext(
            requestID: requestID, deadline: Date(timeIntervalSinceNow: remaining / .seconds(1)),
            invokedFunctionARN: invokedFunctionARN, traceID: traceID, clientContext: clientContext,
            w3c: w3c, cognitoIdentity: cognitoIdentity, tenantID: tenantID, invocationID: invocationID, isColdStart: isColdStart,
            log: log ?? LambdaLog { _ in })
    }
}
