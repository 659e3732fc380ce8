/// A table as the engine works with it: immutable, shared by all threads, replaced as a whole when something changes.
final class Table: Sendable {
    /// The number in the names of its SQL tables; never used again for another one.
    let id: Int64
    let definition: TableDefinition
    let arn: String
    let key: KeyAttributes
    /// The global ones, then the local ones, each in the order of the definition.
    let indexes: [SecondaryIndex]
    /// In the order of the definition.
    let vectorIndexes: [TableVectorIndex]
    let stream: TableStream?
    let sql: TableSQL
    /// Nil while nothing needs the table's history.
    let changeLogSQL: ChangeLogSQL?

    var name: String { definition.name }

    /// Nil when the definition's keys name no defined attribute, which CreateTable does not let through.
    init?(id: Int64, definition: TableDefinition, arn: String, stream: TableStream?) {
        guard let key = KeyAttributes(definition.keySchema, in: definition) else { return nil }
        var indexes: [SecondaryIndex] = []
        func add(
            _ kind: SecondaryIndex.Kind, _ name: String, _ keySchema: [KeySchemaElement], _ projection: Projection
        ) -> Bool {
            guard let keyOfIndex = KeyAttributes(keySchema, in: definition),
                let number = definition.storageNumber(ofIndex: name)
            else { return false }
            indexes.append(
                SecondaryIndex(
                    kind, name: name, arn: "\(arn)/index/\(name)", key: keyOfIndex, tableKey: key, projection: projection,
                    sqlTable: "i_\(id)_\(number)"))
            return true
        }
        for index in definition.globalSecondaryIndexes {
            guard add(.global, index.indexName, index.keySchema, index.projection) else { return nil }
        }
        for index in definition.localSecondaryIndexes ?? [] {
            guard add(.local, index.indexName, index.keySchema, index.projection) else { return nil }
        }
        var vectorIndexes: [TableVectorIndex] = []
        for index in definition.vectorIndexes ?? [] {
            guard let number = definition.storageNumber(ofIndex: index.indexName),
                let vectorIndex = TableVectorIndex(
                    index, of: definition, tableKey: key, tableARN: arn, sqlTable: "v_\(id)_\(number)")
            else { return nil }
            vectorIndexes.append(vectorIndex)
        }
        self.id = id
        self.definition = definition
        self.arn = arn
        self.key = key
        self.indexes = indexes
        self.vectorIndexes = vectorIndexes
        self.stream = stream
        sql = TableSQL(id: id)
        changeLogSQL = definition.keepsChangeLog ? ChangeLogSQL(tableID: id) : nil
    }

    var hasLocalIndexes: Bool { definition.localSecondaryIndexes?.isEmpty == false }
    func index(named name: String) -> SecondaryIndex? { indexes.first { $0.name == name } }
    func vectorIndex(named name: String) -> TableVectorIndex? { vectorIndexes.first { $0.name == name } }
}

/// The stream of a table that has one.
struct TableStream: Sendable {
    /// The number under which its records are kept.
    let id: Int64
    let arn: String
    let label: String
    let viewType: StreamViewType
}
