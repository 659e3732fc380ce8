import StoreEngine

/// The operations of Kinesis destinations. There is no Kinesis here, so that a table never has a destination: what asks for
/// one or would change one has the service's answer for a table without, and enabling one is refused. (The service would answer
/// 200 ENABLING for a stream that does not exist, and leave an ENABLE_FAILED destination that speaks of permissions; measured
/// at the service in October 2026.)
///
/// Checks: the members, the table, the state of the destination.
enum EnableKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try KinesisDestination(request, configuration: "EnableKinesisStreamingConfiguration").checkTable(store)
        throw .unserved("EnableKinesisStreamingDestination", because: "there is no Kinesis to stream to")
    }
}

enum DisableKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let destination = try KinesisDestination(request, configuration: "EnableKinesisStreamingConfiguration")
        guard destination.precision == nil else {
            throw .validation("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters")
        }
        try destination.checkTable(store)
        // The service's own, for a stream that was never enabled too.
        throw KinesisDestination.invalidState("KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.")
    }
}

enum UpdateKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let destination = try KinesisDestination(request, configuration: "UpdateKinesisStreamingConfiguration")
        guard destination.precision != nil else {
            throw .validation(
                "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be "
                    + "null or contain only null values")
        }
        let table = try destination.checkTable(store)
        throw KinesisDestination.invalidState(
            "No streaming destination with streamArn: \(destination.streamARN) found for table with tableName: \(table)")
    }
}

enum DescribeKinesisStreamingDestination: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredString("TableName", length: 1...1024)
        try request.check()
        let table = try ask { () throws(StoreError) in try store.describeTable(DescribeTableInput(tableName: name)).table }
        return JSONObjectWriter.object { writer in
            writer.array("KinesisDataStreamDestinations", [])
            writer.string("TableName", table.tableName)
        }
    }
}

/// What a request about a destination names. The bounds are the model's.
private struct KinesisDestination {
    enum Precision: String {
        case millisecond = "MILLISECOND"
        case microsecond = "MICROSECOND"
    }

    let table: String
    let streamARN: String
    let precision: Precision?

    init(_ request: RequestReader, configuration: String) throws(Refusal) {
        table = try request.requiredString("TableName", length: 1...1024)
        streamARN = try request.requiredString("StreamArn", length: 37...1024)
        precision = try request.structure(configuration)?.option(
            "ApproximateCreationDateTimePrecision", Precision.self, order: "MILLISECOND, MICROSECOND")
        try request.check()
    }

    /// The table's name.
    @discardableResult
    func checkTable(_ store: StoreEngine) throws(Refusal) -> String {
        do throws(StoreError) {
            return try store.describeTable(DescribeTableInput(tableName: table)).table.tableName
        } catch {
            throw .store(error)
        }
    }

    /// The service says "enable" whatever was asked for.
    static func invalidState(_ reason: String) -> Refusal {
        .validation("Table is not in a valid state to enable Kinesis Streaming Destination: \(reason)")
    }
}
