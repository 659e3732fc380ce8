#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The file of certificate authorities that https servers are checked against.
///
/// It is looked up at run time, because the place libcurl was built with is not where the deployed system has it.
public enum TrustStore: Sendable, Equatable {
    /// A PEM file.
    case file(String)
    /// None of these can be read: https requests fail with ``HTTPClientError/noTrustStore(lookedAt:)``.
    case missing(lookedAt: [String])

    /// Amazon Linux, then Debian, then macOS (also Alpine).
    public static let systemPaths = [
        "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/certs/ca-certificates.crt", "/etc/ssl/cert.pem",
    ]

    /// `AWS_CA_BUNDLE` where it is set and not empty, without falling back from it; otherwise the first of
    /// ``systemPaths`` that can be read. Source: AWS SDKs and Tools Reference Guide, "General configuration",
    /// `AWS_CA_BUNDLE`.
    public static func find(environment: [String: String]) -> TrustStore {
        find(environment: environment) { access($0, R_OK) == 0 }
    }

    static func find(environment: [String: String], isReadable: (String) -> Bool) -> TrustStore {
        let named = environment["AWS_CA_BUNDLE"].flatMap { $0.isEmpty ? nil : [$0] }
        let candidates = named ?? systemPaths
        return candidates.first(where: isReadable).map(TrustStore.file) ?? .missing(lookedAt: candidates)
    }
}
