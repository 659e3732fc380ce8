import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import RoostHTTPServer

/// The Lambda authorizer of a WebSocket API: asked at `$connect`, never cached, answers an IAM policy.
///
/// Source: "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers". In this order: a missing identity
/// source is 401 without asking, a broken authorizer 500, the failure `Unauthorized` 401, a denial 403.
struct WebSocketAuthorizer: Sendable {
    enum Outcome: Sendable {
        /// With what becomes `requestContext.authorizer`.
        case allowed([String: String]?)
        case refused(HTTPResponse)
    }

    private let functionName: String
    private let sources: [IdentitySource]
    private let gateway: Gateway

    init(_ authorizer: Deployment.Authorizer, gateway: Gateway) throws(GatewayError) {
        functionName = try gateway.functionName(authorizer.functionLogicalID)
        var sources: [IdentitySource] = []
        for expression in authorizer.identitySources { sources.append(try IdentitySource(expression)) }
        self.sources = sources
        self.gateway = gateway
    }

    /// - Parameters:
    ///   - event: that of `$connect`.
    ///   - resource: the ARN of `$connect`.
    func authorize(
        _ request: HTTPRequest, client: WebSocketClient, event: WebSocketEvent, resource: String, timeoutMilliseconds: Int,
        completion: @escaping @Sendable (Outcome) -> Void
    ) {
        guard sources.allSatisfy({ $0.value(in: request) != nil }) else {
            return completion(.refused(GatewayAnswer.unauthorized))
        }
        var question = event
        question.type = "REQUEST"
        question.methodArn = resource
        question.stageVariables = [:]
        question.queryStringParameters = event.queryStringParameters ?? [:]
        question.multiValueQueryStringParameters = event.multiValueQueryStringParameters ?? [:]
        question.isBase64Encoded = nil
        guard let payload = try? question.json() else { return completion(.refused(GatewayAnswer.internalServerError)) }
        let invocation = InvocationRequest(functionName: functionName, payload: payload, cause: client.entry)
        gateway.invoke(invocation, timeoutMilliseconds: timeoutMilliseconds) { outcome in
            completion(Self.understand(outcome, resource))
        }
    }

    private static func understand(_ outcome: Gateway.TimedOutcome, _ resource: String) -> Outcome {
        guard case .finished(let result) = outcome else { return .refused(GatewayAnswer.internalServerError) }
        switch result.outcome {
        case .success(let payload):
            guard let answer = AuthorizerAnswer.policy(payload) else { return .refused(GatewayAnswer.internalServerError) }
            switch answer.decision(for: resource) {
            case .denied: return .refused(GatewayAnswer.forbidden)
            case .allowed(let context):
                return texts(context).map(Outcome.allowed) ?? .refused(GatewayAnswer.internalServerError)
            }
        case .functionError(let payload):
            return .refused(isUnauthorizedError(payload) ? GatewayAnswer.unauthorized : GatewayAnswer.internalServerError)
        case .refused:
            return .refused(GatewayAnswer.internalServerError)
        }
    }

    /// Numbers and booleans become text; objects and arrays are no valid context ("Output from an API Gateway Lambda
    /// authorizer").
    private static func texts(_ context: JSONValue) -> [String: String]? {
        var texts: [String: String] = [:]
        for (key, value) in context.objectValue ?? [:] where !value.isNull {
            guard let text = value.scalarText else { return nil }
            texts[key] = text
        }
        return texts
    }
}
