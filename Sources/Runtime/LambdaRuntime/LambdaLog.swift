#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Writes JSON log lines, one per call: `{"timestamp":…,"level":…,"requestId":…,"message":…, …}`.
///
/// The names are those of Lambda's JSON log format: AWS Lambda Developer Guide, "Log and filter function logs".
public struct LambdaLog: Sendable {
    public enum Level: String, Sendable, Comparable, CaseIterable {
        case trace = "TRACE"
        case debug = "DEBUG"
        case info = "INFO"
        case warn = "WARN"
        case error = "ERROR"
        case fatal = "FATAL"

        public static func < (left: Level, right: Level) -> Bool {
            left.severity < right.severity
        }

        private var severity: Int {
            switch self {
            case .trace: 0
            case .debug: 1
            case .info: 2
            case .warn: 3
            case .error: 4
            case .fatal: 5
            }
        }
    }

    private let requestID: String?
    private let minimum: Level
    private let sink: @Sendable (String) -> Void

    /// - Parameters:
    ///   - requestID: stands in each line; nil outside of an invocation.
    ///   - minimum: what is below it is not written.
    ///   - sink: takes one whole line without its newline.
    public init(requestID: String? = nil, minimum: Level = .info, sink: @escaping @Sendable (String) -> Void) {
        self.requestID = requestID
        self.minimum = minimum
        self.sink = sink
    }

    /// Writes one line, unless the level is below the log's minimum.
    ///
    /// - Parameter fields: stand in the line after `message`, sorted by name. A field named `timestamp`, `level`,
    ///   `requestId` or `message` gets an underscore in front, so that a line never has a name twice.
    public func log(_ level: Level, _ message: String, _ fields: [String: String] = [:]) {
        guard level >= minimum else { return }
        var line = JSONObjectText()
        line.add("timestamp", Date.now.formatted(.iso8601WithMilliseconds))
        line.add("level", level.rawValue)
        if let requestID { line.add("requestId", requestID) }
        line.add("message", message)
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            line.add(Self.ownNames.contains(name) ? "_\(name)" : name, value)
        }
        sink(line.text)
    }

    public func debug(_ message: String, _ fields: [String: String] = [:]) { log(.debug, message, fields) }
    public func info(_ message: String, _ fields: [String: String] = [:]) { log(.info, message, fields) }
    public func warn(_ message: String, _ fields: [String: String] = [:]) { log(.warn, message, fields) }
    public func error(_ message: String, _ fields: [String: String] = [:]) { log(.error, message, fields) }

    /// Writes one line as it is, without level, format and redaction: a document that a machine reads out of the log, such as
    /// one of CloudWatch's embedded metric format.
    public func writeLine(_ line: String) { sink(line) }

    private static let ownNames: Set = ["timestamp", "level", "requestId", "message"]

    /// The same log for one invocation.
    func forInvocation(_ requestID: String) -> LambdaLog {
        LambdaLog(requestID: requestID, minimum: minimum, sink: sink)
    }
}

extension FormatStyle where Self == Date.ISO8601FormatStyle {
    /// `2026-03-01T12:00:00.123Z`.
    fileprivate static var iso8601WithMilliseconds: Self { .init(includingFractionalSeconds: true) }
}
