internal import LambdaEvents
internal import RoostSQLite

/// An item as it is in the table before a change. Its attributes are decoded only when asked for, and once.
final class CurrentItem {
    let document: ItemDocument?
    private var decoded: AttributeMap?

    init(_ document: ItemDocument?) {
        self.document = document
    }

    /// Empty when there is no item.
    func attributes() throws(StoreError) -> AttributeMap {
        if let decoded { return decoded }
        let attributes = try document?.attributes() ?? [:]
        decoded = attributes
        return attributes
    }
}

/// What one write did, as far as its capacity units depend on it.
struct WriteEffect: Sendable {
    /// The larger of the item's sizes before and after.
    var tableBytes: Int
    /// For each index that changed, the sizes of the entries written.
    var indexBytes: [(index: SecondaryIndex, bytes: [Int])] = []
    /// The same for vector indexes, by name.
    var vectorBytes: [(index: String, bytes: [Int])] = []
}

extension Table {
    /// The item under a key, read from a connection's present snapshot.
    func read(_ key: ItemKey, from database: SQLiteDatabase) throws -> ItemDocument? {
        try database.withStatement(sql.select) { statement in
            try key.hash.withUnsafeBytes { try statement.bind(blob: $0, at: 1) }
            try key.range.withUnsafeBytes { try statement.bind(blob: $0, at: 2) }
            guard try statement.step() else { return nil }
            return ItemDocument(json: statement.row.bytes(1), size: Int(statement.row.integer(0)))
        }
    }
}

extension WriteTransaction {
    func currentItem(_ key: ItemKey, in table: Table) throws -> CurrentItem {
        CurrentItem(try table.read(key, from: database))
    }

    /// Puts `new` in the place of `current`, or deletes it with nil: the item, its index entries, its expiry, and its
    /// stream record. A write that changes nothing writes nothing, and has no record ("DynamoDB Streams", Developer Guide:
    /// an update that does not modify data writes no stream record).
    @discardableResult
    func replace(
        _ current: CurrentItem, with new: NewItem?, at key: ItemKey, in table: Table, by identity: StreamIdentity? = nil
    ) throws -> WriteEffect {
        var effect = WriteEffect(tableBytes: try billedBytes(current, new, in: table))
        guard try !isSame(current, new) else { return effect }
        try willChange()
        if let new {
            (effect.indexBytes, effect.vectorBytes) = try place(new, at: key, in: table, over: current)
        } else {
            try database.run(table.sql.delete, .blob(key.hash), .blob(key.range))
            count(from: current.document, to: nil, in: table.sql.table)
            effect.indexBytes = try replaceIndexEntries(current, with: nil, in: table)
            effect.vectorBytes = try replaceVectorEntries(current, with: nil, in: table)
            try replaceExpiry(current, with: nil, at: key, in: table)
        }
        try logChange(of: current, at: key, in: table)
        try appendStreamRecord(current, new, in: table, by: identity)
        return effect
    }

    /// Puts an item, its index entries and its expiry, and leaves the stream alone.
    @discardableResult
    func place(
        _ new: NewItem, at key: ItemKey, in table: Table, over current: CurrentItem = CurrentItem(nil)
    ) throws -> (indexes: [(index: SecondaryIndex, bytes: [Int])], vectors: [(index: String, bytes: [Int])]) {
        try write(table.sql.put, [key.hash, key.range], new.document, pageBytes: new.pageBytes)
        count(from: current.document, to: new.document, in: table.sql.table)
        let indexBytes = try replaceIndexEntries(current, with: new, in: table)
        let vectorBytes = try replaceVectorEntries(current, with: new, in: table)
        try replaceExpiry(current, with: new, at: key, in: table)
        return (indexBytes, vectorBytes)
    }

    /// The larger of the item's sizes before and after, as a write counts them.
    private func billedBytes(_ current: CurrentItem, _ new: NewItem?, in table: Table) throws(StoreError) -> Int {
        let (before, after) = (current.document?.size ?? 0, new?.document.size ?? 0)
        guard !table.vectorIndexes.isEmpty else { return max(before, after) }
        return max(
            table.billedBytes(of: try current.attributes(), size: before),
            table.billedBytes(of: new?.attributes ?? [:], size: after))
    }

