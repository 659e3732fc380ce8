internal import Foundation
internal import RoostSQLite

/// The catalogue's rows: reads them into tables, and writes a table's definition back.
struct CatalogueFile: Sendable {
    var region: String
    var accountID: String

    func tableARN(_ name: String) -> String { "arn:aws:dynamodb:\(region):\(accountID):table/\(name)" }

    func load(_ database: SQLiteDatabase) throws -> [String: Table] {
        var streams: [Int64: TableStream] = [:]
        try database.forEach("SELECT table_id, id, arn, label, view_type FROM streams WHERE disabled_ms IS NULL") { row in
            guard let viewType = StreamViewType(rawValue: row.text(4)) else { return true }
            streams[row.integer(0)] = TableStream(id: row.integer(1), arn: row.text(2), label: row.text(3), viewType: viewType)
            return true
        }
        var tables: [String: Table] = [:]
        try database.forEach("SELECT id, name, definition FROM tables") { row in
            let (id, name) = (row.integer(0), row.text(1))
            // Whatever is wrong with the text, the error names the table it belongs to.
            guard let definition = try? JSONDecoder().decode(TableDefinition.self, from: row.data(2)),
                let table = Table(id: id, definition: definition, arn: tableARN(name), stream: streams[id])
            else { throw StoreOpenError.damagedCatalogue(path: database.path, table: name) }
            tables[name] = table
            return true
        }
        return tables
    }

    func insert(_ definition: TableDefinition, into database: SQLiteDatabase) throws -> Int64 {
        try database.run(
            "INSERT INTO tables (name, definition) VALUES (?, ?)", .text(definition.name), .data(try Self.encode(definition)))
        return database.lastInsertedRowID
    }

    static func encode(_ definition: TableDefinition) throws -> Data { try JSONEncoder().encode(definition) }
}
