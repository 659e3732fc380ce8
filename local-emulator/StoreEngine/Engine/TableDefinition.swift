internal import LambdaEvents

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

    // What follows came with the second version of the schema and is missing in older files.

    var localSecondaryIndexes: [LocalSecondaryIndex]?
    var vectorIndexes: [VectorIndex]?
    /// The number in the name of each index's SQL table, by the index's name; never used again within the table.
    var indexNumbers: [String: Int]?
    /// More than any number that an index has had.
    var nextIndexNumber: Int?
    /// The indexes that UpdateTable added and whose entries are still being made of the items that were there before.
    var backfillingIndexes: Set<String>?
    /// When UpdateTable last set the billing mode to PAY_PER_REQUEST; a table made so has the time of its making.
    var onDemandSinceSeconds: Double?
    var throughputChange: ThroughputChange?
    /// By the name of the global index.
    var indexThroughputChanges: [String: ThroughputChange]?
    var tableClass: TableClass?
    var tableClassChangedSeconds: Double?
    var sse: SSESpecification?
    var onDemandThroughput: OnDemandThroughput?
    var warmThroughput: WarmThroughput?
    var tags: [Tag]?
    /// When UpdateTimeToLive last changed something.
    var timeToLiveChangedSeconds: Double?
    var resourcePolicy: ResourcePolicyDocument?
    /// The policies of the table's streams, by their ARN.
    var streamPolicies: [String: ResourcePolicyDocument]?

    /// Set while point-in-time recovery is on.
    var pointInTimeRecovery: PointInTimeRecovery?
    /// The backups and restores in work that need the table's change log; nil for none.
    var changeLogUsers: Int?
    /// By index, and under the empty text for the table itself.
    var contributorInsights: [String: ContributorInsightsSetting]?
    /// How the table came to be, if it was restored.
    var restore: TableRestore?

    func type(of attribute: String) -> ScalarAttributeType? {
        attributeDefinitions.first { $0.attributeName.hasSameBytes(as: attribute) }?.attributeType
    }

    /// The number in the name of an index's SQL table: in files without ``indexNumbers``, its place among the global ones.
    func storageNumber(ofIndex name: String) -> Int? {
        indexNumbers?[name] ?? globalSecondaryIndexes.firstIndex { $0.indexName == name }
    }

    /// Gives each index of a new table its number: the global ones first, then the local ones, then the vector ones.
    mutating func numberIndexes() {
        let names =
            globalSecondaryIndexes.map(\.indexName) + (localSecondaryIndexes ?? []).map(\.indexName)
            + (vectorIndexes ?? []).map(\.indexName)
        indexNumbers = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
        nextIndexNumber = names.count
    }

    /// The number for an index that is added to the table.
    mutating func numberIndex(_ name: String) {
        var numbers = indexNumbers ?? [:]
        if indexNumbers == nil {
            for (number, index) in globalSecondaryIndexes.enumerated() { numbers[index.indexName] = number }
        }
        let next = max(nextIndexNumber ?? 0, (numbers.values.max() ?? -1) + 1)
        numbers[name] = next
        nextIndexNumber = next + 1
        indexNumbers = numbers
    }

    func isBackfilling(_ index: String) -> Bool { backfillingIndexes?.contains(index) ?? false }
}

/// When the provisioned throughput was last changed, as DescribeTable tells.
struct ThroughputChange: Sendable, Codable {
    var increasedSeconds: Double?
    var decreasedSeconds: Double?
    /// How often it was decreased on the UTC day of ``decreasedSeconds``.
    var decreasesThatDay = 0

    /// - Parameters:
    ///   - old: nil for on-demand capacity, which counts as nothing.
    ///   - new: the same.
    mutating func note(from old: ProvisionedThroughput?, to new: ProvisionedThroughput?, at seconds: Double) {
        if Self.isIncrease(from: old, to: new) { increasedSeconds = seconds }
        if Self.isDecrease(from: old, to: new) {
            decreasesThatDay = decreases(onDayOf: seconds) + 1
            decreasedSeconds = seconds
        }
    }

    private static func isIncrease(from old: ProvisionedThroughput?, to new: ProvisionedThroughput?) -> Bool {
        (new?.readCapacityUnits ?? 0) > (old?.readCapacityUnits ?? 0)
            || (new?.writeCapacityUnits ?? 0) > (old?.writeCapacityUnits ?? 0)
    }

    /// Whether one of the two figures goes down. Both together are one decrease.
    static func isDecrease(from old: ProvisionedThroughput?, to new: ProvisionedThroughput?) -> Bool {
        isIncrease(from: new, to: old)
    }

    func decreases(onDayOf seconds: Double) -> Int {
        guard let decreasedSeconds, (decreasedSeconds / 86400).rounded(.down) == (seconds / 86400).rounded(.down) else {
            return 0
        }
        return decreasesThatDay
    }
}

/// A resource-based policy as it was given, and the revision that PutResourcePolicy counts by.
struct ResourcePolicyDocument: Sendable, Codable, Hashable {
    var text: String
    var revisionID: String
}
