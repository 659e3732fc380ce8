import StoreEngine

/// DescribeLimits: an account's quotas as they are unless higher ones were asked for ("Quotas in Amazon DynamoDB"). Nothing
/// here is throttled by them.
enum DescribeLimits: ReadOperation {
    private static let accountUnits = 80000
    private static let tableUnits = 40000

    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.integer("AccountMaxReadCapacityUnits", accountUnits)
            writer.integer("AccountMaxWriteCapacityUnits", accountUnits)
            writer.integer("TableMaxReadCapacityUnits", tableUnits)
            writer.integer("TableMaxWriteCapacityUnits", tableUnits)
        }
    }
}

/// DescribeEndpoints: the address that the client asked at, which is where it is to ask.
enum DescribeEndpoints: ReadOperation {
    private static let cachePeriodInMinutes = 1440

    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let endpoint = JSONObjectWriter.object { writer in
            writer.string("Address", request.host ?? "dynamodb.\(store.region).amazonaws.com")
            writer.integer("CachePeriodInMinutes", cachePeriodInMinutes)
        }
        return JSONObjectWriter.object { $0.array("Endpoints", [endpoint]) }
    }
}
