public import LambdaEvents

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension CloudWatchLogsEvent {
    /// The log lines that the event carries.
    ///
    /// - Throws: ``InflateError``; `DecodingError`.
    public func message() throws -> CloudWatchLogsMessage {
        try CloudWatchLogsMessage(compressed: awslogs.data)
    }
}

extension KinesisStreamEvent.Content {
    /// The log lines in a record of a stream that a CloudWatch Logs subscription writes to.
    ///
    /// - Throws: ``InflateError``; `DecodingError`.
    public func logsMessage() throws -> CloudWatchLogsMessage {
        try CloudWatchLogsMessage(compressed: data)
    }
}

extension FirehoseTransformationEvent.Record {
    /// The log lines in a record of a delivery stream that a CloudWatch Logs subscription writes to.
    ///
    /// - Throws: ``InflateError``; `DecodingError`.
    public func logsMessage() throws -> CloudWatchLogsMessage {
        try CloudWatchLogsMessage(compressed: payload)
    }
}