    private func isSame(_ current: CurrentItem, _ new: NewItem?) throws(StoreError) -> Bool {
        guard let document = current.document, let new else { return current.document == nil && new == nil }
        if document.json == new.document.json { return true }
        // Sets have no order: the same members in another one are the same value, in a text that differs.
        guard document.json.count == new.document.json.count else { return false }
        return try current.attributes().mapValues(\.withOrderedSets) == new.attributes.mapValues(\.withOrderedSets)
    }

    private func replaceIndexEntries(
        _ current: CurrentItem, with new: NewItem?, in table: Table
    ) throws -> [(index: SecondaryIndex, bytes: [Int])] {
        guard !table.indexes.isEmpty else { return [] }
        let none = [IndexEntry?](repeating: nil, count: table.indexes.count)
        let before = try current.document.map { try table.indexEntries(of: try current.attributes(), document: $0) } ?? none
        // The table may have got or lost an index since the item was prepared.
        let after =
            try new.map { new in
                try new.table === table
                    ? new.indexEntries : table.indexEntries(of: new.attributes, document: new.document)
            } ?? none
        var changed: [(index: SecondaryIndex, bytes: [Int])] = []
        for (index, (before, after)) in zip(table.indexes, zip(before, after)) where before != after {
            let before = table.definition.isBackfilling(index.name) ? try present(before, in: index) : before
            changed.append((index, try replace(before, with: after, in: index)))
        }
        return changed
    }

    /// Answers the sizes of the entries written: two when the entry moved, as the service charges a deletion and a put
    /// ("Provisioned throughput considerations for global secondary indexes", Developer Guide).
    @discardableResult
    func replace(_ before: IndexEntry?, with after: IndexEntry?, in index: SecondaryIndex) throws -> [Int] {
        count(from: before?.document, to: after?.document, in: index.sql.table)
        var bytes: [Int] = []
        if let before, before.key != after?.key {
            try database.run(
                index.sql.delete, .blob(before.key.hash), .blob(before.key.range), .blob(before.tableKey.hash),
                .blob(before.tableKey.range))
            bytes.append(before.document.size)
        }
        if let after {
            let stays = before?.key == after.key
            try write(
                index.sql.put, [after.key.hash, after.key.range, after.tableKey.hash, after.tableKey.range], after.document,
                pageBytes: after.pageBytes)
            bytes.append(max(after.document.size, stays ? before?.document.size ?? 0 : 0))
        }
        return bytes
    }

    /// Runs a statement whose parameters are key parts, the two sizes and an item.
    func write(_ sql: String, _ keys: [[UInt8]], _ document: ItemDocument, pageBytes: Int) throws {
        try database.withStatement(sql) { statement in
            for (offset, key) in keys.enumerated() {
                try key.withUnsafeBytes { try statement.bind(blob: $0, at: Int32(offset + 1)) }
            }
            try statement.bind(integer: Int64(document.size), at: Int32(keys.count + 1))
            try statement.bind(integer: Int64(pageBytes), at: Int32(keys.count + 2))
            try document.json.withUnsafeBytes { try statement.bind(blob: $0, at: Int32(keys.count + 3)) }
            try statement.step()
        }
    }
}

extension AttributeValue {
    /// The value with the members of its sets in one order, for comparing.
    fileprivate var withOrderedSets: AttributeValue {
        switch self {
        case .stringSet(let texts): .stringSet(texts.sorted { $0.precedesByBytes($1) })
        case .numberSet(let texts): .numberSet(texts.sorted())
        case .binarySet(let values): .binarySet(values.sorted { $0.lexicographicallyPrecedes($1) })
        case .list(let values): .list(values.map(\.withOrderedSets))
        case .map(let values): .map(values.mapValues(\.withOrderedSets))
        default: self
        }
    }
}
