internal import RoostSQLite

extension WriteTransaction {
    /// Brings the vector indexes to what the item is now; answers what changed as ``replaceIndexEntries`` does.
    func replaceVectorEntries(
        _ current: CurrentItem, with new: NewItem?, in table: Table
    ) throws -> [(index: String, bytes: [Int])] {
        guard !table.vectorIndexes.isEmpty else { return [] }
        let none = [VectorEntry?](repeating: nil, count: table.vectorIndexes.count)
        let before = current.document == nil ? none : table.vectorEntries(of: try current.attributes())
        // The table may have got or lost an index since the item was prepared.
        let after =
            new.map { $0.table === table ? $0.vectorEntries : table.vectorEntries(of: $0.attributes) } ?? none
        var changed: [(index: String, bytes: [Int])] = []
        for (index, (before, after)) in zip(table.vectorIndexes, zip(before, after)) where before != after {
            let before = table.definition.isBackfilling(index.name) ? try present(before, in: index) : before
            changed.append((index.name, try replace(before, with: after, in: index)))
        }
        return changed
    }

    /// Answers the sizes of the entries written: two when the entry moved to another partition.
    @discardableResult
    func replace(_ before: VectorEntry?, with after: VectorEntry?, in index: TableVectorIndex) throws -> [Int] {
        count(from: ItemCount(of: before), to: ItemCount(of: after), in: index.sql.table)
        var bytes: [Int] = []
        if let before, !before.isAt(after) {
            try database.run(
                index.sql.delete, .blob(before.partition), .blob(before.tableKey.hash), .blob(before.tableKey.range))
            bytes.append(before.size)
        }
        if let after {
            try put(after, into: index)
            bytes.append(max(after.size, after.isAt(before) ? before?.size ?? 0 : 0))
        }
        return bytes
    }

    private func put(_ entry: VectorEntry, into index: TableVectorIndex) throws {
        var values: [SQLiteValue] = [
            .blob(entry.partition), .blob(entry.tableKey.hash), .blob(entry.tableKey.range), .integer(entry.size),
            .real(entry.squares), .blob(entry.vector), .blob(entry.document.json),
        ]
        values += entry.filters.map { $0.map(SQLiteValue.blob) ?? .null }
        try database.run(index.sql.put, values)
    }

    /// The entry, unless an index that is being filled does not have it yet.
    func present(_ entry: VectorEntry?, in index: TableVectorIndex) throws -> VectorEntry? {
        guard let entry else { return nil }
        return try index.stored(entry, in: database) == nil ? nil : entry
    }
}

extension TableVectorIndex {
    /// The entry that the index has in the place of this one.
    func stored(_ entry: VectorEntry, in database: SQLiteDatabase) throws -> VectorEntry? {
        try database.first(
            sql.select, .blob(entry.partition), .blob(entry.tableKey.hash), .blob(entry.tableKey.range)
        ) { row in
            let json = row.bytes(3)
            let (size, vector) = (Int(row.integer(0)), row.bytes(2))
            return VectorEntry(
                partition: entry.partition, tableKey: entry.tableKey,
                filters: filters.indices.map { row.isNull(Int32($0 + 4)) ? nil : row.bytes(Int32($0 + 4)) }, vector: vector,
                squares: row.real(1), document: ItemDocument(json: json, size: size - attribute.utf8.count - vector.count),
                size: size)
        }
    }
}
