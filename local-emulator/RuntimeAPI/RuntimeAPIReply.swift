import Foundation
import FunctionPool
import RoostHTTPServer

/// What the Runtime API answers, to the byte.
enum RuntimeAPIReply {
    static func next(_ answer: NextAnswer) -> HTTPResponse {
        switch answer {
        case .invocation(let invocation): HTTPResponse(status: 200, headers: headers(invocation), body: invocation.payload)
        case .refused(let refusal): forbidden(refusal)
        }
    }

    static func submission(_ answer: SubmissionAnswer) -> HTTPResponse {
        switch answer {
        case .accepted: accepted
        case .invalidRequestID: error(400, "InvalidRequestID", "Invalid request ID")
        case .responseTooLarge(let limit): tooLarge(limit: limit)
        case .refused(let refusal): forbidden(refusal)
        }
    }

    private static let accepted = HTTPResponse(
        status: 202, headers: ["Content-Type": "application/json"], body: Data(#"{"status":"OK"}"#.utf8))

    static func tooLarge(limit: Int) -> HTTPResponse {
        error(413, "RequestEntityTooLarge", "Exceeded maximum allowed payload size (\(limit) bytes).")
    }

    static func error(_ status: Int, _ type: String, _ message: String) -> HTTPResponse {
        json(status, ErrorBody(errorMessage: message, errorType: type))
    }

    /// The answer to an extension's registration.
    static func registered(_ function: FunctionMetadata, identifier: UUID) -> HTTPResponse {
        var response = json(
            200,
            Registered(functionName: function.name, functionVersion: function.version, handler: function.handler))
        response.headers.add("Lambda-Extension-Identifier", identifier.uuidString.lowercased())
        return response
    }

    private struct Registered: Encodable {
        var functionName: String
        var functionVersion: String
        var handler: String
    }

    private static func forbidden(_ refusal: RefusedTransition) -> HTTPResponse {
        error(403, "InvalidStateTransition", refusal.message)
    }

    private static func headers(_ invocation: RuntimeInvocation) -> HTTPHeaders {
        var headers: HTTPHeaders = [
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": invocation.requestID,
            "Lambda-Runtime-Deadline-Ms": String(invocation.deadlineMilliseconds),
            "Lambda-Runtime-Invoked-Function-Arn": invocation.functionARN,
            "Lambda-Runtime-Trace-Id": invocation.traceID,
        ]
        if let context = invocation.clientContext { headers.add("Lambda-Runtime-Client-Context", oneLine(context)) }
        if let tenant = invocation.tenantID { headers.add("Lambda-Runtime-Aws-Tenant-Id", oneLine(tenant)) }
        return headers
    }

    /// A line end would end the field (RFC 9110, 5.5); in JSON it can only stand where a space can.
    private static func oneLine(_ value: String) -> String {
        String(decoding: value.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }, as: UTF8.self)
    }

    private struct ErrorBody: Encodable {
        var errorMessage: String
        var errorType: String
    }

    private static func json(_ status: Int, _ body: some Encodable) -> HTTPResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Strings always encode; without its body the status still says it.
        let data = (try? encoder.encode(body)) ?? Data()
        return HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: data)
    }
}
