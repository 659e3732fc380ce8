#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

public struct HTTPClientConfiguration: Sendable {
    public var trustStore: TrustStore
    /// For name look-up, TCP and TLS together.
    public var connectTimeout: Duration
    /// Connections at once, in use and idle together; a request beyond them waits for one.
    public var maximumConnections: Int
    /// Whether `http_proxy`, `https_proxy` and `no_proxy` are honoured as curl does.
    public var usesProxyFromEnvironment: Bool

    /// - Parameters:
    ///   - trustStore: found from this process's environment where it is not given.
    ///   - connectTimeout: short, so that an unreachable host leaves time within a Lambda invocation to try again.
    ///   - maximumConnections: 50 as in AWS's SDKs: enough for one invocation's fan-out, far below the 1,024 descriptors
    ///     that Lambda allows a process.
    public init(
        trustStore: TrustStore? = nil, connectTimeout: Duration = .seconds(3), maximumConnections: Int = 50,
        usesProxyFromEnvironment: Bool = true
    ) {
        self.trustStore = trustStore ?? .find(environment: ProcessInfo.processInfo.environment)
        self.connectTimeout = connectTimeout
        self.maximumConnections = maximumConnections
        self.usesProxyFromEnvironment = usesProxyFromEnvironment
    }
}
