package struct UpdateTableInput: Sendable {
    /// One element of `GlobalSecondaryIndexUpdates`, which is to have one of its three members.
    package struct IndexUpdate: Sendable {
        package struct Update: Sendable {
            package var indexName: String
            package var provisionedThroughput: ProvisionedThroughput?
            package var onDemandThroughput: OnDemandThroughput?
            package var warmThroughput: WarmThroughput?

            package init(
                indexName: String, provisionedThroughput: ProvisionedThroughput? = nil,
                onDemandThroughput: OnDemandThroughput? = nil, warmThroughput: WarmThroughput? = nil
            ) {
                self.indexName = indexName
                self.provisionedThroughput = provisionedThroughput
                self.onDemandThroughput = onDemandThroughput
                self.warmThroughput = warmThroughput
            }
        }

        package var update: Update?
        package var create: GlobalSecondaryIndex?
        /// The name of the index to delete.
        package var delete: String?

        package init(update: Update? = nil, create: GlobalSecondaryIndex? = nil, delete: String? = nil) {
            self.update = update
            self.create = create
            self.delete = delete
        }
    }

    /// One element of `VectorIndexUpdates`, which is to have one of its two members.
    package struct VectorIndexUpdate: Sendable {
        package var create: VectorIndex?
        /// The name of the index to delete.
        package var delete: String?

        package init(create: VectorIndex? = nil, delete: String? = nil) {
            self.create = create
            self.delete = delete
        }
    }

    /// The table's name or its ARN.
    package var tableName: String
    package var attributeDefinitions: [AttributeDefinition]?
    package var billingMode: BillingMode?
    package var provisionedThroughput: ProvisionedThroughput?
    package var globalSecondaryIndexUpdates: [IndexUpdate]?
    package var vectorIndexUpdates: [VectorIndexUpdate]?
    package var streamSpecification: StreamSpecification?
    package var sseSpecification: SSESpecification?
    package var tableClass: TableClass?
    package var deletionProtectionEnabled: Bool?
    package var onDemandThroughput: OnDemandThroughput?
    package var warmThroughput: WarmThroughput?

    package init(
        tableName: String, attributeDefinitions: [AttributeDefinition]? = nil, billingMode: BillingMode? = nil,
        provisionedThroughput: ProvisionedThroughput? = nil, globalSecondaryIndexUpdates: [IndexUpdate]? = nil,
        streamSpecification: StreamSpecification? = nil, sseSpecification: SSESpecification? = nil,
        tableClass: TableClass? = nil, deletionProtectionEnabled: Bool? = nil,
        onDemandThroughput: OnDemandThroughput? = nil, warmThroughput: WarmThroughput? = nil,
        vectorIndexUpdates: [VectorIndexUpdate]? = nil
    ) {
        self.tableName = tableName
        self.attributeDefinitions = attributeDefinitions
        self.billingMode = billingMode
        self.provisionedThroughput = provisionedThroughput
        self.globalSecondaryIndexUpdates = globalSecondaryIndexUpdates
        self.vectorIndexUpdates = vectorIndexUpdates
        self.streamSpecification = streamSpecification
        self.sseSpecification = sseSpecification
        self.tableClass = tableClass
        self.deletionProtectionEnabled = deletionProtectionEnabled
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }
}

package struct UpdateTableOutput: Sendable {
    package var tableDescription: TableDescription
}
