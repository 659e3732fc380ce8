import Foundation
import LambdaEvents
import RoostHTTPServer

/// Turns what a function answered into what the client gets, by payload format 2.0.
///
/// Source: "Create AWS Lambda proxy integrations for HTTP APIs in API Gateway", "Lambda function response for format 2.0".
enum IntegrationAnswer {
    /// - Returns: nil where the answer cannot be understood, which clients see as 500.
    static func response(to payload: Data) -> HTTPResponse? {
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: payload) else { return nil }  // not JSON
        guard let status = value["statusCode"] else { return inferred(value, payload) }
        guard let code = statusCode(status), let body = body(value) else { return nil }
        var headers = HTTPHeaders()
        guard add(value["headers"], to: &headers), addCookies(value["cookies"], to: &headers) else { return nil }
        if headers["Content-Type"] == nil { headers.add("Content-Type", "text/plain;charset=UTF-8") }
        return HTTPResponse(status: code, headers: headers, body: body)
    }

    /// Valid JSON without a `statusCode` is the body itself.
    private static func inferred(_ value: JSONValue, _ payload: Data) -> HTTPResponse {
        let body = value.stringValue.map { Data($0.utf8) } ?? payload
        return HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body)
    }

    private static func statusCode(_ value: JSONValue) -> Int? {
        let code = value.intValue ?? value.stringValue.flatMap { Int($0) }
        return code.flatMap { (200...599).contains($0) ? $0 : nil }
    }

    private static func body(_ value: JSONValue) -> Data? {
        switch value["body"] {
        case nil, .null: return Data()
        case .string(let text): return value["isBase64Encoded"]?.boolValue == true ? Data(base64Encoded: text) : Data(text.utf8)
        default: return nil
        }
    }

    /// Framing is the gateway's own.
    private static let ownHeaders: Set<String> = ["connection", "content-length", "keep-alive", "transfer-encoding", "upgrade"]

    private static func add(_ value: JSONValue?, to headers: inout HTTPHeaders) -> Bool {
        guard let value, !value.isNull else { return true }
        guard let members = value.objectValue else { return false }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) where !ownHeaders.contains(name.lowercased()) {
            guard let text = value.scalarText, text.isHeaderValue, !name.isEmpty else { return false }
            headers.add(name, text)
        }
        return true
    }

    private static func addCookies(_ value: JSONValue?, to headers: inout HTTPHeaders) -> Bool {
        guard let value, !value.isNull else { return true }
        guard let cookies = value.arrayValue else { return false }
        for cookie in cookies {
            guard let text = cookie.stringValue, text.isHeaderValue else { return false }
            headers.add("Set-Cookie", text)
        }
        return true
    }
}

extension JSONValue {
    /// A string, number or boolean as text; nil for all else.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .integer(let number): "\(number)"
        case .number(let number): "\(number)"
        case .bool(let flag): "\(flag)"
        case .null, .array, .object: nil
        }
    }
}

extension String {
    /// No line may be broken inside of a field (RFC 9110, 5.5).
    fileprivate var isHeaderValue: Bool {
        !utf8.contains { $0 == 0x0D || $0 == 0x0A || $0 == 0 }
    }
}
