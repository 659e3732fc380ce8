package import Foundation

/// One whole request.
package struct HTTPRequest: Sendable {
    package var method: String
    /// The request target as it came, neither decoded nor cut at NUL: `/a%2Fb?c=d`.
    package var target: String
    package var headers: HTTPHeaders
    /// The body's bytes.
    package var content: [UInt8]
    /// Fields after a chunked body (RFC 9112, 7.1.2).
    package var trailers: HTTPHeaders
    /// The client's address without its port: `127.0.0.1`.
    package var remoteAddress: String { client.text }
    package var httpVersion: String
    let client: ClientAddress

    package init(method: String, target: String, headers: HTTPHeaders = [:], body: Data = Data()) {
        self.init(method: method, target: target, headers: headers, httpVersion: "HTTP/1.1", client: .loopback)
        content = Array(body)
    }

    init(method: String, target: String, headers: HTTPHeaders, httpVersion: String, client: ClientAddress) {
        self.method = method
        self.target = target
        self.headers = headers
        content = []
        trailers = [:]
        self.client = client
        self.httpVersion = httpVersion
    }

    /// A copy of the body, for what works with `Data`.
    package var body: Data { Data(content) }

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
    /// The body's bytes.
    package var content: [UInt8]

    package init(status: Int, headers: HTTPHeaders = [:], content: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.content = content
    }

    package init(status: Int, headers: HTTPHeaders = [:], body: Data) {
        self.init(status: status, headers: headers, content: Array(body))
    }

    /// A copy of the body, for what works with `Data`.
    package var body: Data { Data(content) }
}
