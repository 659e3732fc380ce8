import DynamoDBEndpoint
import EmulatorClock
import Foundation
import StoreEngine

/// An endpoint over a store in memory, asked with literal wire text.
struct EndpointFixture {
    let store: StoreEngine
    let endpoint: DynamoDBEndpoint
    let clock = ManualClock()

    init() throws {
        store = try StoreEngine(location: .inMemory, clock: clock)
        endpoint = DynamoDBEndpoint(store: store)
    }

    /// With a table `t` whose partition key is `pk`, a string.
    static func withTable(stream: Bool = false) async throws -> EndpointFixture {
        let fixture = try EndpointFixture()
        let specification =
            stream ? #", "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"}"# : ""
        _ = await fixture.send(
            "CreateTable",
            """
            {"TableName": "tab", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}]\(specification)}
            """)
        return fixture
    }

    func reply(_ target: String, _ body: Data) async -> DynamoDBReply {
        await withCheckedContinuation { continuation in
            endpoint.handle(target: target, body: Array(body)) { continuation.resume(returning: $0) }
        }
    }

    /// The answer's text.
    func send(_ operation: String, _ body: String) async -> String {
        let reply = await reply("DynamoDB_20120810.\(operation)", Data(body.utf8))
        return String(decoding: reply.body, as: UTF8.self)
    }

    func sendToStreams(_ operation: String, _ body: String) async -> String {
        let reply = await reply("DynamoDBStreams_20120810.\(operation)", Data(body.utf8))
        return String(decoding: reply.body, as: UTF8.self)
    }

    /// The text of a ValidationException's answer.
    static func validation(_ message: String) -> String {
        let escaped = message.replacingOccurrences(of: "\"", with: "\\\"")
        return #"{"__type":"com.amazon.coral.validate#ValidationException","message":"\#(escaped)"}"#
    }
}
