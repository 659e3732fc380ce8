import DeploymentTemplate
import Foundation
import FunctionPool
import Journal
import LambdaEvents
import RoostHTTPServer
import Synchronization

/// A Lambda authorizer of an HTTP API.
///
/// In this order ("Control access to HTTP APIs with AWS Lambda authorizers"): a missing identity source is 401 without
/// asking; a cached answer for the same identity; the function. A function that fails, takes longer than 10 seconds or
/// answers something else is 500, one that fails with `Unauthorized` 401, a denial 403.
final class HTTPAPIAuthorizer: Sendable {
    enum Outcome: Sendable {
        case allowed(context: JSONValue)
        case refused(HTTPResponse)
    }

    private struct Cached: Sendable {
        var answer: AuthorizerAnswer
        var expires: Date
    }

    private let gateway: Gateway
    private let functionName: String
    private let sources: [IdentitySource]
    private let cacheSeconds: Int
    private let simpleResponses: Bool
    private let cache = Mutex<[[String]: Cached]>([:])

    /// The longest that API Gateway waits for an authorizer of an HTTP API.
    private static let timeoutMilliseconds = 10_000
    /// Identities that are kept; the emulator's own bound.
    private static let cacheLimit = 10_000

    init(_ name: String, _ authorizer: Deployment.Authorizer, gateway: Gateway) throws(GatewayError) {
        guard authorizer.payloadFormatVersion == "2.0" else {
            throw .unsupportedAuthorizerPayload(name: name, version: authorizer.payloadFormatVersion)
        }
        self.gateway = gateway
        functionName = try gateway.functionName(authorizer.functionLogicalID)
        var sources: [IdentitySource] = []
        for expression in authorizer.identitySources { sources.append(try IdentitySource(expression)) }
        self.sources = sources
        // Without an identity there is nothing to cache by.
        cacheSeconds = sources.isEmpty ? 0 : authorizer.cacheSeconds
        simpleResponses = authorizer.simpleResponses
    }

    /// - Parameters:
    ///   - event: the integration's event, which the authorizer's shares most of.
    ///   - resource: the ARN of the called route.
    func authorize(
        _ request: HTTPRequest, event: HTTPAPIEvent, resource: String, cause: Journal.EntryID,
        completion: @escaping @Sendable (Outcome) -> Void
    ) {
        let identity = sources.compactMap { $0.value(in: request) }
        guard identity.count == sources.count else { return completion(.refused(GatewayAnswer.unauthorized)) }
        if let answer = cached(identity) { return completion(outcome(of: answer, resource)) }
        var question = event
        question.type = "REQUEST"
        question.routeArn = resource
        question.identitySource = identity.isEmpty ? nil : identity
        question.body = nil
        question.isBase64Encoded = nil
        guard let payload = try? question.json() else { return completion(.refused(GatewayAnswer.internalServerError)) }
        let invocation = InvocationRequest(functionName: functionName, payload: payload, cause: cause)
        gateway.invoke(invocation, timeoutMilliseconds: Self.timeoutMilliseconds) { [self] outcome in
            completion(understand(outcome, identity: identity, resource: resource))
        }
    }

    private func understand(_ outcome: Gateway.TimedOutcome, identity: [String], resource: String) -> Outcome {
        guard case .finished(let result) = outcome else { return .refused(GatewayAnswer.internalServerError) }
        switch result.outcome {
        case .success(let payload):
            let answer = simpleResponses ? AuthorizerAnswer.simple(payload) : AuthorizerAnswer.policy(payload)
            guard let answer else { return .refused(GatewayAnswer.internalServerError) }
            keep(answer, identity)
            return self.outcome(of: answer, resource)
        case .functionError(let payload):
            return .refused(isUnauthorizedError(payload) ? GatewayAnswer.unauthorized : GatewayAnswer.internalServerError)
        case .refused:
            return .refused(GatewayAnswer.internalServerError)
        }
    }

    private func outcome(of answer: AuthorizerAnswer, _ resource: String) -> Outcome {
        switch answer.decision(for: resource) {
        case .allowed(let context): .allowed(context: context)
        case .denied: .refused(GatewayAnswer.forbidden)
        }
    }

    private func cached(_ identity: [String]) -> AuthorizerAnswer? {
        guard cacheSeconds > 0 else { return nil }
        let now = gateway.clock.now
        return cache.withLock { cache in cache[identity].flatMap { $0.expires > now ? $0.answer : nil } }
    }

    private func keep(_ answer: AuthorizerAnswer, _ identity: [String]) {
        guard cacheSeconds > 0 else { return }
        let now = gateway.clock.now
        cache.withLock { cache in
            if cache.count >= Self.cacheLimit { cache = cache.filter { $0.value.expires > now } }
            if cache.count >= Self.cacheLimit { cache = [:] }
            cache[identity] = Cached(answer: answer, expires: now.addingTimeInterval(Double(cacheSeconds)))
        }
    }
}

/// An authorizer that fails with just this message means 401 ("Output from an API Gateway Lambda authorizer").
func isUnauthorizedError(_ payload: Data) -> Bool {
    struct Failure: Decodable {
        var errorMessage: String?
    }
    return (try? JSONDecoder().decode(Failure.self, from: payload))?.errorMessage == "Unauthorized"  // else just an error
}
