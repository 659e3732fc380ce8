internal import RoostSQLite

extension WriteTransaction {
    /// Writes a table's changed definition, and puts the changed table in its place.
    ///
    /// - Parameter stream: the table's stream from now on; the one that it has unless given.
    @discardableResult
    func redefine(
        _ table: Table, stream: TableStream?? = nil, _ change: (inout TableDefinition) -> Void
    ) throws -> Table {
        var definition = table.definition
        change(&definition)
        guard let changed = Table(id: table.id, definition: definition, arn: table.arn, stream: stream ?? table.stream) else {
            throw StoreError.internalFailure("the table \(table.name) has a key attribute without a definition")
        }
        try willChange()
        let data = try CatalogueFile.encode(definition)
        try database.run("UPDATE tables SET definition = ? WHERE id = ?", .data(data), .integer(table.id))
        try setUpChangeLog(of: changed, before: table)
        setTable(changed, named: table.name)
        return changed
    }
}
