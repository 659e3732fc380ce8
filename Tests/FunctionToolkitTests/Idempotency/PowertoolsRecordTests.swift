import AWSClients
import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import RoostTesting
import Testing

/// Records as Powertools for AWS Lambda (Python) 3.37 puts and updates them, written down from its calls of a DynamoDB client:
/// function `payment`, handler `__main__.handler`, key `o-1`, payload 12.5, SHA-256.
@Suite("Idempotency records of Powertools for Python")
struct PowertoolsRecordTests {
    private static let id = "payment.__main__.handler#00d5c8b71f851bbe47626a189b20fb19c11753e244bb658095c370ba3798f85c"
    private static let validation = "b902cc4550838229a710bfec4c38cbc7eb11082367a409df9135e7f007a96bda"

    private static let inProgress: DynamoDB.Item = [
        "id": .string(id), "expiration": .number("1795274767"), "status": .string("INPROGRESS"),
        "in_progress_expiration": .number("1795271197872"), "validation": .string(validation),
    ]
    private static let completed: DynamoDB.Item = inProgress.merging([
        "status": .string("COMPLETED"),
        "data": .string(#"{"a": [1.5, null, "\u00fc"], "b": 1, "status": "paid"}"#),
    ]) { $1 }

    private let cloud: InProcessCloud
    private let idempotency: Idempotency

    init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_795_271_167.872))
        try await cloud.dynamoDB.createTable(
            .init(
                tableName: "idempotency", attributeDefinitions: [.init(attributeName: "id", attributeType: .string)],
                keySchema: [.init(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
        self.cloud = cloud
        idempotency = Idempotency(
            table: IdempotencyTable("idempotency", client: cloud.dynamoDB), prefix: "payment.__main__.handler", now: { cloud.now }
        )
    }

    private var context: LambdaContext {
        LambdaContext.test(remaining: .seconds(cloud.now.timeIntervalSinceNow + 30))
    }

    private func run(_ amount: Double = 12.5) async throws -> JSONValue {
        try await idempotency.run(key: "o-1", validating: amount, context: context) {
            ["status": "paid", "b": 1, "a": [1.5, nil, "ü"]]
        }
    }

    private func stored() async throws -> DynamoDB.Item? {
        try await cloud.dynamoDB.getItem(.init(tableName: "idempotency", key: ["id": .string(Self.id)])).item
    }

    @Test("an answer that it kept is given")
    func itsAnswer() async throws {
        try await cloud.dynamoDB.putItem(.init(tableName: "idempotency", item: Self.completed))
        #expect(try await run() == ["status": "paid", "b": 1, "a": [1.5, nil, "ü"]])
        await #expect(throws: IdempotencyError.self) { try await run(13) }
    }

    @Test("its work in progress keeps us out")
    func itsWork() async throws {
        try await cloud.dynamoDB.putItem(.init(tableName: "idempotency", item: Self.inProgress))
        let error = await #expect(throws: IdempotencyError.self) { try await run() }
        #expect(error?.errorType == "IdempotencyAlreadyInProgressError")
    }

    @Test("ours is the same record but for the owner, and the answer's blanks and order, in progress and completed")
    func ours() async throws {
        _ = try await idempotency.run(key: "o-1", validating: 12.5, context: context) {
            var item = try #require(try await stored())
            #expect(item.removeValue(forKey: "owner")?.stringValue?.isEmpty == false)
            // The deadline is told to the millisecond by a clock that a test cannot stop.
            let end = item.removeValue(forKey: "in_progress_expiration")?.intValue ?? 0
            #expect(abs(end - 1_795_271_197_872) < 2000)
            #expect(item == Self.inProgress.filter { $0.key != "in_progress_expiration" })
            return 1
        }
        try await cloud.dynamoDB.deleteItem(.init(tableName: "idempotency", key: ["id": .string(Self.id)]))
        _ = try await run()
        var item = try #require(try await stored())
        let data = try #require(item.removeValue(forKey: "data")?.stringValue)
        let theirs = try #require(Self.completed["data"]?.stringValue)
        let documents = try [data, theirs].map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
        #expect(documents[0] == documents[1])
        for name in ["owner", "in_progress_expiration"] { item[name] = nil }
        #expect(item == Self.completed.filter { !["data", "in_progress_expiration"].contains($0.key) })
    }
}
