#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

public import RoostHTTPClient

/// Calls services over HTTP, each call addressed by the configuration and signed.
public struct AWSHTTPTransport: AWSTransport {
    private let configuration: AWSConfiguration
    private let client: HTTPClient
    private let now: @Sendable () -> Date

    public init(configuration: AWSConfiguration, client: HTTPClient) {
        self.init(configuration: configuration, client: client, now: { Date() })
    }

    /// - Parameter now: the time that signatures carry.
    package init(configuration: AWSConfiguration, client: HTTPClient, now: @escaping @Sendable () -> Date) {
        self.configuration = configuration
        self.client = client
        self.now = now
    }

    /// - Throws: ``AWSConfigurationError``; `HTTPClientError` where no answer came.
    public func send(_ request: AWSRequest) async throws -> AWSResponse {
        let response = try await client.send(try addressed(request))
        return AWSResponse(status: response.status, headers: response.headers, body: response.body)
    }

    /// The signed request as it goes out.
    func addressed(_ request: AWSRequest) throws(AWSConfigurationError) -> HTTPClientRequest {
        let endpoint = try endpoint(for: request)
        let path = endpoint.path + request.path
        let signer = SigV4Signer(
            credentials: configuration.credentials, region: configuration.region, service: request.service.rawValue)
        let added = signer.headers(
            for: .init(
                method: request.method, host: endpoint.host, path: path, query: request.query, headers: request.headers,
                body: request.body),
            at: now())
        let query = request.query.isEmpty ? "" : "?" + URLEncoding.query(request.query)
        var addressed = HTTPClientRequest(
            method: request.method, url: "\(endpoint.scheme)://\(endpoint.host)\(path)\(query)",
            headers: [("Host", endpoint.host)] + request.headers + added, body: request.body)
        addressed.subject = ServiceCallSubject(
            service: request.service.endpointPrefix, operation: request.operation, region: configuration.region)
        return addressed
    }

    /// A call's own base URL goes before AWS's regional endpoint; an override takes scheme and host of either.
    private func endpoint(for request: AWSRequest) throws(AWSConfigurationError) -> AWSEndpoint {
        let override = configuration.override(for: request.service)
        guard let baseURL = request.baseURL else {
            guard let endpoint = override ?? configuration.regionalEndpoint(of: request.service) else {
                throw .noEndpoint(request.service)
            }
            return endpoint
        }
        guard let base = AWSEndpoint(baseURL) else { throw .invalidBaseURL(baseURL) }
        guard var endpoint = override else { return base }
        endpoint.path += base.path
        return endpoint
    }
}
