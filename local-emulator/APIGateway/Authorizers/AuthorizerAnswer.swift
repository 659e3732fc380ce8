import Foundation
import LambdaEvents

/// What an authorizer function answered; what an HTTP API's cache keeps.
enum AuthorizerAnswer: Sendable {
    case simple(isAuthorized: Bool, context: JSONValue)
    case policy(PolicyDocument, principalID: String, context: [String: JSONValue])

    enum Decision: Sendable {
        /// With what becomes part of the integration's `requestContext.authorizer`.
        case allowed(JSONValue)
        case denied
    }

    /// `{"isAuthorized": true, "context": {…}}` (`EnableSimpleResponses`).
    static func simple(_ payload: Data) -> AuthorizerAnswer? {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: payload),  // not JSON is a broken authorizer
            let isAuthorized = value["isAuthorized"]?.boolValue
        else { return nil }
        return .simple(isAuthorized: isAuthorized, context: value["context"] ?? [:])
    }

    /// `{"principalId": "…", "policyDocument": {…}, "context": {…}}`.
    static func policy(_ payload: Data) -> AuthorizerAnswer? {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: payload),  // not JSON is a broken authorizer
            let principal = value["principalId"]?.stringValue, let document = value["policyDocument"].flatMap(PolicyDocument.init)
        else { return nil }
        return .policy(document, principalID: principal, context: value["context"]?.objectValue ?? [:])
    }

    /// - Parameter resource: the ARN of what is called.
    func decision(for resource: String) -> Decision {
        switch self {
        case .simple(let isAuthorized, let context):
            return isAuthorized ? .allowed(context) : .denied
        case .policy(let document, let principalID, let context):
            guard document.allows(resource) else { return .denied }
            return .allowed(.object(context.merging(["principalId": .string(principalID)]) { _, principal in principal }))
        }
    }
}
