import AWSClients
import FunctionTestSupport
import LambdaEvents
import Platform

@testable import stream_processor

enum Digest {
    /// `printf '%s' 'message-created:…e00000000001|…a00000000002|app' | sha256sum | cut -c1-32`
    static let deliveryOfFirstToSecond = "72c2e92131285e81df0925dedb85961c"
}

extension TestCloud {
    var handler: StreamHandler {
        StreamHandler(
            store: handlerStore, connections: connections, queue: SQSClient(transport: wire, retry: .none),
            queueURL: queueURL)
    }
}

extension DynamoDBStreamEvent.Record {
    static func inserted(_ item: Item, sequence: String = "1") -> Self {
        record(.insert, item, old: nil, sequence: sequence)
    }

    static func changed(from old: Item, to new: Item, sequence: String = "1") -> Self {
        record(.modify, new, old: old, sequence: sequence)
    }

    private static func record(
        _ name: DynamoDBStreamEvent.EventName, _ item: Item, old: Item?, sequence: String
    ) -> Self {
        .init(
            eventID: "e\(sequence)", eventName: name, awsRegion: "us-east-1",
            dynamodb: .init(
                keys: item.filter { ["pk", "sk"].contains($0.key) }, newImage: item, oldImage: old, sequenceNumber: sequence,
                sizeBytes: 100, streamViewType: .newAndOldImages),
            eventSourceARN: "arn:aws:dynamodb:us-east-1:000000000000:table/entities/stream/2026-03-01T00:00:00.000")
    }
}
