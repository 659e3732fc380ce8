import StoreEngine

// Parameters that CreateTable and UpdateTable share, read in the order in which the service tells violations.

extension RequestReader {
    /// The table operations' `TableName`, a name or an ARN: without it, the service looks at nothing else.
    func tableOperationName() throws(Refusal) -> String {
        guard let name = try string("TableName") else {
            throw .validation("The parameter 'TableName' is required but was not present in the request")
        }
        return name
    }

    func attributeDefinitions() throws(Refusal) -> [AttributeDefinition]? {
        guard let readers = try structures("AttributeDefinitions", of: "AttributeDefinition") else { return nil }
        return try Self.definitions(readers)
    }

    func requiredAttributeDefinitions() throws(Refusal) -> [AttributeDefinition] {
        try Self.definitions(try requiredStructures("AttributeDefinitions", of: "AttributeDefinition"))
    }

    private static func definitions(_ readers: [RequestReader]) throws(Refusal) -> [AttributeDefinition] {
        var definitions: [AttributeDefinition] = []
        for definition in readers {
            definitions.append(
                AttributeDefinition(
                    attributeName: try definition.requiredString("AttributeName"),
                    attributeType: try definition.requiredOption(
                        "AttributeType", order: "B, N, S", standIn: ScalarAttributeType.string)))
        }
        return definitions
    }

    func keySchema() throws(Refusal) -> [KeySchemaElement] {
        var schema: [KeySchemaElement] = []
        for element in try requiredStructures("KeySchema", of: "KeySchemaElement") {
            schema.append(
                KeySchemaElement(
                    attributeName: try element.requiredString("AttributeName"),
                    keyType: try element.requiredOption("KeyType", order: "HASH, RANGE", standIn: KeyType.hash)))
        }
        return schema
    }

    /// An element of `GlobalSecondaryIndexes`, or the `Create` of an index update.
    func globalSecondaryIndex() throws(Refusal) -> GlobalSecondaryIndex {
        let projection = try projection()
        let name = try requiredString("IndexName")
        let throughput = try provisionedThroughput()
        return GlobalSecondaryIndex(
            indexName: name, keySchema: try keySchema(), projection: projection, provisionedThroughput: throughput,
            onDemandThroughput: try onDemandThroughput(), warmThroughput: try warmThroughput())
    }

    func localSecondaryIndex() throws(Refusal) -> LocalSecondaryIndex {
        let projection = try projection()
        let name = try requiredString("IndexName")
        return LocalSecondaryIndex(indexName: name, keySchema: try keySchema(), projection: projection)
    }

    func projection() throws(Refusal) -> Projection {
        let projection = try requiredStructure("Projection")
        return Projection(
            projectionType: try projection?.option("ProjectionType", order: "ALL, INCLUDE, KEYS_ONLY"),
            nonKeyAttributes: try projection?.strings("NonKeyAttributes"))
    }

    func billingMode() throws(Refusal) -> BillingMode? {
        try option("BillingMode", order: "PROVISIONED, PAY_PER_REQUEST")
    }

    func provisionedThroughput(_ name: String = "ProvisionedThroughput") throws(Refusal) -> ProvisionedThroughput? {
        guard let throughput = try structure(name, "ProvisionedThroughput") else { return nil }
        let write = try throughput.requiredLong("WriteCapacityUnits")
        return ProvisionedThroughput(
            readCapacityUnits: try throughput.requiredLong("ReadCapacityUnits"), writeCapacityUnits: write)
    }

    func onDemandThroughput(_ name: String = "OnDemandThroughput") throws(Refusal) -> OnDemandThroughput? {
        guard let throughput = try structure(name, "OnDemandThroughput") else { return nil }
        return OnDemandThroughput(
            maxReadRequestUnits: try throughput.long("MaxReadRequestUnits"),
            maxWriteRequestUnits: try throughput.long("MaxWriteRequestUnits"))
    }

    func warmThroughput() throws(Refusal) -> WarmThroughput? {
        guard let throughput = try structure("WarmThroughput") else { return nil }
        return WarmThroughput(
            readUnitsPerSecond: try throughput.long("ReadUnitsPerSecond"),
            writeUnitsPerSecond: try throughput.long("WriteUnitsPerSecond"))
    }

    func streamSpecification() throws(Refusal) -> StreamSpecification? {
        guard let specification = try structure("StreamSpecification") else { return nil }
        return StreamSpecification(
            streamEnabled: try specification.requiredBool("StreamEnabled"),
            streamViewType: try specification.option(
                "StreamViewType", order: "NEW_AND_OLD_IMAGES, OLD_IMAGE, NEW_IMAGE, KEYS_ONLY"))
    }

    func sseSpecification(_ name: String = "SSESpecification") throws(Refusal) -> SSESpecification? {
        guard let specification = try structure(name, "SSESpecification") else { return nil }
        return SSESpecification(
            enabled: try specification.bool("Enabled"), sseType: try specification.option("SSEType", order: "AES256, KMS"),
            kmsMasterKeyId: try specification.string("KMSMasterKeyId"))
    }

    func tags() throws(Refusal) -> [Tag]? {
        guard let readers = try structures("Tags", of: "Tag") else { return nil }
        var tags: [Tag] = []
        for tag in readers { tags.append(Tag(key: try tag.requiredString("Key"), value: try tag.requiredString("Value"))) }
        return tags
    }

    /// The one option that is not refused with the others: to be read after `check`.
    func tableClass() throws(Refusal) -> TableClass? {
        guard let text = try string("TableClass") else { return nil }
        guard let tableClass = TableClass(rawValue: text) else {
            throw .validation(
                "Invalid table-class parameter provided. Please try again with a valid table-class value: "
                    + "[STANDARD, STANDARD_INFREQUENT_ACCESS].")
        }
        return tableClass
    }

    private func long(_ name: String) throws(Refusal) -> Int? { try integer(name) }
}
