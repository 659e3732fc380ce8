package import AWSClients
package import Foundation
package import LambdaEvents
package import Platform
package import RoostTesting

/// The platform's tables and its delivery queue in an in-process cloud, with a school in it.
package final class TestCloud: Sendable {
    package static let organization = "lincoln-high"
    package static let entities = "entities"
    package static let ephemeral = "ephemeral"

    package let cloud: InProcessCloud
    /// What the handler under test talks to.
    package let wire: TestWire
    package let store: PlatformStore
    package let vault: ContactVault
    package let queueURL: String

    package init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_772_359_200))
        self.cloud = cloud
        wire = TestWire(to: cloud.transport)
        queueURL = try await cloud.makeQueue("delivery")
        vault = try ContactVault(secret: String(repeating: "k", count: 64))
        store = PlatformStore(
            client: cloud.dynamoDB, entitiesTable: Self.entities, ephemeralTable: Self.ephemeral, time: TimeSource { cloud.now })
        try await PlatformTables.create(in: cloud.dynamoDB, entities: Self.entities, ephemeral: Self.ephemeral)
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
