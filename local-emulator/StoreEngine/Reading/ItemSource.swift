internal import DynamoDBExpressions
internal import LambdaEvents

/// What Query and Scan read: a table, or one of its indexes.
struct ItemSource: Sendable {
    let table: Table
    let index: SecondaryIndex?
    let key: KeyAttributes
    let sqlTable: String

    init(_ table: Table, index: SecondaryIndex?) {
        self.table = table
        self.index = index
        key = index?.key ?? table.key
        sqlTable = index?.sql.table ?? table.sql.table
    }

    init(_ table: Table, indexName: String?) throws(StoreError) {
        guard let indexName else {
            self.init(table, index: nil)
            return
        }
        guard let index = table.index(named: indexName) else {
            guard table.vectorIndex(named: indexName) == nil else { throw Self.isVectorIndex }
            throw .validation("The table does not have the specified index: \(indexName)")
        }
        guard !table.definition.isBackfilling(indexName) else {
            throw .validation("Cannot read from backfilling global secondary index: \(indexName)")
        }
        self.init(table, index: index)
    }

    /// What a scan and a statement are told of a vector index; a query has words of its own.
    static let isVectorIndex = StoreError.validation("Scan operation not supported on this index type")

    static let inconsistentIndex = StoreError.validation("Consistent reads are not supported on global secondary indexes")

    /// The columns that tell its rows apart within a partition, in order.
    var positionColumns: [String] { index == nil ? ["r"] : ["r", "bh", "br"] }

    /// The attributes that a `LastEvaluatedKey` has: the source's key and the table's.
    var startKeyAttributes: [KeyAttributes.Attribute] {
        key.all + (index == nil ? [] : table.key.all.filter { !key.contains($0.name) })
    }

    func checkConsistency(_ consistentRead: Bool) throws(StoreError) {
        guard let index, index.kind == .global, consistentRead else { return }
        throw Self.inconsistentIndex
    }

    func checkSelect(_ select: Select?) throws(StoreError) {
        guard let index, index.kind == .global, index.projected != nil, select == .allAttributes else { return }
        throw .validation(
            "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary "
                + "index \(index.name) because its projection type is not ALL")
    }

    /// A global index has nothing but what it projects; from a local one the table is read.
    func checkProjection(_ projection: ProjectionExpression?) throws(StoreError) {
        guard let index, index.kind == .global else { return }
        let missing = unprojected(projection?.paths ?? [])
        guard missing.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Global secondary index \(index.name) does not project "
                    + "[\(missing.joined(separator: ", "))]")
        }
    }

    /// Query filters what the index projects only, local indexes' entries too. Scan has no such rule: it finds the attribute
    /// missing.
    func checkFilterProjected(_ filter: ConditionExpression?) throws(StoreError) {
        guard let index else { return }
        let missing = unprojected(filter?.paths ?? []).sorted()
        guard missing.isEmpty else {
            throw .validation(
                "One or more parameter values were invalid: Secondary index \(index.name) does not project one or more filter "
                    + "attributes: [\(missing.joined(separator: ", "))]")
        }
    }

    /// Whether a read of a local index has to go on to the table ("Local secondary indexes", Developer Guide: it does for
    /// attributes that are asked for and not projected).
    func readsTable(_ select: Select?, _ projection: ProjectionExpression?) -> Bool {
        guard let index, index.kind == .local, index.projected != nil, select != .count else { return false }
        return select == .allAttributes || !unprojected(projection?.paths ?? []).isEmpty
    }

    /// The paths' attributes that the index does not project, each once, in written order.
    private func unprojected(_ paths: [DocumentPath]) -> [String] {
        guard let projected = index?.projected else { return [] }
        var missing: [String] = []
        for path in paths where !projected.contains(path.root) && !missing.contains(path.root) { missing.append(path.root) }
        return missing
    }

    /// The `LastEvaluatedKey` after an item.
    func lastEvaluatedKey(_ item: AttributeMap) -> AttributeMap {
        var result: AttributeMap = [:]
        for attribute in startKeyAttributes { result[attribute.name] = item[attribute.name] }
        return result
    }
}
