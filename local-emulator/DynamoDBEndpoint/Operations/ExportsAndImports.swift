#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import StoreEngine

/// The operations of exports to S3 and imports from it. There is no S3 here, so that there are never any: the lists are empty,
/// what asks for one is told that there is none, and starting one is refused. The texts were measured at the service in October
/// 2026.
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
        let arn = try request.requiredString("TableArn", length: 1...1024)
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
        throw .unserved("ExportTableToPointInTime", because: "there is no S3 to export to")
    }
}

enum DescribeExport: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try TransferARN(request, of: "Export").checkPlace(store)
    }
}

enum ListExports: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.string("TableArn", length: 1...1024)
        _ = try request.integer("MaxResults", in: 1...25)
        let token = try request.string("NextToken")
        try request.check()
        try TransferARN.checkToken(token)
        return JSONObjectWriter.object { $0.array("ExportSummaries", []) }
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
        throw .unserved("ImportTable", because: "there is no S3 to import from")
    }
}

enum DescribeImport: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try TransferARN(request, of: "Import").checkPlace(store)
    }
}

enum ListImports: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.string("TableArn", length: 1...1024)
        _ = try request.integer("PageSize", in: 1...25)
        let token = try request.string("NextToken", length: 112...1024)
        try request.check()
        try TransferARN.checkToken(token)
        return JSONObjectWriter.object { $0.array("ImportSummaryList", []) }
    }
}

/// The ARN of an export or an import: the table's, then `/export/` or `/import/` and an identifier.
private struct TransferARN {
    /// `Export` or `Import`.
    let kind: String
    let arn: String

    init(_ request: RequestReader, of kind: String) throws(Refusal) {
        self.kind = kind
        arn = try request.requiredString("\(kind)Arn", length: 37...1024)
        try request.check()
    }

    /// Refuses every ARN, in the service's order: its form, its account, its region, and that there is none. No table has a name
    /// of less than three letters.
    func checkPlace(_ store: StoreEngine) throws(Refusal) -> Never {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let path = parts.last?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        guard parts.count == 6, parts[0] == "arn", path.count == 4, path[0] == "table", path[1].utf8.count >= 3,
            path[2] == kind.lowercased()
        else { throw .validation("Invalid \(kind) ARN") }
        guard parts[4] == store.accountID else {
            throw .store(StoreError(code: "AccessDeniedException", message: "Access is denied"))
        }
        guard parts[3] == store.region else { throw notFound("Invalid \(kind.lowercased()) arn") }
        throw notFound("\(kind) not found: \(arn)")
    }

    private func notFound(_ reason: String) -> Refusal {
        .store(StoreError(code: "\(kind)NotFoundException", message: "\(kind) not found: \(reason)"))
    }

    /// No page was ever cut, so that no token is one of ours.
    static func checkToken(_ token: String?) throws(Refusal) {
        guard let token else { return }
        throw .validation("Invalid Request: Provided nextToken is invalid: \(token)")
    }
}
