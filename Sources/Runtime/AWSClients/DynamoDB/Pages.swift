/// An operation whose answer comes in pages.
public protocol DynamoDBPagedInput: Sendable {
    associatedtype Page: Sendable
    var exclusiveStartKey: DynamoDB.Item? { get set }
}

/// The pages of a query or scan, each read when it is asked for.
public struct DynamoDBPages<Input: DynamoDBPagedInput>: AsyncSequence, Sendable {
    public typealias Element = Input.Page

    let input: Input
    let read: @Sendable (Input) async throws -> (page: Input.Page, lastEvaluatedKey: DynamoDB.Item?)

    public func makeAsyncIterator() -> Iterator {
        Iterator(next: input, read: read)
    }

    public struct Iterator: AsyncIteratorProtocol {
        var next: Input?
        let read: @Sendable (Input) async throws -> (page: Input.Page, lastEvaluatedKey: DynamoDB.Item?)

        public mutating func next() async throws -> Input.Page? {
            guard var input = next else { return nil }
            let (page, lastEvaluatedKey) = try await read(input)
            // An empty page may still have a next one: the filter took all of its items.
            input.exclusiveStartKey = lastEvaluatedKey
            next = lastEvaluatedKey == nil ? nil : input
            return page
        }
    }
}

extension DynamoDB.QueryInput: DynamoDBPagedInput {
    public typealias Page = DynamoDB.QueryOutput
}

extension DynamoDB.ScanInput: DynamoDBPagedInput {
    public typealias Page = DynamoDB.ScanOutput
}

extension DynamoDBClient {
    /// All pages from the input's start key on.
    public func queryPages(_ input: DynamoDB.QueryInput) -> DynamoDBPages<DynamoDB.QueryInput> {
        DynamoDBPages(input: input) { input in
            let page = try await query(input)
            return (page, page.lastEvaluatedKey)
        }
    }

    /// All pages from the input's start key on.
    public func scanPages(_ input: DynamoDB.ScanInput) -> DynamoDBPages<DynamoDB.ScanInput> {
        DynamoDBPages(input: input) { input in
            let page = try await scan(input)
            return (page, page.lastEvaluatedKey)
        }
    }
}
