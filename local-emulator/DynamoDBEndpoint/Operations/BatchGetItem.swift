import StoreEngine

enum BatchGetItem: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        var items: [String: KeysAndAttributes] = [:]
        for (table, wanted) in try request.requiredMap("RequestItems", of: "KeysAndAttributes") {
            items[table] = KeysAndAttributes(
                keys: try wanted.requiredKeys("Keys"), projectionExpression: try wanted.string("ProjectionExpression"),
                expressionAttributeNames: try wanted.expressionNames(),
                consistentRead: try wanted.bool("ConsistentRead") ?? false)
            try wanted.refuseLegacy(["AttributesToGet"], besides: ["ProjectionExpression"])
        }
        let input = BatchGetItemInput(requestItems: items, returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.check()
        let output = try ask { () throws(StoreError) in try store.batchGetItem(input) }
        return JSONObjectWriter.object { writer in
            writer.object("Responses") { writer in
                for (table, documents) in output.responses.sorted(by: { $0.key < $1.key }) {
                    writer.items(table, documents)
                }
            }
            writer.object("UnprocessedKeys") { writer in
                for (table, keys) in output.unprocessedKeys.sorted(by: { $0.key < $1.key }) {
                    writer.object(table) { Self.write(keys, to: &$0) }
                }
            }
            writer.consumedCapacity(output.consumedCapacity)
        }
    }

    /// Writes what is left to do in the form of a request, for the client to send it again.
    private static func write(_ keys: KeysAndAttributes, to writer: inout JSONObjectWriter) {
        writer.array("Keys", keys.keys.map(AttributeJSONWriter.item))
        writer.string("ProjectionExpression", keys.projectionExpression)
        if let names = keys.expressionAttributeNames {
            writer.object("ExpressionAttributeNames") { writer in
                for (placeholder, name) in names.sorted(by: { $0.key < $1.key }) { writer.string(placeholder, name) }
            }
        }
        if keys.consistentRead { writer.bool("ConsistentRead", true) }
    }
}
