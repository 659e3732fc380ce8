import StoreEngine

enum BatchGetItem: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let tables = try request.requiredMap("RequestItems", of: "KeysAndAttributes")
        request.checkTables(tables.map(\.key))
        var items: [String: KeysAndAttributes] = [:]
        for (table, wanted) in tables {
            var keysAndAttributes = KeysAndAttributes(
                keys: try wanted.requiredKeys("Keys"), projectionExpression: try wanted.string("ProjectionExpression"),
                expressionAttributeNames: try wanted.expressionNames(),
                consistentRead: try wanted.bool("ConsistentRead") ?? false)
            keysAndAttributes.attributesToGet = try wanted.attributesToGet()
            request.checkKeyCount(keysAndAttributes.keys.count, of: table, isThere: wanted["Keys"] != nil)
            items[table] = keysAndAttributes
        }
        let input = BatchGetItemInput(requestItems: items, returnConsumedCapacity: try request.returnConsumedCapacity())
        try request.checkConstraints()
        // One table's expression does not go with another's legacy parameter either.
        try RequestReader.refuseMixed(
            used: items.values.contains { $0.attributesToGet != nil } ? ["AttributesToGet"] : [],
            items.values.contains { $0.projectionExpression != nil } ? ["ProjectionExpression"] : [])
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
        writer.strings("AttributesToGet", keys.attributesToGet)
        if let names = keys.expressionAttributeNames {
            writer.object("ExpressionAttributeNames") { writer in
                for (placeholder, name) in names.sorted(by: { $0.key < $1.key }) { writer.string(placeholder, name) }
            }
        }
        if keys.consistentRead { writer.bool("ConsistentRead", true) }
    }
}

extension RequestReader {
    /// Notes that `RequestItems` has no table, or names that no table may have.
    fileprivate func checkTables(_ names: [String]) {
        guard let value = self["RequestItems"] else { return }
        if names.isEmpty {
            findings.violations.add(
                "Value at 'RequestItems' failed to satisfy constraint: Member must have length greater than or equal to 1")
        }
        checkTableNames(names) { WireEcho.json(value) }
    }

    fileprivate func checkKeyCount(_ count: Int, of table: String, isThere: Bool) {
        guard isThere, count < 1 || count > StoreEngine.mostBatchGetKeys else { return }
        let bound = count < 1 ? "greater than or equal to 1" : "less than or equal to \(StoreEngine.mostBatchGetKeys)"
        findings.violations.add(
            "Value at 'RequestItems.\(table).member.Keys' failed to satisfy constraint: Member must have length \(bound)")
    }

    /// - Parameter echo: how the operation shows its `RequestItems`.
    func checkTableNames(_ names: [String], _ echo: () -> String) {
        guard names.contains(where: { !TableNameRule.isKept(by: $0) && !$0.hasPrefix("arn:") }) else { return }
        violate(
            "RequestItems", value: echo(),
            "Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length "
                + "greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]")
    }
}
