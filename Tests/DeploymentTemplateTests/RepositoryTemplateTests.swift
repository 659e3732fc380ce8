import DeploymentTemplate
import Foundation
import Testing

/// The template that is deployed is the one that the emulator runs.
@Suite("template.yaml of this repository")
struct RepositoryTemplateTests {
    private func deployment() throws -> Deployment {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try Deployment.load(path: root.appendingPathComponent("template.yaml").path)
    }

    @Test("it has the five functions, by the names of their products")
    func functions() throws {
        let deployment = try deployment()
        #expect(
            Set(deployment.functions.map(\.handler)) == ["auth", "api", "websocket-connect", "routing", "stream-processor"])
        #expect(deployment.functions.allSatisfy { $0.environment["ENTITIES_TABLE"] == "roost-entities" })
        let routing = try #require(deployment.functions.first { $0.handler == "routing" })
        #expect(routing.environment["WHATSAPP_BASE_URL"] == "http://127.0.0.1:4566/whatsapp")
        #expect(routing.environment["DELIVERY_QUEUE_URL"] == "http://127.0.0.1:4566/000000000000/roost-delivery")
    }

    @Test("its event sources lead from the stream, the queue and the schedule to their functions")
    func eventSources() throws {
        let deployment = try deployment()
        let stream = try #require(deployment.streamSources.first)
        #expect(stream.functionLogicalID == "StreamProcessorFunction")
        #expect(stream.tableName == "roost-entities")
        #expect(stream.reportsBatchItemFailures)
        #expect(stream.onFailureQueueName == "roost-stream-failures")
        #expect(deployment.queueSources.map(\.queueName) == ["roost-delivery"])
        #expect(deployment.schedules.map(\.expression) == ["rate(1 minute)"])
    }

    @Test("its APIs ask the auth function, and the WebSocket API takes the three special routes")
    func apis() throws {
        let deployment = try deployment()
        let http = try #require(deployment.httpAPI)
        #expect(http.authorizers["TokenAuthorizer"]?.functionLogicalID == "AuthFunction")
        #expect(http.routes.first { $0.key == "GET /api/{proxy+}" }?.authorizer == "TokenAuthorizer")
        #expect(http.routes.first { $0.key == "GET /health" }?.authorizer == nil)
        let socket = try #require(deployment.webSocketAPI)
        #expect(socket.routes.keys.contains("$connect"))
        #expect(socket.authorizer?.functionLogicalID == "AuthFunction")
        #expect(deployment.outputs["WebSocketUrl"] == "wss://\(socket.id).execute-api.us-east-1.amazonaws.com/v1")
    }
}
