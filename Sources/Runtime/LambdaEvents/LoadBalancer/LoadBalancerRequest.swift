/// What an Application Load Balancer sends to a function that is its target.
///
/// The target group's setting "multi value headers" decides which of the two forms of headers and of query parameters comes;
/// ``LambdaMultiValueCarrying`` reads either. Query parameters come as the client encoded them. Source: Elastic Load
/// Balancing, "Use Lambda functions as targets of an Application Load Balancer",
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
public struct LoadBalancerRequest: Sendable, Equatable, Codable, LambdaBodyCarrying {
    public var requestContext: Context
    public var httpMethod: String
    public var path: String
    public var queryStringParameters: [String: String]?
    public var multiValueQueryStringParameters: [String: [String]]?
    /// Names in lower case.
    public var headers: [String: String]?
    public var multiValueHeaders: [String: [String]]?
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        requestContext: Context, httpMethod: String, path: String, queryStringParameters: [String: String]? = nil,
        multiValueQueryStringParameters: [String: [String]]? = nil, headers: [String: String]? = nil,
        multiValueHeaders: [String: [String]]? = nil, body: String? = nil, isBase64Encoded: Bool = false
    ) {
        self.requestContext = requestContext
        self.httpMethod = httpMethod
        self.path = path
        self.queryStringParameters = queryStringParameters
        self.multiValueQueryStringParameters = multiValueQueryStringParameters
        self.headers = headers
        self.multiValueHeaders = multiValueHeaders
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        requestContext = try container.decode(Context.self, forKey: .requestContext)
        httpMethod = try container.decode(String.self, forKey: .httpMethod)
        path = try container.decode(String.self, forKey: .path)
        queryStringParameters = try container.decodeIfPresent([String: String].self, forKey: .queryStringParameters)
        multiValueQueryStringParameters = try container.decodeIfPresent(
            [String: [String]].self, forKey: .multiValueQueryStringParameters)
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers)
        multiValueHeaders = try container.decodeIfPresent([String: [String]].self, forKey: .multiValueHeaders)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }

    /// A health check of the target group, which is an invocation like any other.
    public var isHealthCheck: Bool { header("user-agent") == "ELB-HealthChecker/2.0" }

    public struct Context: Sendable, Equatable, Codable {
        public var elb: LoadBalancer

        public init(elb: LoadBalancer) {
            self.elb = elb
        }
    }

    public struct LoadBalancer: Sendable, Equatable, Codable {
        public var targetGroupArn: String

        public init(targetGroupArn: String) {
            self.targetGroupArn = targetGroupArn
        }
    }
}
