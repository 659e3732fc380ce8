internal import DynamoDBExpressions
internal import LambdaEvents

/// BatchGetItem: one snapshot for all keys. What goes beyond 16 MB of answer is left in `unprocessedKeys`.
///
/// Checks, in the service's order: the number of keys, for each table by name the keys' values and the projection's text; then
/// for each table that it is there, its keys, and that none comes twice.
extension StoreEngine {
    package static let mostBatchGetKeys = 100
    static let batchGetBytes = 16 * 1024 * 1024

    package func batchGetItem(_ input: BatchGetItemInput) throws(StoreError) -> BatchGetItemOutput {
        guard input.requestItems.values.reduce(0, { $0 + $1.keys.count }) <= Self.mostBatchGetKeys else {
            throw .validation("Too many items requested for the BatchGetItem call")
        }
        var wanted: [BatchGet] = []
        for (name, request) in input.requestItems.sorted(by: { $0.key < $1.key }) {
            wanted.append(try BatchGet(name, request))
        }
        for index in wanted.indices { try wanted[index].find(try table(wanted[index].name)) }
        let requests = wanted
        let documents = try readAll(requests)
        return try answer(requests, documents, input)
    }

    /// One snapshot for all tables: SQLite holds the first read's for the whole transaction.
    private func readAll(_ requests: [BatchGet]) throws(StoreError) -> [[ItemDocument?]] {
        try readers.read { database in
            try database.readTransaction {
                try requests.map { request in
                    try request.keys.map { key in try request.table.flatMap { try $0.read(key, from: database) } }
                }
            }
        }
    }

    private func answer(
        _ requests: [BatchGet], _ documents: [[ItemDocument?]], _ input: BatchGetItemInput
    ) throws(StoreError) -> BatchGetItemOutput {
        var output = BatchGetItemOutput(responses: [:], unprocessedKeys: [:])
        var meter = CapacityMeter(input.returnConsumedCapacity)
        var bytes = 0
        for (request, found) in zip(requests, documents) {
            var items: [ItemDocument] = []
            var left: [AttributeMap] = []
            for (key, document) in zip(request.request.keys, found) {
                guard bytes + (document?.size ?? 0) <= Self.batchGetBytes else {
                    left.append(key)
                    continue
                }
                bytes += document?.size ?? 0
                meter.addRead(
                    document?.size ?? 0, of: request.table?.name ?? request.name, consistent: request.request.consistentRead)
                if let document { items.append(try document.projected(by: request.projection)) }
            }
            output.responses[request.name] = items
            if !left.isEmpty {
                var rest = request.request
                rest.keys = left
                output.unprocessedKeys[request.name] = rest
            }
        }
        output.consumedCapacity = meter.all
        return output
    }
}

/// What a batch wants of one table.
private struct BatchGet: Sendable {
    /// As the request has it: a name or an ARN.
    var name: String
    var request: KeysAndAttributes
    var projection: ProjectionExpression?
    var normalizedKeys: [AttributeMap] = []
    var table: Table?
    var keys: [ItemKey] = []

    init(_ name: String, _ request: KeysAndAttributes) throws(StoreError) {
        self.name = name
        self.request = request
        try RequestExpressions.presence(
            names: request.expressionAttributeNames, values: nil, [], projection: request.projectionExpression)
        for key in request.keys { normalizedKeys.append(try RequestExpressions.normalized(key)) }
        projection = try RequestExpressions.projection(
            request.projectionExpression, names: request.expressionAttributeNames, attributesToGet: request.attributesToGet)
    }

    mutating func find(_ table: Table) throws(StoreError) {
        self.table = table
        for key in normalizedKeys { keys.append(try table.itemKey(key)) }
        guard Set(keys).count == keys.count else {
            throw .validation("Provided list of item keys contains duplicates")
        }
        if let projection { try table.checkKeyPaths(projection.paths) }
    }
}
