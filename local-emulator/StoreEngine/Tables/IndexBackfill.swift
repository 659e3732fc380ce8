internal import RoostSQLite

/// Fills an index that UpdateTable added with the items that were there before it.
///
/// From the commit that added it, every write keeps the index as it keeps the others. What was there before is put in by
/// batches in the order of the table's keys, each a transaction of its own with other requests in between; each reads the
/// items as they are in that transaction, so that an entry is never older than its item. How far it came is kept in the file:
/// a store that ends in the middle goes on where it was when it is opened again.
enum IndexBackfill {
    /// Bounds how long a batch holds up other writes.
    static let batchItems = 500
    static let batchBytes = 1 << 20

    /// How far the backfill of an index came: the table's key of the last item that it took.
    static let schema = """
        CREATE TABLE index_backfills (
            table_id INTEGER NOT NULL,
            index_name TEXT NOT NULL,
            h BLOB NOT NULL,
            r BLOB NOT NULL,
            PRIMARY KEY (table_id, index_name)) WITHOUT ROWID
        """
}

extension WriteTransaction {
    /// Does one batch of one backfill.
    ///
    /// - Returns: whether there may be more.
    func backfillIndexes() throws -> Bool {
        for table in tables.values {
            guard let name = table.definition.backfillingIndexes?.min() else { continue }
            try backfill(name, of: table)
            return true
        }
        return false
    }

    /// Does one batch. With the table's last item the index becomes ACTIVE.
    func backfill(_ index: String, of table: Table) throws {
        try willChange()
        var batch: [(key: ItemKey, document: ItemDocument)] = []
        var bytes = 0
        let start = try position(of: index, table)
        try database.forEach(
            """
            SELECT h, r, size, item FROM \(table.sql.table) WHERE (h, r) > (?1, ?2) ORDER BY h, r LIMIT \
            \(IndexBackfill.batchItems)
            """, [.blob(start.hash), .blob(start.range)]
        ) { row in
            batch.append(
                (ItemKey(hash: row.bytes(0), range: row.bytes(1)), ItemDocument(json: row.bytes(3), size: Int(row.integer(2)))))
            bytes += batch[batch.count - 1].document.size
            return bytes < IndexBackfill.batchBytes
        }
        for item in batch { try enter(item.document, into: index, of: table) }
        if let last = batch.last, batch.count == IndexBackfill.batchItems || bytes >= IndexBackfill.batchBytes {
            try database.run(
                "REPLACE INTO index_backfills (table_id, index_name, h, r) VALUES (?, ?, ?, ?)", .integer(table.id),
                .text(index), .blob(last.key.hash), .blob(last.key.range))
        } else {
            try endBackfill(of: index, table)
            var definition = table.definition
            definition.backfillingIndexes?.remove(index)
            try redefine(table) { $0 = definition }
        }
    }

    /// Forgets how far a backfill came, because it is done or its index is deleted.
    func endBackfill(of index: String, _ table: Table) throws {
        try database.run(
            "DELETE FROM index_backfills WHERE table_id = ? AND index_name = ?", .integer(table.id), .text(index))
    }

    /// Before the first item is the empty key, which no item has.
    private func position(of index: String, _ table: Table) throws -> ItemKey {
        try database.first(
            "SELECT h, r FROM index_backfills WHERE table_id = ? AND index_name = ?", .integer(table.id), .text(index)
        ) { ItemKey(hash: $0.bytes(0), range: $0.bytes(1)) } ?? ItemKey(hash: [], range: [])
    }

    private func enter(_ document: ItemDocument, into index: String, of table: Table) throws {
        let attributes = try document.attributes()
        for (other, entry) in zip(table.indexes, try table.indexEntries(of: attributes, document: document))
        where other.name == index {
            if let entry { try replace(try present(entry, in: other), with: entry, in: other) }
        }
        for (other, entry) in zip(table.vectorIndexes, table.vectorEntries(of: attributes)) where other.name == index {
            if let entry { try replace(try present(entry, in: other), with: entry, in: other) }
        }
    }

    /// The entry, unless an index that is being filled does not have it yet.
    func present(_ entry: IndexEntry?, in index: SecondaryIndex) throws -> IndexEntry? {
        guard let entry else { return nil }
        let found = try database.first(
            "SELECT 1 FROM \(index.sql.table) WHERE h = ?1 AND r = ?2 AND bh = ?3 AND br = ?4", .blob(entry.key.hash),
            .blob(entry.key.range), .blob(entry.tableKey.hash), .blob(entry.tableKey.range)
        ) { _ in true }
        return found == nil ? nil : entry
    }

    /// A table is not deleted while an index of it is made. The text was seen at the service of a vector index (August 2026).
    func checkIndexesAreMade(_ table: Table, _ phases: VectorIndexPhases) throws(StoreError) {
        guard table.definition.backfillingIndexes?.isEmpty ?? true, phases.phases(of: table).isEmpty else {
            throw StoreError(
                code: "ResourceInUseException",
                message:
                    "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, "
                    + "updated, or deleted.")
        }
    }
}
