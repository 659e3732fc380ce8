/// Writes the function's log, one record per call, in the format that the function is configured for.
///
/// JSON lines have the names of Lambda's JSON log format in front: `{"timestamp":…,"level":…,"requestId":…,"tenantId":…,
/// "message":…, …}`. Text lines are `timestamp<TAB>requestId<TAB>LEVEL<TAB>message name=value …`.
///
/// Secrets and personal data are replaced in messages and fields, see ``LogRedaction``.
///
/// Source: AWS Lambda Developer Guide, "Configuring advanced logging controls for Lambda functions".
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

        var severity: Int {
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

    /// The log of the invocation that the calling code runs for, where no context was passed down; outside of invocations
    /// the process's log, whose lines have no request id.
    public static var current: LambdaLog { ofTask ?? standard }

    /// Runs `operation` with this log as ``current``, its child tasks included.
    public func asCurrent<Result>(
        isolation: isolated (any Actor)? = #isolation, _ operation: () async throws -> Result
    ) async rethrows -> Result {
        try await Self.$ofTask.withValue(self, operation: operation, isolation: isolation)
    }

    @TaskLocal static var ofTask: LambdaLog?

    /// The process's log, as its environment variables say.
    private static let standard = LambdaLog(environment: .current)

    let requestID: String?
    private let tenantID: String?
    private let settings: Settings
    private var ownFields: [String: any LogFieldValue] = [:]

    /// What the logs of all invocations share.
    private final class Settings: Sendable {
        let minimum: Level
        let format: LambdaLogFormat
        let redaction: LogRedaction
        let destination: Destination

        init(minimum: Level, format: LambdaLogFormat, redaction: LogRedaction, destination: Destination) {
            self.minimum = minimum
            self.format = format
            self.redaction = redaction
            self.destination = destination
        }
    }

    private enum Destination: Sendable {
        case output(LogOutput)
        case sink(@Sendable (String) -> Void)
    }

    /// - Parameters:
    ///   - requestID: stands in each line; nil outside of an invocation.
    ///   - minimum: what is below it is not written.
    ///   - sink: takes one whole line without its newline.
    public init(
        requestID: String? = nil, tenantID: String? = nil, minimum: Level = .info, format: LambdaLogFormat = .json,
        redaction: LogRedaction = .standard, sink: @escaping @Sendable (String) -> Void
    ) {
        self.requestID = requestID
        self.tenantID = tenantID
        settings = Settings(minimum: minimum, format: format, redaction: redaction, destination: .sink(sink))
    }

    /// The log that `AWS_LAMBDA_LOG_FORMAT`, `AWS_LAMBDA_LOG_LEVEL` and `ROOST_LOG_REDACTION` describe.
    ///
    /// - Parameter sink: in place of the process's output, for tests.
    init(environment: LambdaEnvironment, redaction: LogRedaction = .standard, sink: (@Sendable (String) -> Void)? = nil) {
        requestID = nil
        tenantID = nil
        settings = Settings(
            minimum: environment.logLevel, format: environment.logFormat,
            redaction: environment["ROOST_LOG_REDACTION"]?.lowercased() == "off" ? .off : redaction,
            destination: sink.map { .sink($0) } ?? .output(.standard))
    }

    private init(_ log: LambdaLog, requestID: String?, tenantID: String?, ownFields: [String: any LogFieldValue]) {
        settings = log.settings
        self.requestID = requestID
        self.tenantID = tenantID
        self.ownFields = ownFields
    }

    /// Writes one line, unless the level is below the log's minimum: then neither message nor fields are made.
    ///
    /// - Parameter fields: stand in the line after `message`, sorted by name. A field named `timestamp`, `level`,
    ///   `requestId`, `tenantId` or `message` gets an underscore in front, so that a line never has a name twice.
    public func log(
        _ level: Level, _ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]
    ) {
        guard isEnabled(level) else { return }
        write(level, message(), nil, fields())
    }

    public func trace(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]) {
        log(.trace, message(), fields())
    }

    public func debug(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]) {
        log(.debug, message(), fields())
    }

    public func info(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]) {
        log(.info, message(), fields())
    }

    public func warn(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]) {
        log(.warn, message(), fields())
    }

    public func error(_ message: @autoclosure () -> String, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]) {
        log(.error, message(), fields())
    }

    /// A line with the error's type, message and stack as `errorType`, `errorMessage` and `stackTrace`.
    public func error(
        _ message: @autoclosure () -> String, _ error: any Error, _ fields: @autoclosure () -> [String: any LogFieldValue] = [:]
    ) {
        guard isEnabled(.error) else { return }
        write(.error, message(), LogError(InvocationFailure(error)), fields())
    }

    /// The runtime's own line about what an invocation, the init phase or the loop came to grief of.
    func log(_ level: Level, _ error: LogError, _ fields: [String: any LogFieldValue] = [:]) {
        guard isEnabled(level) else { return }
        write(level, error.message, error, fields)
    }

    /// Writes one line as it is, without level, format and redaction: a document that a machine reads out of the log, such as
    /// one of CloudWatch's embedded metric format.
    public func writeLine(_ line: String) {
        switch settings.destination {
        case .output(let output): output.write(Array(line.utf8), settings.format, .info, .now)
        case .sink(let sink): sink(line)
        }
    }

    /// Whether a line of this level is written.
    public func isEnabled(_ level: Level) -> Bool {
        level.severity >= settings.minimum.severity
    }

    /// This log with fields that stand in each of its lines; a line's own of the same name replaces one.
    public func adding(_ fields: [String: any LogFieldValue]) -> LambdaLog {
        LambdaLog(self, requestID: requestID, tenantID: tenantID, ownFields: ownFields.merging(fields) { $1 })
    }

    /// The same log for one invocation.
    func forInvocation(requestID: String, tenantID: String? = nil) -> LambdaLog {
        LambdaLog(self, requestID: requestID, tenantID: tenantID, ownFields: ownFields)
    }

    func redacted(_ text: String) -> String {
        settings.redaction.redacted(text)
    }

    private func write(_ level: Level, _ message: String, _ error: LogError?, _ fields: [String: any LogFieldValue]) {
        let all = ownFields.isEmpty ? fields : ownFields.merging(fields) { $1 }
        let record = LogRecord(
            timestamp: .now, level: level, requestID: requestID, tenantID: tenantID, message: message, error: error,
            fields: all.map { ($0.key, $0.value.logValue) }.sorted { $0.0 < $1.0 })
        let bytes = record.bytes(settings.format, redaction: settings.redaction)
        switch settings.destination {
        case .output(let output): output.write(bytes, settings.format, level, record.timestamp)
        case .sink(let sink): sink(String(decoding: LogOutput.oneLine(bytes), as: UTF8.self))
        }
    }
}

extension LambdaEnvironment {
    /// `AWS_LAMBDA_LOG_FORMAT`; Lambda's default, `Text`, where it is missing or neither of the two.
    public var logFormat: LambdaLogFormat {
        self["AWS_LAMBDA_LOG_FORMAT"]?.uppercased() == "JSON" ? .json : .text
    }

    /// `AWS_LAMBDA_LOG_LEVEL`; `INFO` where it is missing or none of Lambda's six levels.
    ///
    /// Lambda filters JSON logs only, and sets the variable only with them. Where it is set beside the text format all the
    /// same, it counts too, as in awslambdaric.
    public var logLevel: LambdaLog.Level {
        self["AWS_LAMBDA_LOG_LEVEL"].flatMap { LambdaLog.Level(rawValue: $0.uppercased()) } ?? .info
    }
}
