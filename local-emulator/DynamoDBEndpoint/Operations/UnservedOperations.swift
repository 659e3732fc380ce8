#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import StoreEngine

/// The operations that need another service, which is not here: S3, Kinesis, Application Auto Scaling. They are checked as the
/// service checks them, and then refused by name: accepting one would promise what never comes.
private enum Unserved {
    static func refusal(_ operation: String, because reason: String) -> Refusal {
        .unknownOperation("The operation \(operation) is not supported by this endpoint: \(reason)")
    }

    static let tableLength = 1...1024
    static let arnLength = 37...1024
    static let noKinesis = "there is no Kinesis to stream to"
    static let noS3 = "there is no S3 to export to or to import from"
    static let noAutoScaling = "there is no Application Auto Scaling, and a table has no replicas"
}

// MARK: - Kinesis

enum EnableKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try request.checkKinesisDestination("EnableKinesisStreamingConfiguration", store)
        throw Unserved.refusal("EnableKinesisStreamingDestination", because: Unserved.noKinesis)
    }
}

enum DisableKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try request.checkKinesisDestination("EnableKinesisStreamingConfiguration", store)
        throw Unserved.refusal("DisableKinesisStreamingDestination", because: Unserved.noKinesis)
    }
}

enum UpdateKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try request.checkKinesisDestination("UpdateKinesisStreamingConfiguration", store)
        throw Unserved.refusal("UpdateKinesisStreamingDestination", because: Unserved.noKinesis)
    }
}

enum DescribeKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let table = try request.requiredString("TableName", length: Unserved.tableLength)
        try request.check()
        _ = try ask { () throws(StoreError) in try store.describeTable(DescribeTableInput(tableName: table)) }
        throw Unserved.refusal("DescribeKinesisStreamingDestination", because: Unserved.noKinesis)
    }
}

extension RequestReader {
    private enum Precision: String {
        case millisecond = "MILLISECOND"
        case microsecond = "MICROSECOND"
    }

    fileprivate func checkKinesisDestination(_ configuration: String, _ store: StoreEngine) throws(Refusal) {
        let table = try requiredString("TableName", length: Unserved.tableLength)
        _ = try requiredString("StreamArn", length: Unserved.arnLength)
        _ = try structure(configuration)?.option(
            "ApproximateCreationDateTimePrecision", Precision.self, order: "MILLISECOND, MICROSECOND")
        try check()
        do throws(StoreError) {
            _ = try store.describeTable(DescribeTableInput(tableName: table))
        } catch {
            throw .store(error)
        }
    }
}

// MARK: - S3

enum ExportTableToPointInTime: ReadOperation {
    private enum Format: String {
        case dynamoDBJSON = "DYNAMODB_JSON"
        case ion = "ION"
    }

    private enum Kind: String {
        case full = "FULL_EXPORT"
        case incremental = "INCREMENTAL_EXPORT"
    }

    private enum Encryption: String {
        case aes256 = "AES256"
        case kms = "KMS"
    }

    /// Checks: the members, whether the table's name is an ARN, the table, the time, whether the table keeps its history.
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let arn = try request.requiredString("TableArn", length: Unserved.tableLength)
        _ = try request.requiredString("S3Bucket", length: 1...255)
        _ = try request.string("ClientToken", length: 1...Int(Int32.max))
        _ = try request.string("S3BucketOwner", length: 12...12)
        _ = try request.string("S3Prefix", length: 1...1024)
        _ = try request.string("S3SseKmsKeyId", length: 1...2048)
        _ = try request.option("S3SseAlgorithm", Encryption.self, order: "AES256, KMS")
        _ = try request.option("ExportFormat", Format.self, order: "DYNAMODB_JSON, ION")
        _ = try request.option("ExportType", Kind.self, order: "FULL_EXPORT, INCREMENTAL_EXPORT")
        let time = try request.timestamp("ExportTime")
        try request.check()
        guard arn.hasPrefix("arn:") else { throw .validation("Invalid TableArn: \(arn)") }
        guard let table = try? store.describeTable(DescribeTableInput(tableName: arn)).table else {
            throw .store(StoreError(code: "TableNotFoundException", message: "Table not found: \(arn)"))
        }
        let recovery = try ask { () throws(StoreError) in try store.describeContinuousBackups(table.tableName) }
            .pointInTimeRecovery
        if let time, time < recovery?.earliestRestorableDateTime ?? Date(timeIntervalSince1970: 0) {
            throw .store(
                StoreError(
                    code: "InvalidExportTimeException",
                    message: "Export Time is earlier than the earliest time that the table can be exported at"))
        }
        guard recovery != nil else {
            throw .store(
                StoreError(
                    code: "PointInTimeRecoveryUnavailableException",
                    message: "Point in time recovery is not enabled for table '\(table.tableName)'"))
        }
        throw Unserved.refusal("ExportTableToPointInTime", because: Unserved.noS3)
    }
}

