package import Foundation

/// Header fields in the order they came, duplicates kept; names compare without regard to case (RFC 9110, 5.1).
package struct HTTPHeaders: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var fields: [(name: String, value: String)] = []

    package init() {}

    package init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    /// The first field of that name.
    package subscript(name: String) -> String? {
        fields.first { $0.name.caseInsensitiveEquals(name) }?.value
    }

    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.caseInsensitiveEquals(name) }.map(\.value)
    }

    package mutating func add(_ name: String, _ value: String) {
        fields.append((name: name, value: value))
    }

    package mutating func set(_ name: String, _ value: String) {
        fields.removeAll { $0.name.caseInsensitiveEquals(name) }
        add(name, value)
    }
}

extension String {
    fileprivate func caseInsensitiveEquals(_ other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { left, right in
                left == right || (left | 0x20 == right | 0x20 && (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(left | 0x20))
            }
    }
}

/// One whole request.
package struct HTTPRequest: Sendable {
    package var method: String
    /// The request target as it came, neither decoded nor cut at NUL: `/a%2Fb?c=d`.
    package var target: String
    package var headers: HTTPHeaders
    package var body: Data
    /// Fields after a chunked body (RFC 9112, 7.1.2).
    package var trailers: HTTPHeaders
    /// The client's address without its port: `127.0.0.1`.
    package var remoteAddress: String
    package var httpVersion: String

    package init(
        method: String, target: String, headers: HTTPHeaders = [:], body: Data = Data(), trailers: HTTPHeaders = [:],
        remoteAddress: String = "127.0.0.1", httpVersion: String = "HTTP/1.1"
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.trailers = trailers
        self.remoteAddress = remoteAddress
        self.httpVersion = httpVersion
    }

    /// The target's path, still percent-encoded.
    package var path: String { String(target.prefix { $0 != "?" }) }

    /// What stands after the first `?`, still percent-encoded; empty where there is none.
    package var rawQuery: String {
        guard let mark = target.firstIndex(of: "?") else { return "" }
        return String(target[target.index(after: mark)...])
    }
}

package struct HTTPResponse: Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: Data

    package init(status: Int, headers: HTTPHeaders = [:], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
