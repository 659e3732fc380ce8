package import AWSClients

/// The two tables as CreateTable makes them: for tests, and for a DynamoDB-compatible cluster that no template deploys to.
///
/// `template.yaml` says the same for the cloud and for the emulator.
package enum PlatformTables {
    package static func create(in client: DynamoDBClient, entities: String, ephemeral: String) async throws {
        _ = try await client.createTable(
            .init(
                tableName: entities,
                attributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk", "due_shard"].map {
                    .init(attributeName: $0, attributeType: .string)
                } + [.init(attributeName: "due_at", attributeType: .number)],
                keySchema: key("pk", "sk"),
                globalSecondaryIndexes: [
                    index("gsi1", "gsi1pk", "gsi1sk"), index("gsi2", "gsi2pk", "gsi2sk"), index("due", "due_shard", "due_at"),
                ],
                streamSpecification: .init(streamEnabled: true, streamViewType: .newAndOldImages)))
        _ = try await client.createTable(
            .init(
                tableName: ephemeral,
                attributeDefinitions: ["pk", "sk"].map { .init(attributeName: $0, attributeType: .string) },
                keySchema: key("pk", "sk")))
        _ = try await client.updateTimeToLive(
            .init(tableName: ephemeral, timeToLiveSpecification: .init(attributeName: "expires_at", enabled: true)))
    }

    private static func key(_ partition: String, _ sort: String) -> [DynamoDB.KeySchemaElement] {
        [.init(attributeName: partition, keyType: .hash), .init(attributeName: sort, keyType: .range)]
    }

    private static func index(_ name: String, _ partition: String, _ sort: String) -> DynamoDB.GlobalSecondaryIndex {
        .init(indexName: name, keySchema: key(partition, sort), projection: .init(projectionType: .all))
    }
}
