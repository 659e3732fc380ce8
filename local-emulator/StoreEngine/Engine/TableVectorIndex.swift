internal import LambdaEvents

/// A vector index of a table, as the engine works with it.
struct TableVectorIndex: Sendable {
    let definition: VectorIndex
    let arn: String
    /// The attribute that divides the index, with its type.
    let hash: KeyAttributes.Attribute?
    /// The attributes that a search may filter by, in the order of their columns.
    let filters: [KeyAttributes.Attribute]
    /// The attributes that its entries have beside the vector; nil for all.
    ///
    /// The table's key, the search schema's attributes and the vector are in every index, whatever it projects ("Vector
    /// indexes", Developer Guide).
    let projected: NameSet?
    let sql: VectorIndexSQL

    var name: String { definition.indexName }
    var attribute: String { definition.vectorAttribute }
    var dimensions: Int { definition.dimensions }
    /// The search schema's attributes.
    var schema: [KeyAttributes.Attribute] { (hash.map { [$0] } ?? []) + filters }

    /// Nil when the search schema names an attribute without a definition.
    init?(_ index: VectorIndex, of table: TableDefinition, tableKey: KeyAttributes, tableARN: String, sqlTable: String) {
        func attribute(_ name: String) -> KeyAttributes.Attribute? {
            table.type(of: name).map { KeyAttributes.Attribute(name: name, type: $0) }
        }
        let filters = index.filterAttributes.compactMap(attribute)
        let hash = index.hashAttribute.flatMap(attribute)
        guard filters.count == index.filterAttributes.count, (hash == nil) == (index.hashAttribute == nil) else { return nil }
        definition = index
        arn = "\(tableARN)/index/\(index.indexName)"
        self.hash = hash
        self.filters = filters
        let always = tableKey.all.map(\.name) + filters.map(\.name) + (hash.map { [$0.name] } ?? [])
        switch index.projection.projectionType {
        case .keysOnly: projected = NameSet(always)
        case .include: projected = NameSet(always + (index.projection.nonKeyAttributes ?? []))
        case .all, nil: projected = nil
        }
        sql = VectorIndexSQL(table: sqlTable, filters: filters.count)
    }
}

/// The fixed statements over one vector index.
///
/// A row has the partition's bytes (`p`, empty in an index that is not divided), the table's key as indexes keep it (`bh`,
/// `br`), a column for each filter attribute, the sum of the vector's squares, the vector as 32-bit floats, and what is
/// projected beside it. What a search compares comes before what only its results need, so that the rest of a row stays
/// unread.
struct VectorIndexSQL: Sendable {
    let table: String
    let put: String
    let delete: String
    /// One entry: its size, filters, vector and item.
    let select: String
    let result: String
    let create: String
    let drop: String

    init(table: String, filters: Int) {
        self.table = table
        let columns = (0..<filters).map { "f\($0)" }
        let all = ["p", "bh", "br", "size", "squares", "vector", "item"] + columns
        let parameters = (1...all.count).map { "?\($0)" }
        let updates = all.dropFirst(3).map { "\($0) = excluded.\($0)" }
        put = """
            INSERT INTO \(table) (\(all.joined(separator: ", "))) VALUES (\(parameters.joined(separator: ", "))) \
            ON CONFLICT (p, bh, br) DO UPDATE SET \(updates.joined(separator: ", "))
            """
        delete = "DELETE FROM \(table) WHERE p = ?1 AND bh = ?2 AND br = ?3"
        let selected = (["size", "squares", "vector", "item"] + columns).joined(separator: ", ")
        select = "SELECT \(selected) FROM \(table) WHERE p = ?1 AND bh = ?2 AND br = ?3"
        result = "SELECT item, size, vector FROM \(table) WHERE id = ?1"
        create = """
            CREATE TABLE \(table) (id INTEGER PRIMARY KEY, p BLOB NOT NULL, bh BLOB NOT NULL, br BLOB NOT NULL,
            size INTEGER NOT NULL, squares REAL NOT NULL, \(columns.map { "\($0) BLOB, " }.joined())vector BLOB NOT NULL,
            item BLOB NOT NULL, UNIQUE (p, bh, br))
            """
        drop = "DROP TABLE \(table)"
    }

    /// All entries that a search compares.
    ///
    /// - Parameters:
    ///   - isDivided: whether the first parameter is a partition.
    ///   - filters: the numbers of the filters that further parameters give the values of.
    func search(isDivided: Bool, filters: [Int]) -> String {
        let conditions = (isDivided ? ["p"] : []) + filters.map { "f\($0)" }
        let tests = conditions.enumerated().map { "\($1) = ?\($0 + 1)" }
        let condition = tests.isEmpty ? "" : " WHERE \(tests.joined(separator: " AND "))"
        return "SELECT id, squares, vector, bh, br FROM \(table)\(condition)"
    }
}
