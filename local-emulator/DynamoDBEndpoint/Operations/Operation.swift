import StoreEngine

/// An operation that answers inside the call.
protocol ReadOperation: SendableMetatype {
    /// The answer's JSON.
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8]
}

/// An operation that the store queues; it is answered when it is on disk.
protocol WriteOperation: SendableMetatype {
    typealias Completion = @Sendable (Result<[UInt8], Refusal>) -> Void

    static func submit(_ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion) throws(Refusal)
}

/// The operations by their names in `X-Amz-Target`.
enum Operation: Sendable {
    case read(any ReadOperation.Type)
    case write(any WriteOperation.Type)

    static let dynamoDB: [String: Operation] = [
        "CreateTable": .write(CreateTable.self),
        "DescribeTable": .read(DescribeTable.self),
        "ListTables": .read(ListTables.self),
        "DeleteTable": .write(DeleteTable.self),
        "UpdateTable": .write(UpdateTable.self),
        "TagResource": .write(TagResource.self),
        "UntagResource": .write(UntagResource.self),
        "ListTagsOfResource": .read(ListTagsOfResource.self),
        "DescribeLimits": .read(DescribeLimits.self),
        "DescribeEndpoints": .read(DescribeEndpoints.self),
        "UpdateTimeToLive": .write(UpdateTimeToLive.self),
        "DescribeTimeToLive": .read(DescribeTimeToLive.self),
        "PutItem": .write(PutItem.self),
        "GetItem": .read(GetItem.self),
        "UpdateItem": .write(UpdateItem.self),
        "DeleteItem": .write(DeleteItem.self),
        "Query": .read(Query.self),
        "Scan": .read(Scan.self),
        "SearchVectors": .read(SearchVectors.self),
        "BatchGetItem": .read(BatchGetItem.self),
        "BatchWriteItem": .write(BatchWriteItem.self),
        "TransactGetItems": .read(TransactGetItems.self),
        "TransactWriteItems": .write(TransactWriteItems.self),
        "CreateBackup": .write(CreateBackup.self),
        "DescribeBackup": .read(DescribeBackup.self),
        "ListBackups": .read(ListBackups.self),
        "DeleteBackup": .write(DeleteBackup.self),
        "RestoreTableFromBackup": .write(RestoreTableFromBackup.self),
        "RestoreTableToPointInTime": .write(RestoreTableToPointInTime.self),
        "UpdateContinuousBackups": .write(UpdateContinuousBackups.self),
        "DescribeContinuousBackups": .read(DescribeContinuousBackups.self),
        "PutResourcePolicy": .write(PutResourcePolicy.self),
        "DeleteResourcePolicy": .write(DeleteResourcePolicy.self),
        "UpdateContributorInsights": .write(UpdateContributorInsights.self),
        "CreateGlobalTable": .read(CreateGlobalTable.self),
        "UpdateGlobalTable": .read(UpdateGlobalTable.self),
        "DescribeGlobalTable": .read(DescribeGlobalTable.self),
        "DescribeGlobalTableSettings": .read(DescribeGlobalTableSettings.self),
        "UpdateGlobalTableSettings": .read(UpdateGlobalTableSettings.self),
        "ListGlobalTables": .read(ListGlobalTables.self),
        "EnableKinesisStreamingDestination": .read(EnableKinesisStreamingDestination.self),
        "DisableKinesisStreamingDestination": .read(DisableKinesisStreamingDestination.self),
        "UpdateKinesisStreamingDestination": .read(UpdateKinesisStreamingDestination.self),
        "DescribeKinesisStreamingDestination": .read(DescribeKinesisStreamingDestination.self),
        "ExportTableToPointInTime": .read(ExportTableToPointInTime.self),
        "DescribeExport": .read(DescribeExport.self),
        "ListExports": .read(ListExports.self),
        "ImportTable": .read(ImportTable.self),
        "DescribeImport": .read(DescribeImport.self),
        "ListImports": .read(ListImports.self),
        "StartBulkPutItems": .read(StartBulkPutItems.self),
        "DescribeBulkOperation": .read(DescribeBulkOperation.self),
        "CancelBulkOperation": .read(CancelBulkOperation.self),
        "ListBulkOperations": .read(ListBulkOperations.self),
        "DescribeTableReplicaAutoScaling": .read(DescribeTableReplicaAutoScaling.self),
        "UpdateTableReplicaAutoScaling": .read(UpdateTableReplicaAutoScaling.self),
        "GetResourcePolicy": .read(GetResourcePolicy.self),
        "DescribeContributorInsights": .read(DescribeContributorInsights.self),
        "ListContributorInsights": .read(ListContributorInsights.self),
        "ExecuteStatement": .write(ExecuteStatement.self),
        "BatchExecuteStatement": .write(BatchExecuteStatement.self),
        "ExecuteTransaction": .write(ExecuteTransaction.self),
    ]

    static let streams: [String: Operation] = [
        "ListStreams": .read(ListStreams.self),
        "DescribeStream": .read(DescribeStream.self),
        "GetShardIterator": .read(GetShardIterator.self),
        "GetRecords": .read(GetRecords.self),
    ]
}

extension Operation {
    static let services = ["DynamoDB_20120810", "DynamoDBStreams_20120810"]

    /// Under the whole text of `X-Amz-Target`.
    static let byTarget: [String: Operation] = Dictionary(
        uniqueKeysWithValues: zip(services, [dynamoDB, streams]).flatMap { service, operations in
            operations.map { ("\(service).\($0.key)", $0.value) }
        })
}

extension ReadOperation {
    /// Runs an operation of the store, with its error as a refusal.
    static func ask<Output>(_ body: () throws(StoreError) -> Output) throws(Refusal) -> Output {
        do throws(StoreError) { return try body() } catch { throw .store(error) }
    }
}

extension WriteOperation {
    /// The store's completion for a write whose output becomes this JSON.
    static func answering<Output: Sendable>(
        _ completion: @escaping Completion, _ json: @escaping @Sendable (Output) -> [UInt8]
    ) -> @Sendable (Result<Output, StoreError>) -> Void {
        { result in completion(result.map(json).mapError(Refusal.store)) }
    }
}
