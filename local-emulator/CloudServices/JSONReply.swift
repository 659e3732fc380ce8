internal import Foundation

extension ServiceReply {
    /// An answer in JSON, with the request id that AWS gives to every answer.
    static func json(
        _ value: some Encodable, status: Int = 200, contentType: String, headers: [(name: String, value: String)] = []
    ) -> ServiceReply {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .secondsSince1970
        guard let body = try? encoder.encode(value) else {
            // The answers are made of texts, whole numbers and times, which always encode.
            return ServiceReply(status: 500, headers: [("x-amzn-RequestId", newRequestID())])
        }
        return ServiceReply(
            status: status, headers: [("Content-Type", contentType), ("x-amzn-RequestId", newRequestID())] + headers, body: body)
    }

    static func newRequestID() -> String { UUID().uuidString.lowercased() }
}

/// `{}`
struct EmptyObject: Encodable {}
