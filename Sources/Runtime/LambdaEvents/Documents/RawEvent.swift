/// An event as it came, for a handler that takes any: whole as a document, and of a known kind or of none.
///
/// ```swift
/// switch event.kind {
/// case .sqs: try await work(on: event.decode(as: SQSEvent.self))
/// case .schedule: try await sweep()
/// default: context.log.info("not ours: \(event.document)")
/// }
/// ```
public struct RawEvent: Sendable, Equatable, Codable {
    public var document: JSONValue
    /// Nil if the document is none that AWS sends, or one of a later day.
    public let kind: LambdaEventKind?

    public init(document: JSONValue) throws {
        self = try document.decode(RawEvent.self)
    }

    public init(from decoder: any Decoder) throws {
        document = try JSONValue(from: decoder)
        kind = LambdaEventKind(of: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
        try document.encode(to: encoder)
    }

    /// The document as an event's type, or as one of yours.
    ///
    /// - Throws: `DecodingError`.
    public func decode<Event: Decodable>(as type: Event.Type = Event.self) throws -> Event {
        try document.decode(type)
    }
}
