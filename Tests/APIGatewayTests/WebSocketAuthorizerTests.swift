import DeploymentTemplate
import Foundation
import FunctionPool
import LambdaEvents
import Testing

@Suite struct WebSocketAuthorizerTests {
    static func policy(_ effect: String, context: String = "{}") -> InvocationResult.Outcome {
        .json(
            """
            {"principalId":"u1","policyDocument":{"Version":"2012-10-17","Statement":[
              {"Action":"execute-api:Invoke","Effect":"\(effect)","Resource":"*"}]},"context":\(context)}
            """)
    }

    func serving(
        _ api: Deployment.WebSocketAPI, authorizer answer: InvocationResult.Outcome, _ body: (WebSocketHarness) throws -> Void
    ) throws {
        try WebSocketHarness.serving(api, answer: { name, _ in name == "auth" ? answer : WebSocketHarness.ok }, body)
    }

    @Test("its event has the shape of the sample", .enabled(if: Samples.arePresent))
    func event() throws {
        let sample = try Samples.event("rust--apigw-v2-custom-authorizer-websocket-request.json")
        try serving(WebSocketHarness.withAuthorizer(), authorizer: Self.policy("Allow")) { (harness: WebSocketHarness) throws in
            _ = try harness.open("User-Agent: agent\r\n", query: "?parameter1=value1")
            let event = harness.invoker.nextEvent()
            // What the sample's own runtime put beside the event, and its headers' and parameters' names.
            let foreign = [
                ".version", ".context", ".deadline", ".invoked_function_arn", ".xray", ".client_context", ".identity null",
                ".env_config", ".memory", ".log_", "eaders.Header", "Parameters.parameter", "eaders.Header",
            ]
            let absent = shape(sample).subtracting(shape(event)).filter { line in !foreign.contains { line.contains($0) } }
            #expect(absent == [])
            #expect(event["methodArn"] == "arn:aws:execute-api:eu-central-1:123456789012:id/dev/$connect")
            #expect(event["type"] == sample["type"])
        }
    }

    @Test("its context is with every later event, as text")
    func context() throws {
        let context = #"{"user":"u1","n":7,"flag":true,"nothing":null}"#
        try serving(WebSocketHarness.withAuthorizer(), authorizer: Self.policy("Allow", context: context)) {
            (harness: WebSocketHarness) throws in
            let client = try harness.open()
            #expect(client.answer.statusLine.hasPrefix("HTTP/1.1 101 "))
            _ = harness.invoker.nextEvent()
            let expected: JSONValue = ["principalId": "u1", "user": "u1", "n": "7", "flag": "true"]
            #expect(harness.invoker.nextEvent()["requestContext"]?["authorizer"] == expected)
            try client.send("{}")
            #expect(harness.invoker.nextEvent()["requestContext"]?["authorizer"] == expected)
            try client.send(8, [])
            #expect(harness.invoker.nextEvent()["requestContext"]?["authorizer"] == expected)
        }
    }

    @Test("a denial is 403, a failure 500 or 401, an answer that is none 500, and $connect is not asked")
    func refusals() throws {
        let cases: [(InvocationResult.Outcome, Int)] = [
            (Self.policy("Deny"), 403), (.json(#"{"isAuthorized":true}"#), 500), (.json("x"), 500),
            (Self.policy("Allow", context: #"{"a":[1]}"#), 500),
            (.functionError(payload: Data(#"{"errorMessage":"Unauthorized"}"#.utf8)), 401),
            (.functionError(payload: Data("{}".utf8)), 500),
        ]
        for (outcome, status) in cases {
            try serving(WebSocketHarness.withAuthorizer(), authorizer: outcome) { (harness: WebSocketHarness) throws in
                #expect(try harness.open().answer.statusLine.hasPrefix("HTTP/1.1 \(status) "))
                _ = harness.invoker.nextEvent()
                #expect(harness.invoker.waitingEvents == 0)
            }
        }
    }

    @Test("without its identity source a client is 401, and nobody is asked")
    func identity() throws {
        let api = WebSocketHarness.withAuthorizer(["route.request.querystring.token"])
        try serving(api, authorizer: Self.policy("Allow")) { (harness: WebSocketHarness) throws in
            #expect(try harness.open().answer.statusLine.hasPrefix("HTTP/1.1 401 "))
            #expect(harness.invoker.waitingEvents == 0)
            #expect(try harness.open(query: "?token=1").answer.statusLine.hasPrefix("HTTP/1.1 101 "))
        }
    }
}
