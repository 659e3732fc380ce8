package import Foundation

/// A request to the AWS-compatible endpoint, as the wire had it.
package struct ServiceRequest: Sendable {
    package var method: String
    /// The raw, still percent-encoded path, without the query.
    package var path: String
    /// What stands behind the `?`, raw; empty without one.
    package var rawQuery: String
    /// In the order of the wire, repeated ones included.
    package var headers: [(name: String, value: String)]
    package var body: Data
    /// The access key id of the request's signature, which tells the execution environment that sent it.
    package var accessKeyID: String?

    package init(
        method: String, path: String, rawQuery: String = "", headers: [(name: String, value: String)] = [], body: Data = Data(),
        accessKeyID: String? = nil
    ) {
        self.method = method
        self.path = path
        self.rawQuery = rawQuery
        self.headers = headers
        self.body = body
        self.accessKeyID = accessKeyID
    }

    /// The first header of that name, whatever its case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.caseInsensitiveEqual(name) }?.value
    }
}

/// The answer to a ``ServiceRequest``.
package struct ServiceReply: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: Data
    /// In place of `body`, where it is made while it is sent. Whoever takes the reply reads or closes it.
    package var stream: ServiceStream?

    package init(
        status: Int, headers: [(name: String, value: String)] = [], body: Data = Data(), stream: ServiceStream? = nil
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.stream = stream
    }
}

/// One service behind the endpoint.
package protocol ServiceHandling: Sendable {
    /// Answers once, inside the call or later from another thread.
    func handle(_ request: ServiceRequest, completion: @escaping @Sendable (ServiceReply) -> Void)
}

extension ServiceHandling {
    package func handle(_ request: ServiceRequest) async -> ServiceReply {
        await withCheckedContinuation { continuation in
            handle(request) { continuation.resume(returning: $0) }
        }
    }
}

extension String {
    /// ASCII letters compare without their case, as header names do (RFC 9110, section 5.1).
    func caseInsensitiveEqual(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { left, right in left.lowercasedASCII == right.lowercasedASCII }
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 { (0x41...0x5a).contains(self) ? self | 0x20 : self }
}
