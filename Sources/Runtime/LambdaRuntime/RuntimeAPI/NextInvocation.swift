#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import RoostHTTPClient

/// One answer of the Runtime API's `next`: an event and what Lambda says of its invocation.
struct NextInvocation: Sendable {
    let requestID: String
    let event: Data
    private let response: HTTPClientResponse

    /// nil when there is no request id: such an invocation could not be answered.
    init?(_ response: HTTPClientResponse) {
        guard let requestID = response.header("Lambda-Runtime-Aws-Request-Id"), !requestID.isEmpty else { return nil }
        self.requestID = requestID
        self.response = response
        event = response.body
    }

    var traceID: String? { response.header("Lambda-Runtime-Trace-Id") }

    /// Lambda sends deadline and ARN always; another Runtime API that does not gets a deadline that never comes and an
    /// empty ARN.
    func context(log: LambdaLog) -> LambdaContext {
        let milliseconds = response.header("Lambda-Runtime-Deadline-Ms").flatMap { Double($0) }
        return LambdaContext(
            requestID: requestID, deadline: milliseconds.map { Date(timeIntervalSince1970: $0 / 1000) } ?? .distantFuture,
            invokedFunctionARN: response.header("Lambda-Runtime-Invoked-Function-Arn") ?? "", traceID: traceID,
            clientContext: response.header("Lambda-Runtime-Client-Context"),
            cognitoIdentity: response.header("Lambda-Runtime-Cognito-Identity"),
            tenantID: response.header("Lambda-Runtime-Aws-Tenant-Id"), log: log.forInvocation(requestID))
    }
}
