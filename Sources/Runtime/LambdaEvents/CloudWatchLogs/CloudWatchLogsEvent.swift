#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A batch of log lines from a CloudWatch Logs subscription, as it comes: gzip in base64.
///
/// What is inside is a ``CloudWatchLogsMessage``. Unpacking it needs zlib, which this module, linked by every function, does
/// without: import `LambdaLogEvents` and call `event.message()`. Source: AWS Lambda Developer Guide, "Using Lambda with CloudWatch
/// Logs", https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html
public struct CloudWatchLogsEvent: Sendable, Equatable, Codable {
    public var awslogs: Payload

    public init(awslogs: Payload) {
        self.awslogs = awslogs
    }

    public struct Payload: Sendable, Equatable, Codable {
        /// Gzip; base64 on the wire.
        public var data: Data

        public init(data: Data) {
            self.data = data
        }
    }
}
