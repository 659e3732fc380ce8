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

    func returnValues() throws(Refusal) -> ReturnValues {
        try option("ReturnValues", order: "ALL_NEW, UPDATED_OLD, ALL_OLD, NONE, UPDATED_NEW") ?? ReturnValues.none
    }

    func returnValuesOnConditionCheckFailure() throws(Refusal) -> ReturnValuesOnConditionCheckFailure {
        try option("ReturnValuesOnConditionCheckFailure", order: "ALL_OLD, NONE") ?? ReturnValuesOnConditionCheckFailure.none
    }

    func select() throws(Refusal) -> Select? {
        try option("Select", order: "SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES")
    }

    func exclusiveStartKey() throws(Refusal) -> [String: AttributeValue]? {
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
            writer.raw("Table", capacity.table.map(units))
            writer.raw(
                "GlobalSecondaryIndexes",
                capacity.globalSecondaryIndexes.map { indexes in
                    object { writer in
                        for (name, index) in indexes.sorted(by: { $0.key < $1.key }) { writer.raw(name, units(index)) }
                    }
                })
        }
    }

    private static func units(_ units: Double) -> [UInt8] { object { $0.double("CapacityUnits", units) } }
}
