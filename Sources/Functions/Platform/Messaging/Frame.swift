#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import FunctionToolkit
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

    package var json: JSONValue {
        ["event": .string(event), "data": .object(data), "timestamp": .integer(timestamp)]
    }

    package var text: String { JSONText.text(json) }
}

extension Frame {
    /// How clients write theirs; `data` and `timestamp` may be missing.
    package static let format = WebSocketMessageFormat(nameMember: "event", contentMember: "data")
}
