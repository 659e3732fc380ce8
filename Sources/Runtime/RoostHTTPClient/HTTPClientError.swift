/// Why there is no answer.
public enum HTTPClientError: Error, Sendable, Equatable {
    /// The request itself cannot be sent; the text says what is wrong with it.
    case invalidRequest(String)
    /// Nothing listens at that address.
    case connectionRefused(TransferFailure)
    /// The name did not resolve, the host is unreachable, or the proxy is.
    case couldNotConnect(TransferFailure)
    /// The server's certificate is not trusted, or TLS failed otherwise.
    case tls(TransferFailure)
    /// Connecting or the whole request took longer than allowed.
    case timedOut(TransferFailure)
    /// The calling task was cancelled.
    case cancelled(url: String)
    case responseTooLarge(limit: Int, url: String)
    /// An https request, and none of these files of certificate authorities can be read.
    case noTrustStore(lookedAt: [String])
    /// Anything else: the connection broke, the answer was no HTTP, …
    case failed(TransferFailure)
    /// libcurl or a thread could not be set up.
    case unavailable(String)

    /// What libcurl says of a failed transfer.
    public struct TransferFailure: Sendable, Equatable {
        /// Without user, query and fragment, which may hold secrets.
        public var url: String
        /// libcurl's `CURLcode`; see libcurl-errors(3).
        public var curlCode: Int
        public var message: String
        /// Whether bytes of the request went out: if none did, the server cannot have acted on it.
        public var requestWasSent: Bool

        public init(url: String, curlCode: Int, message: String, requestWasSent: Bool) {
            self.url = url
            self.curlCode = curlCode
            self.message = message
            self.requestWasSent = requestWasSent
        }
    }

    /// Whether the server may have seen the request, so that trying again may do its work twice.
    public var requestMayHaveArrived: Bool {
        switch self {
        case .connectionRefused, .couldNotConnect, .invalidRequest, .noTrustStore, .unavailable: false
        case .tls(let failure), .timedOut(let failure), .failed(let failure): failure.requestWasSent
        case .cancelled, .responseTooLarge: true
        }
    }
}

extension HTTPClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidRequest(let why): "the request cannot be sent: \(why)"
        case .connectionRefused(let failure): "connection refused: \(failure)"
        case .couldNotConnect(let failure): "could not connect: \(failure)"
        case .tls(let failure): "TLS failed: \(failure)"
        case .timedOut(let failure): "timed out: \(failure)"
        case .cancelled(let url): "cancelled: \(url)"
        case .responseTooLarge(let limit, let url): "the answer is longer than \(limit) bytes: \(url)"
        case .noTrustStore(let paths):
            "no certificate authorities found for https, looked at \(paths.joined(separator: ", ")); set AWS_CA_BUNDLE"
        case .failed(let failure): "request failed: \(failure)"
        case .unavailable(let why): why
        }
    }
}

extension HTTPClientError.TransferFailure: CustomStringConvertible {
    public var description: String { "\(url): \(message) (curl \(curlCode))" }
}
