/// A table as the engine works with it: immutable, shared by all threads, replaced as a whole when something changes.
final class Table: Sendable {
    /// The number in the names of its SQL tables; never used again for another one.
    let id: Int64
    let definition: TableDefinition
    let arn: String
    let key: KeyAttributes
    let indexes: [SecondaryIndex]
    let stream: TableStream?
    let sql: TableSQL

    var name: String { definition.name }

    /// Nil when the definition's keys name no defined attribute, which CreateTable does not let through.
    init?(id: Int64, definition: TableDefinition, arn: String, stream: TableStream?) {
        guard let key = KeyAttributes(definition.keySchema, in: definition) else { return nil }
        var indexes: [SecondaryIndex] = []
        for index in definition.globalSecondaryIndexes {
            guard let keyOfIndex = KeyAttributes(index.keySchema, in: definition),
                let number = definition.storageNumber(ofIndex: index.indexName)
            else { return nil }
            indexes.append(
                SecondaryIndex(
                    name: index.indexName, arn: "\(arn)/index/\(index.indexName)", key: keyOfIndex, tableKey: key,
                    projection: index.projection, sqlTable: "i_\(id)_\(number)"))
        }
        self.id = id
        self.definition = definition
        self.arn = arn
        self.key = key
        self.indexes = indexes
        self.stream = stream
        sql = TableSQL(id: id)
    }

    func index(named name: String) -> SecondaryIndex? { indexes.first { $0.name == name } }
}

/// The attributes of a key schema with their types.
struct KeyAttributes: Sendable, Hashable {
    struct Attribute: Sendable, Hashable {
        var name: String
        var type: ScalarAttributeType
    }

    var hash: Attribute
    var range: Attribute?

    init?(_ schema: [KeySchemaElement], in definition: TableDefinition) {
        func attribute(_ keyType: KeyType) -> Attribute? {
            guard let name = schema.first(where: { $0.keyType == keyType })?.attributeName else { return nil }
            return definition.type(of: name).map { Attribute(name: name, type: $0) }
        }
        guard let hash = attribute(.hash) else { return nil }
        self.hash = hash
        range = attribute(.range)
    }

    var all: [Attribute] { [hash] + (range.map { [$0] } ?? []) }
    func contains(_ name: String) -> Bool { hash.name == name || range?.name == name }
}

/// A global secondary index.
struct SecondaryIndex: Sendable {
    let name: String
    let arn: String
    let key: KeyAttributes
    let projection: Projection
    /// The attributes that its entries have; nil for all.
    let projected: Set<String>?
    let sql: IndexSQL

    init(name: String, arn: String, key: KeyAttributes, tableKey: KeyAttributes, projection: Projection, sqlTable: String) {
        self.name = name
        self.arn = arn
        self.key = key
        self.projection = projection
        let keys = (key.all + tableKey.all).map(\.name)
        switch projection.projectionType {
        case .keysOnly: projected = Set(keys)
        case .include: projected = Set(keys + (projection.nonKeyAttributes ?? []))
        case .all, nil: projected = nil
        }
        sql = IndexSQL(table: sqlTable)
    }
}

/// The stream of a table that has one.
struct TableStream: Sendable {
    /// The number under which its records are kept.
    let id: Int64
    let arn: String
    let label: String
    let viewType: StreamViewType
}
