extension DynamoDB {
    /// Up to 25 puts and deletes, each on its own: some may be done and others not.
    public struct BatchWriteItemInput: Sendable, Equatable, Codable {
        /// By table.
        public var requestItems: [String: [WriteRequest]]

        public init(requestItems: [String: [WriteRequest]]) {
            self.requestItems = requestItems
        }

        private enum CodingKeys: String, CodingKey {
            case requestItems = "RequestItems"
        }
    }

    /// One write of a batch.
    public enum WriteRequest: Sendable, Equatable, Codable {
        case put(Item)
        case delete(key: Item)

        private enum CodingKeys: String, CodingKey {
            case put = "PutRequest"
            case delete = "DeleteRequest"
        }

        private struct Put: Codable {
            var item: Item
            enum CodingKeys: String, CodingKey { case item = "Item" }
        }

        private struct Delete: Codable {
            var key: Item
            enum CodingKeys: String, CodingKey { case key = "Key" }
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            if let put = try container.decodeIfPresent(Put.self, forKey: .put) {
                self = .put(put.item)
            } else {
                self = .delete(key: try container.decode(Delete.self, forKey: .delete).key)
            }
        }

        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .put(let item): try container.encode(Put(item: item), forKey: .put)
            case .delete(let key): try container.encode(Delete(key: key), forKey: .delete)
            }
        }
    }

    public struct BatchWriteItemOutput: Sendable, Equatable, Codable {
        /// What was throttled, to be sent again; empty when all was written.
        public var unprocessedItems: [String: [WriteRequest]]

        public init(unprocessedItems: [String: [WriteRequest]] = [:]) {
            self.unprocessedItems = unprocessedItems
        }

        private enum CodingKeys: String, CodingKey {
            case unprocessedItems = "UnprocessedItems"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            unprocessedItems = try container.decodeIfPresent([String: [WriteRequest]].self, forKey: .unprocessedItems) ?? [:]
        }
    }
}

extension DynamoDBClient {
    /// Writes a batch. What comes back in `unprocessedItems` is the caller's to send again.
    @discardableResult
    public func batchWriteItem(_ input: DynamoDB.BatchWriteItemInput) async throws -> DynamoDB.BatchWriteItemOutput {
        try await caller.call("BatchWriteItem", input, isRepeatable: true)
    }
}
