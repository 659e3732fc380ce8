import StoreEngine

enum GetRecords: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = GetRecordsInput(
            shardIterator: try request.requiredString("ShardIterator", length: StreamMember.iteratorLength),
            limit: try request.integer("Limit", in: 1...StoreEngine.mostRecords))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.getRecords(input) }
        return JSONObjectWriter.object { writer in
            writer.array("Records", output.records.map(record))
            writer.string("NextShardIterator", output.nextShardIterator)
        }
    }

    private static func record(_ record: StreamRecord) -> [UInt8] {
        JSONObjectWriter.object { writer in
            writer.string("awsRegion", record.awsRegion)
            writer.object("dynamodb") { writer in
                writer.time("ApproximateCreationDateTime", record.approximateCreationDateTime)
                writer.item("Keys", record.keys)
                writer.item("NewImage", record.newImage)
                writer.item("OldImage", record.oldImage)
                writer.string("SequenceNumber", record.sequenceNumber)
                writer.integer("SizeBytes", record.sizeBytes)
                writer.string("StreamViewType", record.streamViewType.rawValue)
            }
            writer.string("eventID", record.eventID)
            writer.string("eventName", record.eventName.rawValue)
            writer.string("eventSource", "aws:dynamodb")
            writer.string("eventVersion", "1.1")
            if let identity = record.userIdentity {
                writer.object("userIdentity") { writer in
                    writer.string("PrincipalId", identity.principalId)
                    writer.string("Type", identity.type)
                }
            }
        }
    }
}
