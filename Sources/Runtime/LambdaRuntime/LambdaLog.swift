/// Writes JSON log lines, one per call: `{"timestamp":…,"level":…,"requestId":…,"message":…, …}`.
public struct LambdaLog: Sendable {
    public enum Level: String, Sendable, Comparable, CaseIterable {
        case trace = "TRACE"
        case debug = "DEBUG"
        case info = "INFO"
        case warn = "WARN"
        case error = "ERROR"
        case fatal = "FATAL"

        public static func < (left: Level, right: Level) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!
        }
    }

    private let requestID: String?
    private let minimum: Level
    private let sink: @Sendable (String) -> Void

    /// - Parameters:
    ///   - requestID: stands in each line; nil outside of an invocation.
    ///   - sink: takes one whole line without its newline.
    public init(requestID: String? = nil, minimum: Level = .info, sink: @escaping @Sendable (String) -> Void) {
        self.requestID = requestID
        self.minimum = minimum
        self.sink = sink
    }
}
