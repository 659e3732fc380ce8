import StoreEngine

enum BatchWriteItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let tables = try request.requiredMapOfLists("RequestItems", of: "WriteRequest")
        request.checkCounts(tables.map(\.readers.count))
        var items: [String: [WriteRequest]] = [:]
        for (table, requests) in tables {
            var writes: [WriteRequest] = []
            for reader in requests { writes.append(try write(reader)) }
            items[table] = writes
        }
        let input = BatchWriteItemInput(
            requestItems: items, returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
        request.checkNames(tables.map(\.key))
        try request.checkConstraints()
        guard !tables.isEmpty else { throw .validation("The requestItems parameter is required for BatchWriteItem") }
        try request.check()
        store.batchWriteItem(
            input,
            completion: answering(completion) { (output: BatchWriteItemOutput) in
                JSONObjectWriter.object { writer in
                    writer.object("UnprocessedItems") { writer in
                        for (table, writes) in output.unprocessedItems.sorted(by: { $0.key < $1.key }) {
                            writer.array(table, writes.map(json))
                        }
                    }
                    writer.consumedCapacity(output.consumedCapacity)
                    writer.itemCollectionMetrics(output.itemCollectionMetrics)
                }
            })
    }

    private static func write(_ request: RequestReader) throws(Refusal) -> WriteRequest {
        let put = try request.structure("PutRequest")
        let delete = try request.structure("DeleteRequest")
        let item = try put?.requiredAttributes("Item")
        let key = try delete?.requiredAttributes("Key")
        if let item, key == nil { return .put(item: item) }
        if let key, item == nil { return .delete(key: key) }
        // The service's text for neither of them and for both.
        request.note(
            "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")
        return .delete(key: [:])
    }

    private static func json(_ write: WriteRequest) -> [UInt8] {
        JSONObjectWriter.object { writer in
            switch write {
            case .put(let item): writer.object("PutRequest") { $0.attributes("Item", item) }
            case .delete(let key): writer.object("DeleteRequest") { $0.attributes("Key", key) }
            }
        }
    }
}

extension RequestReader {
    fileprivate func checkCounts(_ counts: [Int]) {
        guard counts.contains(where: { !(1...StoreEngine.mostBatchWrites).contains($0) }), let value = self["RequestItems"]
        else { return }
        violate(
            "RequestItems", value: WireEcho.writeRequests(value),
            "Map value must satisfy constraint: [Member must have length less than or equal to \(StoreEngine.mostBatchWrites), "
                + "Member must have length greater than or equal to 1]")
    }

    /// Unlike BatchGetItem, it tells of a table's name only when nothing else is wrong.
    fileprivate func checkNames(_ names: [String]) {
        guard findings.violations.isEmpty, let value = self["RequestItems"] else { return }
        checkTableNames(names) { WireEcho.writeRequests(value) }
    }
}
