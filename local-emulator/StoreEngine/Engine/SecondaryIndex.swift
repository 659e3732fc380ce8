internal import LambdaEvents

/// A secondary index of a table.
struct SecondaryIndex: Sendable {
    enum Kind: Sendable {
        /// With a partition key of its own: read with eventual consistency, and never beyond what it projects.
        case global
        /// With the table's partitions in another order: it may be read consistently, and the table is at hand for what it
        /// does not project.
        case local
    }

    let kind: Kind
    let name: String
    let arn: String
    let key: KeyAttributes
    let projection: Projection
    /// The attributes that its entries have; nil for all.
    let projected: NameSet?
    let sql: IndexSQL

    init(
        _ kind: Kind, name: String, arn: String, key: KeyAttributes, tableKey: KeyAttributes, projection: Projection,
        sqlTable: String
    ) {
        self.kind = kind
        self.name = name
        self.arn = arn
        self.key = key
        self.projection = projection
        let keys = (key.all + tableKey.all).map(\.name)
        switch projection.projectionType {
        case .keysOnly: projected = NameSet(keys)
        case .include: projected = NameSet(keys + (projection.nonKeyAttributes ?? []))
        case .all, nil: projected = nil
        }
        sql = IndexSQL(table: sqlTable)
    }
}
