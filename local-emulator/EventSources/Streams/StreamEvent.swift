internal import Foundation
internal import StoreEngine

/// The event of a DynamoDB stream, in the shape of AWS's own samples. Items are copied as the store keeps them, which is the
/// wire's form.
enum StreamEvent {
    static func payload(_ records: [StreamRecord], streamARN: String) -> Data {
        var data = Data("{\"Records\":[".utf8)
        for (index, record) in records.enumerated() {
            if index > 0 { data.append(UInt8(ascii: ",")) }
            append(record, streamARN: streamARN, to: &data)
        }
        data.append(contentsOf: Array("]}".utf8))
        return data
    }

    /// About how many bytes a record takes in an event.
    static func size(of record: StreamRecord) -> Int {
        record.keys.json.count + (record.newImage?.json.count ?? 0) + (record.oldImage?.json.count ?? 0) + 700
    }

    /// Everything that is put between quotation marks here is made of characters that JSON takes as they are.
    private static func append(_ record: StreamRecord, streamARN: String, to data: inout Data) {
        func add(_ text: String) { data.append(contentsOf: Array(text.utf8)) }
        add("{\"eventID\":\"\(record.eventID)\",\"eventName\":\"\(record.eventName.rawValue)\",\"eventVersion\":\"1.1\"")
        add(",\"eventSource\":\"aws:dynamodb\",\"awsRegion\":\"\(record.awsRegion)\"")
        add(",\"dynamodb\":{\"ApproximateCreationDateTime\":\(Int64(record.approximateCreationDateTime.timeIntervalSince1970))")
        for (name, item) in [("Keys", record.keys), ("NewImage", record.newImage), ("OldImage", record.oldImage)] {
            guard let item else { continue }
            add(",\"\(name)\":")
            data.append(contentsOf: item.json)
        }
        add(",\"SequenceNumber\":\"\(record.sequenceNumber)\",\"SizeBytes\":\(record.sizeBytes)")
        add(",\"StreamViewType\":\"\(record.streamViewType.rawValue)\"},\"eventSourceARN\":\"\(streamARN)\"")
        if let identity = record.userIdentity {
            add(",\"userIdentity\":{\"principalId\":\"\(identity.principalId)\",\"type\":\"\(identity.type)\"}")
        }
        add("}")
    }
}

/// What an on-failure destination is told of records that were given up (AWS Lambda Developer Guide, "Retain records for a
/// DynamoDB event source in Lambda"): where they are, not what they hold.
struct DiscardedBatch: Encodable {
    struct RequestContext: Encodable {
        var requestId: String
        var functionArn: String
        var condition: String
        var approximateInvokeCount: Int
    }

    struct ResponseContext: Encodable {
        var statusCode = 200
        var executedVersion = "$LATEST"
        var functionError: String?
    }

    struct BatchInfo: Encodable {
        var shardId: String
        var startSequenceNumber: String
        var endSequenceNumber: String
        var approximateArrivalOfFirstRecord: String
        var approximateArrivalOfLastRecord: String
        var batchSize: Int
        var streamArn: String
    }

    var requestContext: RequestContext
    var responseContext: ResponseContext
    var version = "1.0"
    var timestamp: String
    var DDBStreamBatchInfo: BatchInfo
}
