/// Region, credentials and endpoints, from the variables that AWS's SDKs read and Lambda sets.
///
/// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints" and "Environment variables list".
public struct AWSConfiguration: Sendable {
    public var region: String
    public var credentials: AWSCredentials
    private var endpoint: AWSEndpoint?
    private var serviceEndpoints: [AWSService: AWSEndpoint]

    /// - Parameter environment: `AWS_REGION` or `AWS_DEFAULT_REGION`; `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and,
    ///   with temporary credentials, `AWS_SESSION_TOKEN`; for endpoints other than AWS's own `AWS_ENDPOINT_URL` for all
    ///   services and `AWS_ENDPOINT_URL_<SERVICE>` for one, which goes before it. `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS`
    ///   set to `true` turns both off.
    /// - Throws: ``AWSConfigurationError``, which names the variable.
    public init(environment: [String: String]) throws(AWSConfigurationError) {
        func value(_ name: String) -> String? {
            environment[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        func required(_ name: String) throws(AWSConfigurationError) -> String {
            guard let value = value(name) else { throw .missing(variable: name) }
            return value
        }
        func endpoint(_ name: String) throws(AWSConfigurationError) -> AWSEndpoint? {
            guard let url = value(name) else { return nil }
            guard let endpoint = AWSEndpoint(url) else { throw .invalidEndpoint(variable: name, url: url) }
            return endpoint
        }
        guard let region = value("AWS_REGION") ?? value("AWS_DEFAULT_REGION") else { throw .missing(variable: "AWS_REGION") }
        self.region = region
        credentials = AWSCredentials(
            accessKeyID: try required("AWS_ACCESS_KEY_ID"), secretAccessKey: try required("AWS_SECRET_ACCESS_KEY"),
            sessionToken: value("AWS_SESSION_TOKEN"))
        serviceEndpoints = [:]
        guard value("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")?.lowercased() != "true" else { return }
        self.endpoint = try endpoint("AWS_ENDPOINT_URL")
        for service in AWSService.allCases {
            serviceEndpoints[service] = try endpoint("AWS_ENDPOINT_URL_\(service.endpointVariableSuffix)")
        }
    }

    /// The endpoint that the environment sets for a service, if it does.
    func override(for service: AWSService) -> AWSEndpoint? {
        serviceEndpoints[service] ?? endpoint
    }

    /// AWS's own regional endpoint; nil for a service whose calls name theirs (a WebSocket API).
    func regionalEndpoint(of service: AWSService) -> AWSEndpoint? {
        if service == .apiGatewayManagement { return nil }
        // The partition "aws-cn" has a domain of its own.
        let domain = region.hasPrefix("cn-") ? "amazonaws.com.cn" : "amazonaws.com"
        return AWSEndpoint("https://\(service.endpointPrefix).\(region).\(domain)")
    }
}

public enum AWSConfigurationError: Error, Sendable, Equatable, CustomStringConvertible {
    case missing(variable: String)
    /// It is no absolute http or https URL without user, query and fragment.
    case invalidEndpoint(variable: String, url: String)
    /// A call names where it goes, and that is no such URL.
    case invalidBaseURL(String)
    /// The service has no endpoint by region and the call names none.
    case noEndpoint(AWSService)

    public var description: String {
        switch self {
        case .missing(let variable): "the environment variable \(variable) is not set"
        case .invalidEndpoint(let variable, let url): "\(variable) is no endpoint: \(url)"
        case .invalidBaseURL(let url): "no endpoint: \(url)"
        case .noEndpoint(let service): "\(service.rawValue) has no endpoint by region, and the call names none"
        }
    }
}
