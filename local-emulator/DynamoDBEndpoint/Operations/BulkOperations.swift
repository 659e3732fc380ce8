import StoreEngine

/// The operations of bulk puts, which read items from S3. There is no S3 here, so that there are never any: the list is empty,
/// what asks for one is told that there is none, and starting one is refused.
enum StartBulkPutItems: ReadOperation {
    private enum Format: String {
        case dynamoDBJSON = "DYNAMODB_JSON"
        case ion = "ION"
    }

    private enum Tier: String {
        case standard = "STANDARD"
        case accelerated = "ACCELERATED"
    }

    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let table = try request.requiredString("TableName", length: 1...1024)
        let input = try request.requiredStructure("InputS3Configuration")
        _ = try input?.requiredString("S3Bucket", length: 1...255)
        _ = try input?.requiredOption("InputFormat", order: "DYNAMODB_JSON, ION", standIn: Format.ion)
        let output = try request.requiredStructure("OutputS3Configuration")
        if output?.require("OutputType") != nil { _ = try output?.strings("OutputType") }
        _ = try request.integer("MaxWriteRequestUnits", in: 1024...Int.max)
        _ = try request.option("PerformanceTier", Tier.self, order: "STANDARD, ACCELERATED")
        try request.check()
        _ = try ask { () throws(StoreError) in try store.describeTable(DescribeTableInput(tableName: table)) }
        throw .unserved("StartBulkPutItems", because: "there is no S3 to read from")
    }
}

enum DescribeBulkOperation: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        throw try request.missingBulkOperation()
    }
}

enum CancelBulkOperation: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        throw try request.missingBulkOperation()
    }
}

enum ListBulkOperations: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.integer("MaxResults", in: 1...25)
        let token = try request.string("NextToken", length: 1...1024)
        try request.check()
        guard token == nil else { throw .validation("Invalid NextToken") }
        return JSONObjectWriter.object { $0.array("BulkOperationsSummaryList", []) }
    }
}

extension RequestReader {
    /// None was ever started, so that none is there.
    fileprivate func missingBulkOperation() throws(Refusal) -> Refusal {
        let arn = try requiredString("BulkOperationArn", length: 37...1024)
        try check()
        return .store(
            StoreError(
                code: "ResourceNotFoundException", message: "Requested resource not found: BulkOperation: \(arn) not found"))
    }
}
