/// What is kept of a table in the file, as JSON in the `tables` row: all that CreateTable and UpdateTimeToLive said.
struct TableDefinition: Sendable, Codable {
    var name: String
    /// The service's `TableId`, a UUID: a table made again under the same name is another table.
    var tableID: String
    var createdSeconds: Double
    var attributeDefinitions: [AttributeDefinition]
    var keySchema: [KeySchemaElement]
    var globalSecondaryIndexes: [GlobalSecondaryIndex]
    var billingMode: BillingMode
    var provisionedThroughput: ProvisionedThroughput?
    var streamSpecification: StreamSpecification?
    var deletionProtectionEnabled: Bool
    /// Set while TTL is on.
    var timeToLiveAttribute: String?

    func type(of attribute: String) -> ScalarAttributeType? {
        attributeDefinitions.first { $0.attributeName == attribute }?.attributeType
    }
}
