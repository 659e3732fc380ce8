package import Foundation

/// The refusal of a call that no policy allows, in the form of the service that was called.
///
/// The text is IAM's: IAM User Guide, "Troubleshoot access denied error messages".
package struct AccessDenial: Sendable {
    package var service: CalledService
    package var caller: String
    package var call: ServiceCall
    /// A statement denies it; otherwise none allows it.
    package var isExplicit: Bool

    package var message: String {
        let reason =
            isExplicit
            ? "with an explicit deny in an identity-based policy"
            : "because no identity-based policy allows the \(call.action) action"
        return "User: \(caller) is not authorized to perform: \(call.action) on resource: \(call.resource) \(reason)"
    }

    package var status: Int {
        switch service {
        case .dynamoDB, .secretsManager: 400
        case .sqs, .sns, .ses, .lambda, .connections: 403
        }
    }

    package var headers: [(name: String, value: String)] {
        let type = "x-amzn-ErrorType"
        return switch service {
        case .dynamoDB, .sqs: [("Content-Type", "application/x-amz-json-1.0")]
        case .secretsManager: [("Content-Type", "application/x-amz-json-1.1")]
        case .sns: [("Content-Type", "text/xml")]
        case .ses: [("Content-Type", "application/json"), (type, "AccessDeniedException")]
        case .lambda: [("Content-Type", "application/json"), (type, "AccessDeniedException")]
        case .connections: [("Content-Type", "application/json"), (type, "ForbiddenException")]
        }
    }

    package var body: Data {
        switch service {
        case .dynamoDB:
            json(["__type": "com.amazon.coral.service#AccessDeniedException", "Message": message])
        case .sqs:
            json(["__type": "com.amazon.coral.service#AccessDeniedException", "message": message])
        case .secretsManager:
            json(["__type": "AccessDeniedException", "Message": message])
        case .ses, .connections: json(["message": message])
        case .lambda: json(["Message": message])
        case .sns:
            Data(
                ("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender</Type>"
                    + "<Code>AuthorizationError</Code><Message>\(message.xmlEscaped)</Message></Error>"
                    + "<RequestId>\(UUID().uuidString.lowercased())</RequestId></ErrorResponse>").utf8)
        }
    }

    private func json(_ members: [String: String]) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(members)) ?? Data()  // texts always encode
    }
}

extension String {
    fileprivate var xmlEscaped: String {
        replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
