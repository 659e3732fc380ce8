internal import DynamoDBExpressions
internal import LambdaEvents

/// What Query and Scan read: a table, or one of its indexes.
struct ItemSource: Sendable {
    let table: Table
    let index: SecondaryIndex?
    let key: KeyAttributes
    let sqlTable: String

    init(_ table: Table, indexName: String?) throws(StoreError) {
        self.table = table
        guard let indexName else {
            (index, key, sqlTable) = (nil, table.key, table.sql.table)
            return
        }
        guard let index = table.index(named: indexName) else {
            throw .validation("The table does not have the specified index: \(indexName)")
        }
        (self.index, key, sqlTable) = (index, index.key, index.sql.table)
    }

    /// The columns that tell its rows apart within a partition, in order.
    var positionColumns: [String] { index == nil ? ["r"] : ["r", "bh", "br"] }

    /// The attributes that a `LastEvaluatedKey` has: the source's key and the table's.
    var startKeyAttributes: [KeyAttributes.Attribute] {
        key.all + (index == nil ? [] : table.key.all.filter { !key.contains($0.name) })
    }

    func checkConsistency(_ consistentRead: Bool) throws(StoreError) {
        guard index != nil, consistentRead else { return }
        throw .validation("Consistent reads are not supported on global secondary indexes")
    }

    /// - Parameter projection: the top-level attributes that the request asks for, if it names some.
    func checkSelect(_ select: Select?, projection: ProjectionExpression?) throws(StoreError) {
        guard let index, let projected = index.projected else { return }
        if select == .allAttributes {
            throw .validation(
                "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
                    + "index \(index.name) because its projection type is not ALL")
        }
        let missing = Set((projection?.paths ?? []).map(\.root)).subtracting(projected)
        guard missing.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Global secondary index \(index.name) does not project "
                    + "[\(missing.sorted().joined(separator: ", "))]")
        }
    }

    /// The row at which a page starts, as bytes: the source's key, and with an index the table's.
    struct Position: Sendable {
        var key: ItemKey
        /// Nil when the source is the table.
        var tableKey: ItemKey?

        /// The values of the source's `positionColumns`.
        var withinPartition: [[UInt8]] { [key.range] + (tableKey.map { [$0.hash, $0.range] } ?? []) }
    }

    /// Reads an `ExclusiveStartKey`.
    ///
    /// - Parameter values: normalized.
    func position(_ values: [String: AttributeValue]) throws(StoreError) -> Position {
        let attributes = startKeyAttributes
        guard values.count == attributes.count else {
            throw .validation("The provided starting key is invalid")
        }
        for attribute in attributes where values[attribute.name]?.descriptor.rawValue != attribute.type.rawValue {
            throw .validation(
                "The provided starting key is invalid: The provided key element does not match the schema")
        }
        guard let sourceKey = try key.encode(values), let tableKey = try table.key.encode(values) else {
            throw .validation("The provided starting key is invalid")
        }
        return Position(key: sourceKey, tableKey: index == nil ? nil : tableKey)
    }

    /// The `LastEvaluatedKey` after an item.
    func lastEvaluatedKey(_ item: [String: AttributeValue]) -> [String: AttributeValue] {
        var result: [String: AttributeValue] = [:]
        for attribute in startKeyAttributes { result[attribute.name] = item[attribute.name] }
        return result
    }
}
