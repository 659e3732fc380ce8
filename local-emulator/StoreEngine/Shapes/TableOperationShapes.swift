package struct CreateTableInput: Sendable {
    package var tableName: String
    package var attributeDefinitions: [AttributeDefinition]
    package var keySchema: [KeySchemaElement]
    package var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    package var localSecondaryIndexes: [LocalSecondaryIndex]?
    package var vectorIndexes: [VectorIndex]?
    package var billingMode: BillingMode?
    package var provisionedThroughput: ProvisionedThroughput?
    package var streamSpecification: StreamSpecification?
    package var deletionProtectionEnabled: Bool?
    package var sseSpecification: SSESpecification?
    package var tags: [Tag]?
    package var tableClass: TableClass?
    package var onDemandThroughput: OnDemandThroughput?
    package var warmThroughput: WarmThroughput?
    /// The text of the table's resource-based policy.
    package var resourcePolicy: String?

    package init(
        tableName: String, attributeDefinitions: [AttributeDefinition], keySchema: [KeySchemaElement],
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil, localSecondaryIndexes: [LocalSecondaryIndex]? = nil,
        billingMode: BillingMode? = nil, provisionedThroughput: ProvisionedThroughput? = nil,
        streamSpecification: StreamSpecification? = nil, deletionProtectionEnabled: Bool? = nil,
        sseSpecification: SSESpecification? = nil, tags: [Tag]? = nil, tableClass: TableClass? = nil,
        onDemandThroughput: OnDemandThroughput? = nil, warmThroughput: WarmThroughput? = nil,
        resourcePolicy: String? = nil, vectorIndexes: [VectorIndex]? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.localSecondaryIndexes = localSecondaryIndexes
        self.vectorIndexes = vectorIndexes
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.streamSpecification = streamSpecification
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.sseSpecification = sseSpecification
        self.tags = tags
        self.tableClass = tableClass
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
        self.resourcePolicy = resourcePolicy
    }
}

package struct CreateTableOutput: Sendable {
    package var tableDescription: TableDescription
}

package struct DescribeTableInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String

    package init(tableName: String) {
        self.tableName = tableName
    }
}

package struct DescribeTableOutput: Sendable {
    package var table: TableDescription
}

package struct ListTablesInput: Sendable {
    package var exclusiveStartTableName: String?
    package var limit: Int?

    package init(exclusiveStartTableName: String? = nil, limit: Int? = nil) {
        self.exclusiveStartTableName = exclusiveStartTableName
        self.limit = limit
    }
}

package struct ListTablesOutput: Sendable {
    package var tableNames: [String]
    package var lastEvaluatedTableName: String? = nil
}

package struct DeleteTableInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String

    package init(tableName: String) {
        self.tableName = tableName
    }
}

package struct DeleteTableOutput: Sendable {
    package var tableDescription: TableDescription
}
