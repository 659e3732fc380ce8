package import StoreEngine

/// DynamoDB's and DynamoDB Streams' JSON 1.0 protocol over a store. It knows no server: tests call it in process.
///
/// A request is checked in the service's order: its text is JSON, its target is an operation, who sends it may, its members
/// have the types of the model, they keep the model's constraints, and then what the engine checks.
package final class DynamoDBEndpoint: Sendable {
    private let store: StoreEngine

    package init(store: StoreEngine) {
        self.store = store
    }

    /// Answers one request.
    ///
    /// - Parameters:
    ///   - target: the header `X-Amz-Target`, `DynamoDB_20120810.PutItem`; empty if there was none.
    ///   - host: the header `Host`, which is the address that DescribeEndpoints tells.
    ///   - completion: called once: within the call for reads and refusals, from the store's writer for writes.
    package func handle(
        target: String, body: [UInt8], host: String? = nil, completion: @escaping @Sendable (DynamoDBReply) -> Void
    ) {
        handle(target: target, body: body, host: host, authenticate: {}, completion: completion)
    }

    /// - Parameter authenticate: called when the target is known, before the operation looks at the request.
    func handle(
        target: String, body: [UInt8], host: String?, authenticate: () throws(Refusal) -> Void,
        completion: @escaping @Sendable (DynamoDBReply) -> Void
    ) {
        do throws(Refusal) {
            // That there is no body at all is said only when everything else is right.
            let value = body.isEmpty ? WireValue.null : try Self.json(body)
            let operation = try Self.operation(target)
            try authenticate()
            guard case .object(let members) = value else { throw .serialization(nil) }
            let request = RequestReader(members, host: host)
            switch operation {
            case .read(let operation):
                completion(DynamoDBReply(status: 200, json: try operation.answer(request, store)))
            case .write(let operation):
                try operation.submit(request, store) { result in
                    switch result {
                    case .success(let json): completion(DynamoDBReply(status: 200, json: json))
                    case .failure(let refusal): completion(DynamoDBReply(refusal))
                    }
                }
            }
        } catch {
            completion(DynamoDBReply(error))
        }
    }

    private static func json(_ body: [UInt8]) throws(Refusal) -> WireValue {
        do throws(WireParser.Malformed) { return try WireDocument(body).value } catch { throw .serialization(nil) }
    }

    private static func operation(_ target: String) throws(Refusal) -> Operation {
        guard let operation = Operation.byTarget[target] else { throw .unknownOperation(nil) }
        return operation
    }
}