enum DescribeExport: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let arn = try request.requiredString("ExportArn", length: Unserved.arnLength)
        try request.check()
        guard arn.hasPrefix("arn:"), arn.contains("/export/") else { throw .validation("Invalid Export ARN: \(arn)") }
        throw .store(StoreError(code: "ExportNotFoundException", message: "Export not found: \(arn)"))
    }
}

enum ListExports: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.string("TableArn", length: Unserved.tableLength)
        _ = try request.integer("MaxResults", in: 1...25)
        let token = try request.string("NextToken")
        try request.check()
        // No page was ever cut, so that no token is one of ours.
        guard token == nil else { throw .validation("Invalid NextToken for ListExports") }
        throw Unserved.refusal("ListExports", because: Unserved.noS3)
    }
}

enum ImportTable: ReadOperation {
    private enum Format: String {
        case dynamoDBJSON = "DYNAMODB_JSON"
        case ion = "ION"
        case csv = "CSV"
    }

    private enum Compression: String {
        case gzip = "GZIP"
        case zstd = "ZSTD"
        case none = "NONE"
    }

    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let source = try request.requiredStructure("S3BucketSource")
        _ = try source?.requiredString("S3Bucket", length: 1...255)
        _ = try source?.string("S3KeyPrefix", length: 0...1024)
        _ = try request.requiredOption("InputFormat", order: "DYNAMODB_JSON, ION, CSV", standIn: Format.ion)
        _ = try request.option("InputCompressionType", Compression.self, order: "GZIP, ZSTD, NONE")
        let table = try request.requiredStructure("TableCreationParameters")
        let name = try table?.requiredName("TableName")
        _ = try table?.requiredStructures("AttributeDefinitions", of: "AttributeDefinition")
        _ = try table?.requiredStructures("KeySchema", of: "KeySchemaElement")
        try request.check()
        if let name, (try? store.describeTable(DescribeTableInput(tableName: name))) != nil {
            throw .store(StoreError(code: "ResourceInUseException", message: "Table already exists: \(name)"))
        }
        throw Unserved.refusal("ImportTable", because: Unserved.noS3)
    }
}

enum DescribeImport: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let arn = try request.requiredString("ImportArn", length: Unserved.arnLength)
        try request.check()
        let parts = arn.split(separator: "/", omittingEmptySubsequences: false)
        guard arn.hasPrefix("arn:"), parts.count == 4, parts[2] == "import", parts[1].utf8.count >= 3 else {
            throw .validation("Invalid Import ARN: \(arn)")
        }
        throw .store(StoreError(code: "ImportNotFoundException", message: "Import not found: \(arn)"))
    }
}

enum ListImports: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.string("TableArn", length: Unserved.tableLength)
        _ = try request.integer("PageSize", in: 1...25)
        let token = try request.string("NextToken", length: 112...1024)
        try request.check()
        guard token == nil else { throw .validation("Invalid NextToken for ListImports") }
        throw Unserved.refusal("ListImports", because: Unserved.noS3)
    }
}

// MARK: - Replicas

extension RequestReader {
    /// UpdateTable's `ReplicaUpdates`: what names the table's own region has the service's error; any other region is not
    /// here.
    func refuseReplicaUpdates(_ store: StoreEngine) throws(Refusal) {
        for update in try structures("ReplicaUpdates", of: "ReplicationGroupUpdate") ?? [] {
            for action in ["Create", "Update", "Delete"] {
                let reader = try update.structure(action, "\(action)ReplicationGroupMemberAction")
                guard try reader?.requiredString("RegionName") == store.region else { continue }
                throw .validation(
                    "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or "
                        + "UpdateTable as required.")
            }
        }
        try refuse("ReplicaUpdates")
    }
}

enum DescribeTableReplicaAutoScaling: ReadOperation {
    /// A table without replicas has nothing to tell of.
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredString("TableName", length: Unserved.tableLength)
        try request.check()
        let table = try ask { () throws(StoreError) in try store.describeTable(DescribeTableInput(tableName: name)).table }
        return JSONObjectWriter.object { writer in
            writer.object("TableAutoScalingDescription") { writer in
                writer.string("TableName", table.tableName)
                writer.string("TableStatus", table.tableStatus.rawValue)
                writer.array("Replicas", [])
            }
        }
    }
}

enum UpdateTableReplicaAutoScaling: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredString("TableName", length: Unserved.tableLength)
        try request.check()
        _ = try ask { () throws(StoreError) in try store.describeTable(DescribeTableInput(tableName: name)) }
        throw Unserved.refusal("UpdateTableReplicaAutoScaling", because: Unserved.noAutoScaling)
    }
}
