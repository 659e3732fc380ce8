#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One request.
public struct HTTPClientRequest: Sendable {
    /// `GET`, `POST`, …: sent as it is.
    public var method: String
    /// An absolute `http` or `https` URL, percent-encoded; sent as it is, dot segments kept.
    public var url: String
    /// In the order they are sent. `Host` may be given; `Content-Length` must be the body's where it is given, and
    /// `Transfer-Encoding` and `Expect` are refused. Nothing else is added than `Host` and `Content-Length`.
    public var headers: [(name: String, value: String)]
    public var body: Data
    /// From `send` to the last byte of the answer, waiting for a free connection included; nil for no limit.
    /// ``RequestDeadline/current`` holds beside it, whichever is earlier.
    public var timeout: Duration?
    /// A longer body fails the request with ``HTTPClientError/responseTooLarge(limit:url:)``.
    public var maximumResponseBytes: Int
    /// For observers alone; nothing of it is sent.
    public var subject: ServiceCallSubject?

    /// DynamoDB, SQS and Lambda answer with at most 16 MB, 1 MB and 6 MB.
    public static let defaultMaximumResponseBytes = 32 << 20

    public init(
        method: String = "GET", url: String, headers: [(name: String, value: String)] = [], body: Data = Data(),
        timeout: Duration? = .seconds(30), maximumResponseBytes: Int = HTTPClientRequest.defaultMaximumResponseBytes
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumResponseBytes = maximumResponseBytes
    }
}

/// One whole answer, whatever its status: a 500 is an answer, not an error.
public struct HTTPClientResponse: Sendable {
    public var status: Int
    /// In the order they came, duplicates kept; without the fields of interim (1xx) answers and without trailers.
    public var headers: [(name: String, value: String)]
    public var body: Data

    public init(status: Int, headers: [(name: String, value: String)] = [], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first field of that name; names compare without regard to case (RFC 9110, 5.1).
    public func header(_ name: String) -> String? {
        headers.first { $0.name.equalsIgnoringCase(name) }?.value
    }
}

extension String {
    /// ASCII only, as field names are.
    func equalsIgnoringCase(_ other: String) -> Bool {
        utf8.count == other.utf8.count && beginsIgnoringCase(other)
    }

    /// In place, without iterators over views: the invocation loop asks for each header by name.
    func beginsIgnoringCase(_ prefix: String) -> Bool {
        var (text, prefix) = (self, prefix)
        return text.withUTF8 { text in
            prefix.withUTF8 { prefix in
                guard text.count >= prefix.count else { return false }
                for index in 0..<prefix.count where text[index].lowercasedASCII != prefix[index].lowercasedASCII { return false }
                return true
            }
        }
    }
}

extension UInt8 {
    fileprivate var lowercasedASCII: UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self
    }
}
