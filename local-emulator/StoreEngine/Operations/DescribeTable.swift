internal import EmulatorClock
internal import RoostSQLite

/// DescribeTable. Sizes and counts are those of this moment, where the service's are up to six hours old.
extension StoreEngine {
    package func describeTable(_ input: DescribeTableInput) throws(StoreError) -> DescribeTableOutput {
        let table = try namedTable(input.tableName)
        let statistics = try read(table) { try TableStatistics(of: table, in: $0) }
        let now = Double(clock.nowMilliseconds) / 1000
        var description = TableDescription(table, .telling(statistics, nowSeconds: now), catalogueFile)
        description.show(vectorIndexPhases.look(at: table))
        return DescribeTableOutput(table: description)
    }
}

extension TableDescription {
    /// - Parameter phases: of vector indexes that are being made.
    fileprivate mutating func show(_ phases: [String: VectorIndexPhases.Phase]) {
        for (index, phase) in phases {
            guard let place = vectorIndexes?.firstIndex(where: { $0.index.indexName == index }) else { continue }
            vectorIndexes?[place].indexStatus = .creating
            vectorIndexes?[place].backfilling = phase == .backfilling
            if phase == .allocating { tableStatus = .updating }
        }
    }
}

/// Items and their bytes in a table and in each of its indexes.
struct TableStatistics: Sendable {
    var table = ItemCount()
    var indexes: [String: ItemCount] = [:]
    /// The last stream of a table that has none now, while it can still be read.
    var closedStream: (label: String, arn: String)?

    static let empty = TableStatistics()
    private init() {}

    init(of table: Table, in database: SQLiteDatabase) throws {
        self.table = try ItemCounts.count(of: table.sql.table, in: database)
        for index in table.indexes {
            indexes[index.name] = try ItemCounts.count(of: index.sql.table, in: database)
        }
        for index in table.vectorIndexes {
            indexes[index.name] = try ItemCounts.count(of: index.sql.table, in: database)
        }
        guard table.stream == nil else { return }
        closedStream = try database.first(
            "SELECT label, arn FROM streams WHERE table_id = ? ORDER BY id DESC LIMIT 1", .integer(table.id)
        ) { ($0.text(0), $0.text(1)) }
    }
}
