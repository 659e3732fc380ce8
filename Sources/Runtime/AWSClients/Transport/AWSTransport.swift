#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// The services that this module has a client for, by their signing name (the credential scope of Signature Version 4).
public enum AWSService: String, Sendable, CaseIterable {
    case dynamoDB = "dynamodb"
    case sqs
    case sns
    case ses
    case secretsManager = "secretsmanager"
    case ssm
    /// AWS AppConfig's data plane; signed as `appconfig`.
    case appConfigData = "appconfig"
    /// `@connections` of an API Gateway WebSocket API; signed as `execute-api`.
    case apiGatewayManagement = "execute-api"

    /// The service's part of its endpoint variable, as in `AWS_ENDPOINT_URL_DYNAMODB`.
    ///
    /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
    public var endpointVariableSuffix: String {
        switch self {
        case .dynamoDB: "DYNAMODB"
        case .sqs: "SQS"
        case .sns: "SNS"
        case .ses: "SESV2"
        case .secretsManager: "SECRETS_MANAGER"
        case .ssm: "SSM"
        case .appConfigData: "APPCONFIGDATA"
        case .apiGatewayManagement: "APIGATEWAYMANAGEMENTAPI"
        }
    }

    /// The service's part of its host name, as in `email.eu-west-1.amazonaws.com`.
    public var endpointPrefix: String {
        switch self {
        case .ses: "email"
        case .appConfigData: "appconfigdata"
        default: rawValue
        }
    }
}

/// One call to a service, before it is addressed and signed.
public struct AWSRequest: Sendable {
    public var service: AWSService
    /// `PutItem`, ...: for those who watch calls; nothing of it is sent.
    public var operation: String
    public var method: String
    /// The path on the service's endpoint, percent-encoded; an endpoint's own path stands before it.
    public var path: String
    /// Name and value, not yet encoded.
    public var query: [(name: String, value: String)]
    public var headers: [(name: String, value: String)]
    public var body: Data
    /// Where the call goes when the service has no endpoint of its own by region (a WebSocket API's address).
    public var baseURL: String?

    public init(
        service: AWSService, operation: String = "", method: String = "POST", path: String = "/",
        query: [(name: String, value: String)] = [],
        headers: [(name: String, value: String)] = [], body: Data = Data(), baseURL: String? = nil
    ) {
        self.service = service
        self.operation = operation
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.baseURL = baseURL
    }
}

public struct AWSResponse: Sendable {
    public var status: Int
    public var headers: [(name: String, value: String)]
    public var body: Data

    public init(status: Int, headers: [(name: String, value: String)] = [], body: Data = Data()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }
}

/// Carries a call to a service: over HTTP, or in process in tests.
///
/// A transport answers whatever the service answered; it throws only when no answer came. Clients turn an
/// error answer into a typed error and decide about retries.
public protocol AWSTransport: Sendable {
    func send(_ request: AWSRequest) async throws -> AWSResponse
}
