internal import LambdaEvents

/// BatchWriteItem: each write stands for itself in the service; here all of a batch are in one transaction, so that none is
/// ever left unprocessed.
///
/// Checks, in the service's order: the number of writes, the items' values and sizes; then for each table by name that it is
/// there, the items' keys, and that none comes twice.
extension StoreEngine {
    package static let mostBatchWrites = 25

    package func batchWriteItem(
        _ input: BatchWriteItemInput, completion: @escaping @Sendable (Result<BatchWriteItemOutput, StoreError>) -> Void
    ) {
        let writes: [ItemWrite]
        let metrics: [String: [ItemCollectionMetrics]]?
        do throws(StoreError) {
            writes = try prepare(input)
            metrics = try collectionMetrics(input.returnItemCollectionMetrics, of: writes)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            var meter = CapacityMeter(input.returnConsumedCapacity)
            for write in writes {
                let effect = try transaction.apply(write, try transaction.evaluate(write))
                meter.addWrite(effect, of: write.table.name)
            }
            return BatchWriteItemOutput(
                unprocessedItems: [:], consumedCapacity: meter.all, itemCollectionMetrics: metrics)
        }
    }

    private func prepare(_ input: BatchWriteItemInput) throws(StoreError) -> [ItemWrite] {
        guard input.requestItems.values.reduce(0, { $0 + $1.count }) <= Self.mostBatchWrites else {
            throw .validation("Too many items requested for the BatchWriteItem call")
        }
        let requests = input.requestItems.sorted { $0.key < $1.key }
        var normalized: [(table: String, requests: [WriteRequest])] = []
        for (name, requests) in requests {
            normalized.append((name, try requests.map { request throws(StoreError) in try request.normalized() }))
        }
        var writes: [ItemWrite] = []
        for (name, requests) in normalized {
            let table = try table(name)
            let ofTable = try requests.map { request throws(StoreError) in try request.write(in: table) }
            guard Set(ofTable.map(\.key)).count == ofTable.count else {
                throw .validation("Provided list of item keys contains duplicates")
            }
            writes += ofTable
        }
        return writes
    }
}

extension WriteRequest {
    fileprivate func normalized() throws(StoreError) -> WriteRequest {
        switch self {
        case .put(let item):
            let item = try RequestExpressions.normalized(item, wording: .older)
            try ItemWrite.checkSize(item)
            return .put(item: item)
        case .delete(let key): return .delete(key: try RequestExpressions.normalized(key, wording: .older))
        }
    }

    fileprivate func write(in table: Table) throws(StoreError) -> ItemWrite {
        switch self {
        case .put(let item): try .putOfBatch(item, into: table)
        case .delete(let key): try .delete(key, from: table)
        }
    }
}
