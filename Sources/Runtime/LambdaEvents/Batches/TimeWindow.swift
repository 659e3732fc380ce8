#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// An event of a stream whose event source mapping has a tumbling window.
///
/// Sources: AWS Lambda Developer Guide, "Implementing stateful DynamoDB stream processing in Lambda",
/// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html, and the same of Kinesis,
/// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
public protocol LambdaTimeWindowCarrying {
    /// The window's bounds; nil without a window.
    var window: TimeWindow? { get }
    /// What the previous invocation of the window answered; an empty object in its first.
    var state: JSONValue? { get }
    /// The shard that the window is over.
    var shardId: String? { get }
    var eventSourceARN: String? { get }
    /// The last invocation of the window: what it answers is not kept.
    var isFinalInvokeForWindow: Bool? { get }
    /// The state grew over 1 MB, so that the window ends before its time.
    var isWindowTerminatedEarly: Bool? { get }
}

extension LambdaTimeWindowCarrying {
    /// The window's state in a type of yours; nil in the window's first invocation and without a window.
    ///
    /// - Throws: `DecodingError`.
    public func decodeState<State: Decodable>(as type: State.Type = State.self) throws -> State? {
        guard let state, !state.isNull, state != [:] else { return nil }
        return try state.decode(type)
    }
}

/// A tumbling window: the records that came from its start until before its end.
public struct TimeWindow: Sendable, Equatable, Codable {
    @ISO8601Time public var start: Date
    @ISO8601Time public var end: Date

    public init(start: Date, end: Date) {
        self.start = start
        self.end = end
    }
}

/// What a function answers to an event of a tumbling window: the state for the window's next invocation, at most 1 MB.
///
/// Failures are read where the event source mapping has `ReportBatchItemFailures`. Source: AWS Lambda Developer Guide,
/// https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
public struct TimeWindowResponse: Sendable, Equatable, Codable {
    public var state: JSONValue
    public var batchItemFailures: [BatchResponse.Failure]

    public init(state: JSONValue, batchItemFailures: [BatchResponse.Failure] = []) {
        self.state = state
        self.batchItemFailures = batchItemFailures
    }

    /// - Throws: `EncodingError`.
    public init(state: some Encodable, batchItemFailures: [BatchResponse.Failure] = []) throws {
        self.init(state: try JSONValue(encoding: state), batchItemFailures: batchItemFailures)
    }
}
