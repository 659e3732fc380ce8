internal import LambdaEvents
internal import RoostSQLite

/// `ReturnItemCollectionMetrics`, for the operations that write. Only tables with local secondary indexes have item collections
/// to speak of; for others the service leaves the answer's member out.
///
/// The size is estimated before the write is queued, on a reader's snapshot: summing up a large partition would hold the
/// writer up, and the service calls its figure an estimate too.
extension StoreEngine {
    private static let gigabyte = 1_073_741_824.0

    func collectionMetrics(
        _ mode: ReturnItemCollectionMetrics, of write: ItemWrite
    ) throws(StoreError) -> ItemCollectionMetrics? {
        let table = write.table
        guard mode == .size, table.hasLocalIndexes, let value = write.partitionValue else { return nil }
        let bytes = try read(table) { try table.bytes(ofPartition: write.key.hash, in: $0) }
        let lower = (Double(bytes) / Self.gigabyte).rounded(.down)
        return ItemCollectionMetrics(itemCollectionKey: [table.key.hash.name: value], sizeEstimateRangeGB: lower...lower + 1)
    }

    /// One for each item collection that the writes touch, by the tables' names; nil where there is none.
    func collectionMetrics(
        _ mode: ReturnItemCollectionMetrics, of writes: [ItemWrite]
    ) throws(StoreError) -> [String: [ItemCollectionMetrics]]? {
        guard mode == .size else { return nil }
        var metrics: [String: [ItemCollectionMetrics]] = [:]
        var seen: Set<[UInt8]> = []
        for write in writes where write.changesItem {
            guard seen.insert(Array("\(write.table.id)/".utf8) + write.key.hash).inserted else { continue }
            if let one = try collectionMetrics(mode, of: write) { metrics[write.table.name, default: []].append(one) }
        }
        return metrics.isEmpty ? nil : metrics
    }
}

extension Table {
    fileprivate func bytes(ofPartition hash: [UInt8], in database: SQLiteDatabase) throws -> Int {
        let sources = [sql.table] + indexes.filter { $0.kind == .local }.map(\.sql.table)
        return try sources.reduce(0) { sum, source in
            sum + Int(try database.first("SELECT total(size) FROM \(source) WHERE h = ?", .blob(hash)) { $0.integer(0) } ?? 0)
        }
    }
}

extension ItemWrite {
    /// The value of the partition key's attribute.
    fileprivate var partitionValue: AttributeValue? {
        let name = table.key.hash.name
        switch action {
        case .put(let new): return new.attributes[name]
        case .update(_, let key): return key[name]
        case .delete, .check: return givenKey[name]
        }
    }

    fileprivate var changesItem: Bool {
        if case .check = action { return false }
        return true
    }
}
