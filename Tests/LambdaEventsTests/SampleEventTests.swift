import Foundation
import LambdaEvents
import Testing

@Suite("every sample event of a kind that is handled decodes to what its raw JSON says", .enabled(if: SampleEvents.arePresent))
struct SampleEventTests {
    @Test("HTTP API requests, payload 2.0, and function URL requests of the same form")
    func httpAPI() throws {
        let names = try SampleEvents.names { _, document in
            document["rawPath"] != nil && document["routeKey"] != nil && document["routeArn"] == nil
        }
        #expect(names.count == 25)
        for name in names {
            #expect(try differences(HTTPAPIRequest.self, in: SampleEvents.data(name)) == [], "\(name)")
        }
    }

    @Test("HTTP API authorizer requests, payload 2.0")
    func httpAPIAuthorizer() throws {
        let names = try SampleEvents.names { _, document in document["routeArn"] != nil }
        #expect(names.count == 4)
        for name in names {
            #expect(try differences(HTTPAPIAuthorizerRequest.self, in: SampleEvents.data(name)) == [], "\(name)")
        }
    }

    @Test("WebSocket requests")
    func webSocket() throws {
        let names = try SampleEvents.names { _, document in
            (document["requestContext"] as? [String: Any])?["connectionId"] != nil && document["methodArn"] == nil
        }
        #expect(names.count == 6)
        // One sample was made from a REST API's request; these paths are of that shape, or context variables of access logs.
        let foreign =
            ["resource", "path", "httpMethod", "pathParameters"]
            + ["accountId", "resourceId", "resourcePath", "httpMethod", "error", "integrationLatency", "status"]
            .map { "requestContext/" + $0 }
        for name in names {
            let ignored = name == "go--apigw-websocket-request" ? foreign : []
            #expect(try differences(WebSocketRequest.self, in: SampleEvents.data(name), ignoring: ignored) == [], "\(name)")
        }
    }

    @Test("a WebSocket request authorizer's request")
    func webSocketAuthorizer() throws {
        let sample = try SampleEvents.data("rust--apigw-v2-custom-authorizer-websocket-request")
        // Added by the tool that captured it: its context object written into the event.
        let captured = [
            "version", "context", "deadline", "invoked_function_arn", "xray_trace_id", "env_config", "memory", "log_stream",
            "log_group",
        ]
        #expect(try differences(WebSocketAuthorizerRequest.self, in: sample, ignoring: captured) == [])
    }

    @Test("queue batches")
    func sqs() throws {
        let names = try SampleEvents.names { _, document in Self.source(of: document) == "aws:sqs" }
        #expect(names.count == 10)
        for name in names {
            #expect(try differences(SQSEvent.self, in: SampleEvents.data(name)) == [], "\(name)")
        }
    }

    @Test("table stream batches")
    func dynamoDB() throws {
        let names = try SampleEvents.names { _, document in Self.source(of: document) == "aws:dynamodb" }
        #expect(names.count == 5)
        // A tumbling window's fields, which come only to a mapping that asks for windows.
        let window = ["window", "state", "shardId", "eventSourceARN", "isFinalInvokeForWindow", "isWindowTerminatedEarly"]
        for name in names {
            let ignored = name == "go--dynamodb-time-window-event" ? window : []
            #expect(try differences(DynamoDBStreamEvent.self, in: SampleEvents.data(name), ignoring: ignored) == [], "\(name)")
        }
    }

    @Test("EventBridge events, schedules among them")
    func eventBridge() throws {
        let names = try SampleEvents.names { _, document in document["detail-type"] != nil }
        #expect(names.count == 5)
        for name in names {
            // Only on events that an archive replays.
            #expect(try differences(ScheduledEvent.self, in: SampleEvents.data(name), ignoring: ["replay-name"]) == [], "\(name)")
        }
    }

    @Test("answers: partial batch, simple authorizer, policy")
    func answers() throws {
        #expect(try differences(BatchResponse.self, in: SampleEvents.data("rust--sqs-batch-response")) == [])
        let folder = "swift--APIGatewayLambdaAuthorizer-lambdaAuthorizer"
        #expect(try differences(HTTPAPIAuthorizerResponse.self, in: SampleEvents.data(folder + "SimpleResponse")) == [])
        // The sample's effect is the placeholder `Allow|Deny`.
        let policy = try String(decoding: SampleEvents.data(folder + "PolicyResponse"), as: UTF8.self)
            .replacingOccurrences(of: "Allow|Deny", with: "Deny")
        #expect(try differences(IAMPolicyResponse.self, in: Data(policy.utf8)) == [])
    }

    private static func source(of document: [String: Any]) -> String? {
        (document["Records"] as? [[String: Any]])?.first?["eventSource"] as? String
    }
}
