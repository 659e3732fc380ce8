import APIGateway
import DeploymentTemplate
import EmulatorClock
import Foundation
import FunctionPool
import Journal
import LambdaEvents
import Testing

@Suite struct HTTPAuthorizerTests {
    func api(simple: Bool = true, cacheSeconds: Int = 0, sources: [String] = ["$request.header.Authorization"])
        -> Deployment.HTTPAPI
    {
        let authorizer = Deployment.Authorizer(
            functionLogicalID: "auth", identitySources: sources, cacheSeconds: cacheSeconds, simpleResponses: simple)
        return Deployment.HTTPAPI(
            id: "abcdef123",
            routes: [
                HTTPHarness.route("GET", "/merchants", authorizer: "a"),
                HTTPHarness.route("DELETE", "/merchants", authorizer: "a"),
            ], authorizers: ["a": authorizer])
    }

    static let request = "GET /merchants?x=1 HTTP/1.1\nAuthorization: value"

    /// Answers the authorizer with `answer` and the integration with 200.
    func serving(
        _ api: Deployment.HTTPAPI, authorizer answer: InvocationResult.Outcome?, _ body: (HTTPHarness) throws -> Void
    ) throws {
        try HTTPHarness.serving(api, answer: { name, _ in name == "auth" ? answer : .json(#"{"statusCode":200}"#) }, body)
    }

    @Test("a request without its identity source is 401, and nobody is asked")
    func missingIdentity() throws {
        try serving(api(sources: ["$request.header.Authorization", "$request.querystring.key"]), authorizer: nil) {
            (harness: HTTPHarness) throws in
            for head in [Self.request, "GET /merchants?key=1 HTTP/1.1", "GET /merchants?key= HTTP/1.1\nAuthorization: v"] {
                let answer = try harness.answer(head)
                #expect(answer.statusLine == "HTTP/1.1 401 Unauthorized")
                #expect(answer.body == #"{"message":"Unauthorized"}"#)
            }
            #expect(harness.invoker.waitingEvents == 0)
        }
    }

    @Test("the authorizer's event has the shape of AWS's sample", .enabled(if: Samples.arePresent))
    func event() throws {
        let sample = try Samples.event("powertools--apiGatewayAuthorizerV2Event.json")
        try serving(api(), authorizer: .json(#"{"isAuthorized":true}"#)) { (harness: HTTPHarness) throws in
            _ = try harness.answer(Self.request)
            let event = harness.invoker.nextEvent()
            let absent = shape(sample).subtracting(shape(event)).filter { line in
                ![".headers", ".cookies", ".authentication", "Parameters", ".stageVariables"].contains { line.contains($0) }
            }
            #expect(absent == [])
            let routeArn = "arn:aws:execute-api:eu-central-1:123456789012:abcdef123/$default/GET/merchants"
            #expect(event["routeArn"] == .string(routeArn))
            #expect(event["identitySource"] == ["value"])
            #expect(event["type"] == sample["type"])
            #expect(event["routeKey"] == sample["routeKey"])
            #expect(event["body"] == nil)
        }
    }

    @Test("what a simple answer's context holds reaches the function as it is")
    func simpleContext() throws {
        let answer = #"{"isAuthorized":true,"context":{"user":"u1","roles":["a","b"],"n":1,"nested":{"x":true}}}"#
        try serving(api(), authorizer: .json(answer)) { (harness: HTTPHarness) throws in
            #expect(try harness.answer(Self.request).statusLine == "HTTP/1.1 200 OK")
            _ = harness.invoker.nextEvent()
            let context = harness.invoker.nextEvent()["requestContext"]?["authorizer"]
            #expect(context == ["lambda": ["user": "u1", "roles": ["a", "b"], "n": 1, "nested": ["x": true]]])
        }
    }

    @Test(
        "denials and broken authorizers",
        arguments: [
            (#"{"isAuthorized":false}"#, 403, "Forbidden"), (#"{"isAuthorized":"true"}"#, 500, "Internal Server Error"),
            ("{}", 500, "Internal Server Error"), ("x", 500, "Internal Server Error"),
        ])
    func refusals(answer: String, status: Int, message: String) throws {
        try serving(api(), authorizer: .json(answer)) { (harness: HTTPHarness) throws in
            let answer = try harness.answer(Self.request)
            #expect(answer.statusLine.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.body == #"{"message":"\#(message)"}"#)
        }
    }

    @Test("an authorizer that fails is 500, with the message Unauthorized 401")
    func failures() throws {
        for (payload, status) in [(#"{"errorMessage":"Unauthorized"}"#, 401), (#"{"errorMessage":"x"}"#, 500)] {
            try serving(api(), authorizer: .functionError(payload: Data(payload.utf8))) { (harness: HTTPHarness) throws in
                #expect(try harness.answer(Self.request).statusLine.hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test("an authorizer that takes longer than 10 seconds is 500")
    func timeout() throws {
        try serving(api(), authorizer: nil) { (harness: HTTPHarness) throws in
            let client = try harness.send(Self.request)
            _ = harness.invoker.nextEvent()
            harness.clock.advance(bySeconds: 10)
            #expect(try client.receiveAnswer().statusLine == "HTTP/1.1 500 Internal Server Error")
        }
    }

    @Test("an answer is kept for its time, by identity")
    func cache() throws {
        try serving(api(cacheSeconds: 60), authorizer: .json(#"{"isAuthorized":true}"#)) { (harness: HTTPHarness) throws in
            func asked(_ token: String) throws -> Bool {
                _ = try harness.answer("GET /merchants HTTP/1.1\nAuthorization: \(token)")
                let first = harness.invoker.nextCall()
                if first?.function == "auth" { _ = harness.invoker.nextCall() }
                return first?.function == "auth"
            }
            #expect(try asked("one"))
            #expect(try asked("one") == false)
            #expect(try asked("two"))
            harness.clock.advance(bySeconds: 59)
            #expect(try asked("one") == false)
            harness.clock.advance(bySeconds: 1)
            #expect(try asked("one"))
        }
    }

    @Test("a cached policy is evaluated for each route, and an explicit deny wins")
    func policies() throws {
        let policy = """
            {"principalId":"p","policyDocument":{"Version":"2012-10-17","Statement":[
              {"Action":"execute-api:Invoke","Effect":"Allow","Resource":"arn:aws:execute-api:*:*:abcdef123/*"},
              {"Action":["execute-api:*"],"Effect":"Deny","Resource":["arn:aws:execute-api:*:*:*/*/DELETE/*"]}]},
             "context":{"tier":"gold"}}
            """
        try serving(api(simple: false, cacheSeconds: 60), authorizer: .json(policy)) { (harness: HTTPHarness) throws in
            #expect(try harness.answer(Self.request).statusLine == "HTTP/1.1 200 OK")
            _ = harness.invoker.nextEvent()
            let context = harness.invoker.nextEvent()["requestContext"]?["authorizer"]?["lambda"]
            #expect(context == ["principalId": "p", "tier": "gold"])
            let denied = try harness.answer("DELETE /merchants HTTP/1.1\nAuthorization: value")
            #expect(denied.statusLine == "HTTP/1.1 403 Forbidden")
            #expect(harness.invoker.waitingEvents == 0)
        }
    }

    @Test("what an authorizer cannot be is refused by name")
    func unsupported() {
        func front(_ api: Deployment.HTTPAPI) throws {
            var deployment = Deployment(region: "r", accountID: "1")
            deployment.functions = HTTPHarness.functions
            let clock = ManualClock()
            let invoker = StandInInvoker { _, _ in nil }
            _ = try HTTPAPIFront(
                deployment: deployment, api: api, invoker: invoker, clock: clock, journal: Journal(clock: clock))
        }
        var old = api()
        old.authorizers["a"]?.payloadFormatVersion = "1.0"
        #expect(throws: GatewayError.unsupportedAuthorizerPayload(name: "a", version: "1.0")) { try front(old) }
        #expect(throws: GatewayError.unsupportedIdentitySource("$context.routeKey")) {
            try front(api(sources: ["$context.routeKey"]))
        }
        var unnamed = api()
        unnamed.authorizers = [:]
        #expect(throws: GatewayError.unknownAuthorizer(name: "a", route: "GET /merchants")) { try front(unnamed) }
    }
}
