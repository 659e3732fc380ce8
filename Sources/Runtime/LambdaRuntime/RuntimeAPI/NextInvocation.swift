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

    /// `/invocation/…`, to which its answer is posted.
    var path: String { "/invocation/\(percentEncoded(requestID))" }

    /// What the answer has to say again: "unique per invoke", by which a late answer of an invocation that timed out is told
    /// from that of its repetition, which may have the same request id.
    ///
    /// Source: aws/aws-lambda-rust-runtime, issue 1155.
    var echoedHeaders: [(name: String, value: String)] {
        response.header(Self.invocationID).map { [(Self.invocationID, $0)] } ?? []
    }

    /// nil for what is no time between 1970 and the year 9999.
    private var deadline: Date? {
        guard let text = response.header("Lambda-Runtime-Deadline-Ms"), let milliseconds = Int64(text),
            0..<253_402_300_800_000 ~= milliseconds
        else { return nil }
        return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
    }

    private static let invocationID = "Lambda-Runtime-Invocation-Id"

    /// Lambda sends deadline and ARN always; another Runtime API that does not gets a deadline that never comes and an
    /// empty ARN.
    func context(isColdStart: Bool, log: LambdaLog) -> LambdaContext {
        let tenantID = response.header("Lambda-Runtime-Aws-Tenant-Id")
        let (clientContext, w3c) = ClientContextText.split(response.header("Lambda-Runtime-Client-Context"))
        return LambdaContext(
            requestID: requestID, deadline: deadline ?? .distantFuture,
            invokedFunctionARN: response.header("Lambda-Runtime-Invoked-Function-Arn") ?? "", traceID: traceID,
            clientContext: clientContext, w3c: w3c, cognitoIdentity: response.header("Lambda-Runtime-Cognito-Identity"),
            tenantID: tenantID, invocationID: response.header(Self.invocationID),
            isColdStart: isColdStart, log: log.forInvocation(requestID: requestID, tenantID: tenantID))
    }
}

/// Lambda's request ids are UUIDs; another Runtime API's may hold what a path must not.
private func percentEncoded(_ segment: String) -> String {
    let isPlain = { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
    guard !segment.utf8.allSatisfy(isPlain) else { return segment }
    return segment.utf8.reduce(into: "") { text, byte in
        text += isPlain(byte) ? String(UnicodeScalar(byte)) : (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
    }
}
