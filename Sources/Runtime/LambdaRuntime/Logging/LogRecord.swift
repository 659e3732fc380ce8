/// How log lines are written: `AWS_LAMBDA_LOG_FORMAT`.
public enum LambdaLogFormat: String, Sendable {
    case json = "JSON"
    case text = "Text"
}

/// One line of the log, before it is written in one of the formats.
struct LogRecord {
    var timestamp: LogTimestamp
    var level: LambdaLog.Level
    var requestID: String?
    var tenantID: String?
    var message: String
    var error: LogError?
    /// Sorted by name.
    var fields: [(name: String, value: LogValue)]

    /// Names of the line's own: a field with one of them gets an underscore in front, so that no line has a name twice.
    static func isReserved(_ name: String, hasError: Bool) -> Bool {
        switch name {
        case "timestamp", "level", "requestId", "tenantId", "message": true
        case "errorType", "errorMessage", "stackTrace": hasError
        default: false
        }
    }

    func bytes(_ format: LambdaLogFormat, redaction: LogRedaction) -> [UInt8] {
        switch format {
        case .json: jsonLine(redaction)
        case .text: textLine(redaction)
        }
    }

    /// With the names of Lambda's JSON log format in front: AWS Lambda Developer Guide, "Configuring JSON and plain text log
    /// formats"; `tenantId` as in awslambdaric's and the Node.js runtime's.
    private func jsonLine(_ redaction: LogRedaction) -> [UInt8] {
        var line = LogLineWriter(redaction: redaction)
        line.raw(#"{"timestamp":""#)
        timestamp.append(to: &line.bytes)
        line.raw(#"","level":""#)
        line.raw(level.rawValue)
        line.byte(UInt8(ascii: "\""))
        if let requestID { line.field("requestId", requestID) }
        if let tenantID { line.field("tenantId", tenantID) }
        line.redactedField("message", message)
        if let error {
            line.field("errorType", error.type)
            line.redactedField("errorMessage", error.message)
            line.stackTrace(error.stackTrace)
        }
        for (name, value) in fields {
            line.byte(UInt8(ascii: ","))
            line.string(Self.isReserved(name, hasError: error != nil) ? "_\(name)" : name)
            line.byte(UInt8(ascii: ":"))
            line.value(redaction.isSensitive(name: name) ? .string(LogRedaction.replacement) : value)
        }
        line.byte(UInt8(ascii: "}"))
        return line.bytes
    }

    /// Time, request id, level and message with tabs between, as the Node.js runtime writes them; the tenant id stands in
    /// front of the message, the fields behind it as `name=value`.
    private func textLine(_ redaction: LogRedaction) -> [UInt8] {
        var line = LogLineWriter(redaction: redaction)
        timestamp.append(to: &line.bytes)
        line.byte(UInt8(ascii: "\t"))
        line.raw(requestID ?? "-")
        line.byte(UInt8(ascii: "\t"))
        line.raw(level.rawValue)
        line.byte(UInt8(ascii: "\t"))
        if let tenantID {
            line.raw("tenantId=")
            line.raw(tenantID)
            line.byte(UInt8(ascii: "\t"))
        }
        line.raw(redaction.redacted(message))
        for (name, value) in fields {
            line.byte(UInt8(ascii: " "))
            line.raw(name)
            line.byte(UInt8(ascii: "="))
            line.textValue(redaction.isSensitive(name: name) ? .string(LogRedaction.replacement) : value)
        }
        if let error {
            line.byte(UInt8(ascii: "\n"))
            line.raw("\(error.type): \(redaction.redacted(error.message))")
            for frame in error.stackTrace { line.raw("\n    at \(frame)") }
        }
        return line.bytes
    }
}

/// An error as a log line names it.
struct LogError: Sendable, Equatable {
    var type: String
    var message: String
    var stackTrace: [String]

    init(_ failure: InvocationFailure) {
        (type, message, stackTrace) = (failure.errorType, failure.shortMessage, failure.shortTrace)
    }
}
