package struct CreateTableInput: Sendable {
    package var tableName: String
    package var attributeDefinitions: [AttributeDefinition]
    package var keySchema: [KeySchemaElement]
    package var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    package var billingMode: BillingMode?
    package var provisionedThroughput: ProvisionedThroughput?
    package var streamSpecification: StreamSpecification?
    package var deletionProtectionEnabled: Bool?

    package init(
        tableName: String, attributeDefinitions: [AttributeDefinition], keySchema: [KeySchemaElement],
        globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil, billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil, streamSpecification: StreamSpecification? = nil,
        deletionProtectionEnabled: Bool? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.keySchema = keySchema
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.streamSpecification = streamSpecification
        self.deletionProtectionEnabled = deletionProtectionEnabled
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
