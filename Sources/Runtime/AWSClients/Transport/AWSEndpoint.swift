#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Where a service is reached: `scheme://host[:port]` and perhaps a path before every operation's own.
public struct AWSEndpoint: Sendable, Equatable {
    public var scheme: String
    /// As it stands in the `Host` header: with its port unless that is the scheme's own.
    public var host: String
    /// Percent-encoded; empty or starting with `/`, never ending with it.
    public var path: String

    /// nil for what is no absolute http or https URL without user, query and fragment.
    public init?(_ url: String) {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme),
            let host = parts.percentEncodedHost, !host.isEmpty, parts.user == nil, parts.query == nil, parts.fragment == nil
        else { return nil }
        self.scheme = scheme
        let usual = scheme == "https" ? 443 : 80
        self.host = parts.port.map { $0 == usual ? host : "\(host):\($0)" } ?? host
        var path = parts.percentEncodedPath
        while path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }
}
