#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
package import FunctionToolkit
package import LambdaEvents

/// The form of every answer: `success`, `data`, `meta`, `error`.
package enum Envelope {
    package static func success(
        _ data: JSONValue, status: Int = 200, meta: JSONValue = .null, headers: [String: String] = [:]
    ) -> HTTPResponse {
        let body: JSONValue = ["success": true, "data": data, "meta": meta, "error": nil]
        return response(status: status, body: body, headers: headers)
    }

    /// - Parameters:
    ///   - requestID: the gateway's, by which the log line is found.
    ///   - date: the time of the answer.
    package static func failure(_ error: PlatformError, requestID: String, at date: Date) -> HTTPResponse {
        var content = content(of: error)
        content["request_id"] = .string(requestID)
        content["timestamp"] = .string(Timestamp.text(date))
        var headers: [String: String] = [:]
        if let seconds = error.retryAfterSeconds { headers["Retry-After"] = String(seconds) }
        if let methods = error.allowedMethods { headers["Allow"] = methods.joined(separator: ", ") }
        // RFC 9110, 15.5.2: a 401 names the scheme.
        if error.code == .unauthorized { headers["WWW-Authenticate"] = "Bearer" }
        let body: JSONValue = ["success": false, "data": nil, "error": .object(content)]
        return response(status: error.code.status, body: body, headers: headers)
    }

    /// `code`, `message` and, where there are any, `fields`: the same over HTTP and in a socket's error frame.
    package static func content(of error: PlatformError) -> [String: JSONValue] {
        var content: [String: JSONValue] = ["code": .string(error.code.rawValue), "message": .string(error.message)]
        if !error.fields.isEmpty {
            content["fields"] = .object(error.fields.mapValues { .array($0.map(JSONValue.string)) })
        }
        return content
    }

    private static func response(status: Int, body: JSONValue, headers: [String: String]) -> HTTPResponse {
        var all = SecurityHeaders.all
        all["Content-Type"] = "application/json; charset=utf-8"
        all.merge(headers) { _, own in own }
        return HTTPResponse(status: status, headers: all, body: .text(JSONText.text(body)))
    }
}

/// The headers that stand in every answer; the values are the seed's.
package enum SecurityHeaders {
    package static let all = [
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "Content-Security-Policy": "default-src 'self'",
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cache-Control": "no-store",
    ]
}

/// JSON as text, with keys in order, so that equal values have equal texts.
package enum JSONText {
    package static func text(_ value: JSONValue) -> String {
        // A document always has a text.
        (try? JSONForm.text(value)) ?? "null"
    }
}

extension JSONValue {
    package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    package static func optional(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
    package static func time(_ date: Date) -> JSONValue { .string(Timestamp.text(date)) }
    package static func optionalTime(_ date: Date?) -> JSONValue { date.map { .string(Timestamp.text($0)) } ?? .null }
}
