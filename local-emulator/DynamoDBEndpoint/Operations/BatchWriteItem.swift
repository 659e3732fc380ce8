import StoreEngine

enum BatchWriteItem: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        var items: [String: [WriteRequest]] = [:]
        for (table, requests) in try request.requiredMapOfLists("RequestItems", of: "WriteRequest") {
            var writes: [WriteRequest] = []
            for reader in requests { writes.append(try write(reader)) }
            items[table] = writes
        }
        let input = BatchWriteItemInput(
            requestItems: items, returnConsumedCapacity: try request.returnConsumedCapacity(),
            returnItemCollectionMetrics: try request.returnItemCollectionMetrics())
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
