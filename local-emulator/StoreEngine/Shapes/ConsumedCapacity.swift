/// What a request cost, as `ReturnConsumedCapacity` asked to see it; nil members are left out of the answer.
package struct ConsumedCapacity: Sendable, Equatable {
    package var tableName: String
    package var capacityUnits: Double
    /// Given by transactions only.
    package var readCapacityUnits: Double?
    /// Given by transactions only.
    package var writeCapacityUnits: Double?
    /// The table's own part, with `INDEXES`.
    package var table: Double?
    /// Each touched index's part, with `INDEXES`.
    package var globalSecondaryIndexes: [String: Double]?
    package var localSecondaryIndexes: [String: Double]?
    /// The bytes written to each vector index, with `INDEXES`; they are in no total.
    package var vectorIndexes: [String: Double]?
}
