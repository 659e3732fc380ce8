package import DeploymentTemplate
package import EmulatorClock
import Foundation
package import FunctionPool
package import Journal
import LambdaEvents
package import RoostHTTPServer

/// An HTTP API of Amazon API Gateway with Lambda integrations, payload format 2.0.
///
/// A request is dealt with in this order: the size of its headers (431), its stage and route (404, or the answer to a
/// preflight request), the route's authorizer (401, 403, 500), the function (413, 500, 503), its answer.
package final class HTTPAPIFront: Sendable {
    private let gateway: Gateway
    private let api: Deployment.HTTPAPI
    private let routes: RouteTable
    private let functionNames: [String: String]
    private let authorizers: [String: HTTPAPIAuthorizer]
    private let cors: CORSAnswers?

    /// Of the request line and all header values together ("Quotas for configuring and running an HTTP API").
    private static let headerLimitBytes = 10_240
    /// A payload's ("Quotas for configuring and running an HTTP API").
    private static let bodyLimitBytes = 10 * 1024 * 1024

    /// - Throws: what of the API cannot be served, by name.
    package init(
        deployment: Deployment, api: Deployment.HTTPAPI, invoker: any FunctionInvoker, clock: any EmulatorClock, journal: Journal
    ) throws(GatewayError) {
        let gateway = Gateway(deployment: deployment, invoker: invoker, clock: clock, journal: journal)
        var names: [String: String] = [:]
        var authorizers: [String: HTTPAPIAuthorizer] = [:]
        for route in api.routes {
            names[route.functionLogicalID] = try gateway.functionName(route.functionLogicalID)
            guard let name = route.authorizer, authorizers[name] == nil else { continue }
            guard let authorizer = api.authorizers[name] else { throw .unknownAuthorizer(name: name, route: route.key) }
            authorizers[name] = try HTTPAPIAuthorizer(name, authorizer, gateway: gateway)
        }
        self.gateway = gateway
        self.api = api
        self.authorizers = authorizers
        functionNames = names
        routes = RouteTable(api.routes)
        cors = api.cors.map(CORSAnswers.init)
    }

    /// The server that such an API's requests come through: its limits, and the answer at them.
    package static func serverConfiguration(host: String = "127.0.0.1", port: UInt16 = 0) -> HTTPServer.Configuration {
        HTTPServer.Configuration(
            host: host, port: port, maximumBodyBytes: bodyLimitBytes, connectionMemoryBytes: 64 * 1024,
            tooLarge: GatewayAnswer.requestTooLarge)
    }

    /// Answers one request, in the call or later.
    package func handle(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        let requestID = Identifier.make()
        let entry = gateway.journal.record("http", "\(request.method) \(request.path)", details: ["requestId": requestID])
        let started = gateway.clock.now
        let answer: @Sendable (HTTPResponse) -> Void = { [gateway, cors] response in
            var response = cors?.mark(response, for: request) ?? response
            response.headers.set("Apigw-Requestid", requestID)
            guard exchange.respond(response) else { return }
            let milliseconds = Int((gateway.clock.now.timeIntervalSince(started) * 1000).rounded())
            gateway.journal.record("http", "answered \(response.status) after \(milliseconds) ms", cause: entry)
        }
        let facts = RequestFacts(request, at: started)
        guard Self.headerBytes(request) <= Self.headerLimitBytes else { return answer(GatewayAnswer.headersTooLarge) }
        guard let match = match(request, facts) else {
            // Marked as it is made, and `mark` would take its fields for a function's.
            guard var preflight = cors?.preflight(request) else { return answer(GatewayAnswer.notFound) }
            preflight.headers.set("Apigw-Requestid", requestID)
            exchange.respond(preflight)
            return
        }
        let event = event(request, facts, match, requestID: requestID, at: started)
        authorize(request, match.route, event, cause: entry) { [self] outcome in
            switch outcome {
            case .refused(let response): answer(response)
            case .allowed(let context): invoke(match.route, event, context: context, cause: entry, completion: answer)
            }
        }
    }

    private static func headerBytes(_ request: HTTPRequest) -> Int {
        let line = request.method.utf8.count + request.target.utf8.count + request.httpVersion.utf8.count + 2
        return request.headers.fields.reduce(line) { $0 + $1.value.utf8.count }
    }

    /// A stage that is not `$default` is the path's first part, and stays in `rawPath`.
    private func match(_ request: HTTPRequest, _ facts: RequestFacts) -> RouteTable.Match? {
        guard api.stage != "$default" else { return routes.match(method: request.method, path: facts.path) }
        let prefix = "/\(api.stage)"
        guard facts.path == prefix || facts.path.hasPrefix(prefix + "/") else { return nil }
        return routes.match(method: request.method, path: String(facts.path.dropFirst(prefix.count)))
    }

    private func event(
        _ request: HTTPRequest, _ facts: RequestFacts, _ match: RouteTable.Match, requestID: String, at time: Date
    ) -> HTTPAPIEvent {
        let body = EventBody(request.body, contentType: facts.headers["content-type"])
        let http = HTTPAPIEvent.HTTP(
            method: request.method, path: facts.path, protocol: request.httpVersion, sourceIp: request.remoteAddress,
            userAgent: facts.headers["user-agent"] ?? "")
        let context = HTTPAPIEvent.Context(
            accountId: gateway.accountID, apiId: api.id, domainName: gateway.domainName(api.id), domainPrefix: api.id, http: http,
            requestId: requestID, routeKey: match.route.key, stage: api.stage, time: commonLogTime(time),
            timeEpoch: Int64((time.timeIntervalSince1970 * 1000).rounded(.down)))
        return HTTPAPIEvent(
            routeKey: match.route.key, rawPath: facts.path, rawQueryString: request.rawQuery, cookies: facts.cookies,
            headers: facts.headers, queryStringParameters: facts.query, requestContext: context, body: body.text,
            pathParameters: match.parameters.isEmpty ? nil : match.parameters, isBase64Encoded: body.isBase64Encoded)
    }

    private func authorize(
        _ request: HTTPRequest, _ route: Deployment.HTTPRoute, _ event: HTTPAPIEvent, cause: Journal.EntryID,
        completion: @escaping @Sendable (HTTPAPIAuthorizer.Outcome) -> Void
    ) {
        guard let authorizer = route.authorizer.flatMap({ authorizers[$0] }) else { return completion(.allowed(context: .null)) }
        let resource = gateway.arn(api.id, stage: api.stage, resource: request.method + event.rawPath)
        authorizer.authorize(request, event: event, resource: resource, cause: cause, completion: completion)
    }

    private func invoke(
        _ route: Deployment.HTTPRoute, _ event: HTTPAPIEvent, context: JSONValue, cause: Journal.EntryID,
        completion: @escaping @Sendable (HTTPResponse) -> Void
    ) {
        var event = event
        if !context.isNull { event.requestContext.authorizer = .init(lambda: context) }
        guard let name = functionNames[route.functionLogicalID], let payload = try? event.json() else {
            return completion(GatewayAnswer.internalServerError)
        }
        let invocation = InvocationRequest(
            functionName: name, payload: payload, cause: cause, traceID: event.headers["x-amzn-trace-id"])
        gateway.invoke(invocation, timeoutMilliseconds: route.timeoutMilliseconds) { outcome in
            completion(Self.response(to: outcome))
        }
    }

    private static func response(to outcome: Gateway.TimedOutcome) -> HTTPResponse {
        guard case .finished(let result) = outcome else { return GatewayAnswer.serviceUnavailable }
        switch result.outcome {
        case .success(let payload): return IntegrationAnswer.response(to: payload) ?? GatewayAnswer.internalServerError
        case .functionError: return GatewayAnswer.internalServerError
        // The event is over Lambda's 6 MB although the body is within the gateway's 10 MB.
        case .refused(.payloadTooLarge): return GatewayAnswer.requestTooLarge
        case .refused(.throttled), .refused(.shuttingDown): return GatewayAnswer.serviceUnavailable
        case .refused(.unknownFunction): return GatewayAnswer.internalServerError
        }
    }
}
