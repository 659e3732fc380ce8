import StoreEngine

enum CreateTable: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = CreateTableInput(
            tableName: try request.requiredString("TableName"), attributeDefinitions: try definitions(request),
            keySchema: try keySchema(request), globalSecondaryIndexes: try indexes(request),
            billingMode: try request.option("BillingMode", order: "PROVISIONED, PAY_PER_REQUEST"),
            provisionedThroughput: try throughput(request), streamSpecification: try streamSpecification(request),
            deletionProtectionEnabled: try request.bool("DeletionProtectionEnabled"))
        try request.refuse(
            "LocalSecondaryIndexes", "SSESpecification", "Tags", "TableClass", "WarmThroughput", "ResourcePolicy",
            "OnDemandThroughput", "GlobalTableSourceArn", "GlobalTableSettingsReplicationMode")
        try request.check()
        store.createTable(
            input,
            completion: answering(completion) { (output: CreateTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }

    private static func definitions(_ request: RequestReader) throws(Refusal) -> [AttributeDefinition] {
        var definitions: [AttributeDefinition] = []
        for definition in try request.requiredStructures("AttributeDefinitions", of: "AttributeDefinition") {
            definitions.append(
                AttributeDefinition(
                    attributeName: try definition.requiredString("AttributeName"),
                    attributeType: try definition.requiredOption(
                        "AttributeType", order: "B, N, S", standIn: ScalarAttributeType.string)))
        }
        return definitions
    }

    private static func keySchema(_ reader: RequestReader) throws(Refusal) -> [KeySchemaElement] {
        var schema: [KeySchemaElement] = []
        for element in try reader.requiredStructures("KeySchema", of: "KeySchemaElement") {
            schema.append(
                KeySchemaElement(
                    attributeName: try element.requiredString("AttributeName"),
                    keyType: try element.requiredOption("KeyType", order: "HASH, RANGE", standIn: KeyType.hash)))
        }
        return schema
    }

    private static func indexes(_ request: RequestReader) throws(Refusal) -> [GlobalSecondaryIndex]? {
        guard let readers = try request.structures("GlobalSecondaryIndexes", of: "GlobalSecondaryIndex") else { return nil }
        var indexes: [GlobalSecondaryIndex] = []
        for index in readers {
            try index.refuse("OnDemandThroughput", "WarmThroughput")
            indexes.append(
                GlobalSecondaryIndex(
                    indexName: try index.requiredString("IndexName"), keySchema: try keySchema(index),
                    projection: try projection(index), provisionedThroughput: try throughput(index)))
        }
        return indexes
    }

    private static func projection(_ index: RequestReader) throws(Refusal) -> Projection {
        let projection = try index.requiredStructure("Projection")
        return Projection(
            projectionType: try projection?.option("ProjectionType", order: "ALL, INCLUDE, KEYS_ONLY"),
            nonKeyAttributes: try projection?.strings("NonKeyAttributes"))
    }

    private static func throughput(_ reader: RequestReader) throws(Refusal) -> ProvisionedThroughput? {
        guard let throughput = try reader.structure("ProvisionedThroughput") else { return nil }
        return ProvisionedThroughput(
            readCapacityUnits: try throughput.requiredLong("ReadCapacityUnits"),
            writeCapacityUnits: try throughput.requiredLong("WriteCapacityUnits"))
    }

    private static func streamSpecification(_ request: RequestReader) throws(Refusal) -> StreamSpecification? {
        guard let specification = try request.structure("StreamSpecification") else { return nil }
        return StreamSpecification(
            streamEnabled: try specification.requiredBool("StreamEnabled"),
            streamViewType: try specification.option(
                "StreamViewType", order: "NEW_AND_OLD_IMAGES, OLD_IMAGE, NEW_IMAGE, KEYS_ONLY"))
    }
}
