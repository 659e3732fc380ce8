import LambdaEvents
import StoreEngine

// Parameters that many operations have, each with the texts of its message in the service's order.

extension RequestReader {
    func returnConsumedCapacity() throws(Refusal) -> ReturnConsumedCapacity {
        try option("ReturnConsumedCapacity", order: "INDEXES, TOTAL, NONE") ?? ReturnConsumedCapacity.none
    }

    func returnItemCollectionMetrics() throws(Refusal) -> ReturnItemCollectionMetrics {
        try option("ReturnItemCollectionMetrics", order: "SIZE, NONE") ?? ReturnItemCollectionMetrics.none
    }

    func returnValuesOnConditionCheckFailure() throws(Refusal) -> ReturnValuesOnConditionCheckFailure {
        try option("ReturnValuesOnConditionCheckFailure", order: "ALL_OLD, NONE") ?? ReturnValuesOnConditionCheckFailure.none
    }

    func select() throws(Refusal) -> Select? {
        try option("Select", order: "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES")
    }

    func exclusiveStartKey() throws(Refusal) -> AttributeMap? {
        try attributes("ExclusiveStartKey") { "The provided starting key is invalid: \($0)" }
    }
}

extension JSONObjectWriter {
    mutating func consumedCapacity(_ capacity: ConsumedCapacity?) {
        raw("ConsumedCapacity", capacity.map(Self.capacity))
    }

    mutating func consumedCapacity(_ capacities: [ConsumedCapacity]?) {
        array("ConsumedCapacity", capacities?.map(Self.capacity))
    }

    private static func capacity(_ capacity: ConsumedCapacity) -> [UInt8] {
        object { writer in
            writer.string("TableName", capacity.tableName)
            writer.double("CapacityUnits", capacity.capacityUnits)
            writer.double("ReadCapacityUnits", capacity.readCapacityUnits)
            writer.double("WriteCapacityUnits", capacity.writeCapacityUnits)
            writer.raw("Table", capacity.table.map { part($0, of: capacity) })
            writer.raw("LocalSecondaryIndexes", capacity.localSecondaryIndexes.map { indexes($0, capacity) })
            writer.raw("GlobalSecondaryIndexes", capacity.globalSecondaryIndexes.map { indexes($0, capacity) })
            writer.raw("VectorIndexes", capacity.vectorIndexes.map(vectorIndexes))
        }
    }

    private static func vectorIndexes(_ indexes: [String: Double]) -> [UInt8] {
        object { writer in
            for (name, bytes) in indexes.sorted(by: { $0.key < $1.key }) {
                writer.object(name) { $0.double("VectorWriteRequestBytes", bytes) }
            }
        }
    }

    private static func indexes(_ indexes: [String: Double], _ whole: ConsumedCapacity) -> [UInt8] {
        object { writer in
            for (name, units) in indexes.sorted(by: { $0.key < $1.key }) { writer.raw(name, part(units, of: whole)) }
        }
    }

    /// A table's or index's part, told apart as reads or writes where the whole is.
    private static func part(_ units: Double, of whole: ConsumedCapacity) -> [UInt8] {
        object { writer in
            writer.double("CapacityUnits", units)
            writer.double("ReadCapacityUnits", whole.readCapacityUnits == nil ? nil : units)
            writer.double("WriteCapacityUnits", whole.writeCapacityUnits == nil ? nil : units)
        }
    }
}

extension JSONObjectWriter {
    mutating func itemCollectionMetrics(_ metrics: ItemCollectionMetrics?) {
        raw("ItemCollectionMetrics", metrics.map(Self.metrics))
    }

    mutating func itemCollectionMetrics(_ metrics: [String: [ItemCollectionMetrics]]?) {
        guard let metrics else { return }
        object("ItemCollectionMetrics") { writer in
            for (table, collections) in metrics.sorted(by: { $0.key < $1.key }) {
                writer.array(table, collections.map(Self.metrics))
            }
        }
    }

    private static func metrics(_ metrics: ItemCollectionMetrics) -> [UInt8] {
        object { writer in
            writer.attributes("ItemCollectionKey", metrics.itemCollectionKey)
            let range = metrics.sizeEstimateRangeGB
            writer.array("SizeEstimateRangeGB", [range.lowerBound, range.upperBound].map { Array("\($0)".utf8) })
        }
    }
}
