#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

internal import LambdaEvents

/// A segment, or a subsegment that is sent by itself.
///
/// Source: AWS X-Ray Developer Guide, "AWS X-Ray segment documents".
struct SegmentDocument: Sendable {
    enum Kind: Sendable {
        case segment
        /// Our own work.
        case local
        /// A call of an AWS service.
        case aws
        /// Any other call over HTTP.
        case remote
    }

    var kind: Kind
    var name: String
    var id: String
    var traceID: String
    var parentID: String?
    var start: Date
    var end: Date?
    var isError = false
    var isFault = false
    var isThrottled = false
    var request: (method: String, url: String)?
    var response: (status: Int, contentLength: Int?)?
    var aws: [String: JSONValue] = [:]
    var annotations: [String: JSONValue] = [:]
    var metadata: [String: [String: JSONValue]] = [:]
    var exceptions: [Exception] = []

    struct Exception: Sendable {
        var type: String
        var message: String
        /// The service that was called says so.
        var isRemote: Bool
    }

    /// Marks the status of an answer: 429 is throttling and an error, other 4xx are errors, 5xx are faults.
    mutating func setStatus(_ status: Int, contentLength: Int?) {
        response = (status, contentLength)
        switch status {
        case 429: (isError, isThrottled) = (true, true)
        case 400..<500: isError = true
        case 500...: isFault = true
        default: break
        }
    }

    /// The document; without its metadata, then without everything of the user's, where it would be too long.
    func send(to daemon: XRayDaemon) {
        var smaller = self
        if daemon.send(JSONText.write(.object(smaller.members))) { return }
        smaller.metadata = [:]
        if daemon.send(JSONText.write(.object(smaller.members))) { return }
        smaller.annotations = [:]
        smaller.exceptions = []
        if !daemon.send(JSONText.write(.object(smaller.members))) { daemon.lose() }
    }

    private var members: [String: JSONValue] {
        var members: [String: JSONValue] = [
            "name": .string(Self.allowed(name)), "id": .string(id), "trace_id": .string(traceID),
            "start_time": .number(start.timeIntervalSince1970),
        ]
        switch kind {
        case .segment: break
        case .local: members["type"] = "subsegment"
        case .aws: (members["type"], members["namespace"]) = ("subsegment", "aws")
        case .remote: (members["type"], members["namespace"]) = ("subsegment", "remote")
        }
        if let parentID { members["parent_id"] = .string(parentID) }
        if let end { members["end_time"] = .number(end.timeIntervalSince1970) } else { members["in_progress"] = true }
        for (name, isSet) in [("error", isError), ("fault", isFault), ("throttle", isThrottled)] where isSet {
            members[name] = true
        }
        if let http { members["http"] = http }
        if !aws.isEmpty { members["aws"] = .object(aws) }
        if !annotations.isEmpty { members["annotations"] = .object(annotations) }
        if !metadata.isEmpty { members["metadata"] = .object(metadata.mapValues { .object($0) }) }
        if let cause { members["cause"] = cause }
        return members
    }

    private var http: JSONValue? {
        var http: [String: JSONValue] = [:]
        if let request { http["request"] = ["method": .string(request.method), "url": .string(request.url)] }
        if let response {
            var block: [String: JSONValue] = ["status": .integer(Int64(response.status))]
            if let length = response.contentLength { block["content_length"] = .integer(Int64(length)) }
            http["response"] = .object(block)
        }
        return http.isEmpty ? nil : .object(http)
    }

    private var cause: JSONValue? {
        guard !exceptions.isEmpty else { return nil }
        return [
            "working_directory": .string(FileManager.default.currentDirectoryPath),
            "exceptions": .array(
                exceptions.map {
                    [
                        "id": .string(TraceIdentifiers.segment()), "type": .string($0.type),
                        "message": .string(String($0.message.prefix(1000))), "remote": .bool($0.isRemote),
                    ]
                }),
        ]
    }

    /// Letters, digits, white space and `_ . : / % & # = + \ - @`, 200 characters at most: all that a name may have.
    private static func allowed(_ name: String) -> String {
        let allowed = name.filter { $0.isLetter || $0.isNumber || $0.isWhitespace || #"_.:/%&#=+\-@"#.contains($0) }
        return allowed.isEmpty ? "unnamed" : String(allowed.prefix(200))
    }
}
