package import AWSClients
package import Foundation
package import LambdaEvents
package import Platform
package import RoostTesting

/// The platform's two tables in an in-process cloud, and stand-ins for what lies outside of it.
package final class TestCloud: Sendable {
    package static let organization = "lincoln-high"
    package static let entities = "entities"
    package static let ephemeral = "ephemeral"

    package let cloud: InProcessCloud
    /// What the handler under test talks to.
    package let wire: TestWire
    package let store: PlatformStore
    package let vault: ContactVault

    package init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_772_359_200))
        self.cloud = cloud
        wire = TestWire(dynamoDB: cloud.transport)
        vault = try ContactVault(secret: String(repeating: "k", count: 64))
        store = PlatformStore(
            client: cloud.dynamoDB, entitiesTable: Self.entities, ephemeralTable: Self.ephemeral, time: TimeSource { cloud.now })
        try await createTables()
        try await store.write(
            .insert(
                Organization(id: Self.organization, name: "Lincoln High", blueprint: "classmates", createdAt: cloud.now).item))
    }

    /// The store as the handler under test has it: over ``wire``, so that calls can be made to fail.
    package var handlerStore: PlatformStore {
        PlatformStore(
            client: DynamoDBClient(transport: wire, retry: .none), entitiesTable: Self.entities, ephemeralTable: Self.ephemeral,
            time: TimeSource { [cloud] in cloud.now })
    }

    package var connections: ConnectionsClient {
        ConnectionsClient(transport: wire, endpoint: "https://abc.execute-api.us-east-1.amazonaws.com/v1", retry: .none)
    }

    /// As `template.yaml` has them.
    private func createTables() async throws {
        let index = { (name: String, partition: String, sort: String) in
            DynamoDB.GlobalSecondaryIndex(
                indexName: name,
                keySchema: [.init(attributeName: partition, keyType: .hash), .init(attributeName: sort, keyType: .range)],
                projection: .init(projectionType: .all))
        }
        let key: [DynamoDB.KeySchemaElement] = [
            .init(attributeName: "pk", keyType: .hash), .init(attributeName: "sk", keyType: .range),
        ]
        let texts = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "due_shard"]
        _ = try await cloud.dynamoDB.createTable(
            .init(
                tableName: Self.entities,
                attributeDefinitions: texts.map { .init(attributeName: $0, attributeType: .string) } + [
                    .init(attributeName: "due_at", attributeType: .number)
                ], keySchema: key,
                globalSecondaryIndexes: [
                    index("gsi1", "gsi1pk", "gsi1sk"), index("gsi2", "gsi2pk", "gsi2sk"), index("due", "due_shard", "due_at"),
                ], billingMode: .payPerRequest))
        _ = try await cloud.dynamoDB.createTable(
            .init(
                tableName: Self.ephemeral,
                attributeDefinitions: ["pk", "sk"].map { .init(attributeName: $0, attributeType: .string) }, keySchema: key,
                billingMode: .payPerRequest))
    }

    /// All items of both tables, as text in a fixed order: equal states have equal texts.
    package func dump() async throws -> [String] {
        var lines: [String] = []
        for table in [Self.entities, Self.ephemeral] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            for item in try await cloud.dynamoDB.scan(.init(tableName: table)).items {
                lines.append(String(decoding: try encoder.encode(item), as: UTF8.self))
            }
        }
        return lines.sorted()
    }

    package func item(_ key: ItemKey, from table: TableRole = .entities) async throws -> Item? {
        try await store.get(key, from: table)
    }
}
