#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import LambdaEvents

/// What goes over a socket, both ways: `{"event": …, "data": {…}, "timestamp": <seconds since 1970>}`.
package struct Frame: Sendable, Equatable {
    package var event: String
    package var data: [String: JSONValue]
    package var timestamp: Int64

    package init(_ event: String, _ data: [String: JSONValue], at date: Date) {
        self.event = event
        self.data = data
        timestamp = Int64(date.timeIntervalSince1970.rounded(.down))
    }

    /// The frame that tells a client what went wrong with one of its own.
    ///
    /// - Parameter event: the client's; nil if it could not be read.
    package static func error(_ error: PlatformError, event: String?, at date: Date) -> Frame {
        var data = Envelope.content(of: error)
        data["event"] = .optional(event)
        return Frame("error", data, at: date)
    }

    /// Reads a client's frame; `data` and `timestamp` may be missing.
    ///
    /// - Throws: ``PlatformError`` for what is no JSON, has no `event`, or has members of a wrong type.
    package init(client text: String, at date: Date) throws(PlatformError) {
        let members = try RequestBody.object(from: Data(text.utf8))
        guard let event = members["event"]?.stringValue else {
            throw .invalid("event", "This field is required and must be a text")
        }
        let data = members["data"] ?? .null
        guard data.isNull || data.objectValue != nil else { throw .invalid("data", "This must be an object") }
        if let time = members["timestamp"], !time.isNull, time.doubleValue == nil {
            throw .invalid("timestamp", "This must be a number of seconds")
        }
        self.init(event, data.objectValue ?? [:], at: date)
    }

    package var text: String {
        JSONText.text(["event": .string(event), "data": .object(data), "timestamp": .integer(timestamp)])
    }
}
