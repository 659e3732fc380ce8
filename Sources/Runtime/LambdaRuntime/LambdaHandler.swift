/// A Lambda function: one typed event in, one answer out.
///
/// The runtime makes the handler once, in the init phase, and calls ``handle(_:context:)`` once per invocation.
public protocol LambdaHandler: Sendable {
    associatedtype Event: Decodable & Sendable
    associatedtype Output: Encodable & Sendable

    func handle(_ event: Event, context: LambdaContext) async throws -> Output
}

/// The answer of a handler that has none, such as one for a schedule: `null`.
public struct NoAnswer: Encodable, Sendable, Equatable {
    public init() {}

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encodeNil()
    }
}
