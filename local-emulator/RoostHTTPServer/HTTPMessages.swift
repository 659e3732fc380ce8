package import Foundation

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
