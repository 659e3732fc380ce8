import LambdaEvents

/// What invokes `routing`: its queue, or its schedule.
enum RoutingEvent: Decodable, Sendable {
    case deliveries(SQSEvent)
    case sweep(ScheduledEvent)

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
        case detailType = "detail-type"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.records) {
            self = .deliveries(try SQSEvent(from: decoder))
        } else if container.contains(.detailType) {
            self = .sweep(try ScheduledEvent(from: decoder))
        } else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath, debugDescription: "neither a batch of a queue (Records) nor a scheduled event"
                )
            )
        }
    }
}

enum RoutingAnswer: Encodable, Sendable, Equatable {
    case deliveries(BatchResponse)
    case sweep(SweepReport)

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .deliveries(let response): try response.encode(to: encoder)
        case .sweep(let report): try report.encode(to: encoder)
        }
    }
}
