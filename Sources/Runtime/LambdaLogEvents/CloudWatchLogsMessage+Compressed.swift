public import LambdaEvents

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

extension CloudWatchLogsMessage {
    /// Reads the gzip that CloudWatch Logs writes.
    ///
    /// - Throws: ``InflateError``; `DecodingError`.
    public init(compressed data: Data) throws {
        self = try JSONDecoder().decode(Self.self, from: Inflate.bytes(of: data))
    }
}
