#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a function URL sends: the form of an HTTP API's payload 2.0 without route, path parameters and stage variables.
///
/// ``httpAPIRequest`` is the same request for code (a router) that serves both. Source: AWS Lambda Developer Guide, "Invoking
/// Lambda function URLs", https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
public struct FunctionURLRequest: Sendable, Equatable, Codable, LambdaBodyCarrying {
    /// `2.0`.
    public var version: String
    /// Always `$default`; early events leave it out.
    public var routeKey: String?
    /// The path as the client sent it, still percent-encoded.
    public var rawPath: String
    /// As the client sent it, still percent-encoded; empty without a query.
    public var rawQueryString: String
    /// `name=value` each; nil without cookies.
    public var cookies: [String]?
    /// Names in lower case, repeated values joined with commas.
    public var headers: [String: String]
    public var queryStringParameters: [String: String]?
    /// Always nil; in the shape for an HTTP API's sake.
    public var pathParameters: [String: String]?
    /// Always nil; in the shape for an HTTP API's sake.
    public var stageVariables: [String: String]?
    public var requestContext: FunctionURLRequestContext
    public var body: String?
    public var isBase64Encoded: Bool

    public init(
        version: String = "2.0", routeKey: String? = "$default", rawPath: String, rawQueryString: String = "",
        cookies: [String]? = nil, headers: [String: String] = [:], queryStringParameters: [String: String]? = nil,
        pathParameters: [String: String]? = nil, stageVariables: [String: String]? = nil,
        requestContext: FunctionURLRequestContext, body: String? = nil, isBase64Encoded: Bool = false
    ) {
        self.version = version
        self.routeKey = routeKey
        self.rawPath = rawPath
        self.rawQueryString = rawQueryString
        self.cookies = cookies
        self.headers = headers
        self.queryStringParameters = queryStringParameters
        self.pathParameters = pathParameters
        self.stageVariables = stageVariables
        self.requestContext = requestContext
        self.body = body
        self.isBase64Encoded = isBase64Encoded
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        version = try container.decode(String.self, forKey: .version)
        routeKey = try container.decodeIfPresent(String.self, forKey: .routeKey)
        rawPath = try container.decode(String.self, forKey: .rawPath)
        rawQueryString = try container.decode(String.self, forKey: .rawQueryString)
        cookies = try container.decodeIfPresent([String].self, forKey: .cookies)
        // Documented as always there; hand-made events leave it out.
        headers = try container.decodeIfPresent([String: String].self, forKey: .headers) ?? [:]
        queryStringParameters = try container.decodeIfPresent([String: String].self, forKey: .queryStringParameters)
        pathParameters = try container.decodeIfPresent([String: String].self, forKey: .pathParameters)
        stageVariables = try container.decodeIfPresent([String: String].self, forKey: .stageVariables)
        requestContext = try container.decode(FunctionURLRequestContext.self, forKey: .requestContext)
        body = try container.decodeIfPresent(String.self, forKey: .body)
        isBase64Encoded = try container.decodeIfPresent(Bool.self, forKey: .isBase64Encoded) ?? false
    }

    /// The same request in the type that an HTTP API's is.
    public var httpAPIRequest: HTTPAPIRequest {
        let context = requestContext
        let authorizer = context.authorizer.map { HTTPAPIRequestContext.Authorizer(iam: $0.iam) }
        return HTTPAPIRequest(
            version: version, routeKey: routeKey ?? "$default", rawPath: rawPath, rawQueryString: rawQueryString,
            cookies: cookies, headers: headers, queryStringParameters: queryStringParameters, pathParameters: pathParameters,
            stageVariables: stageVariables,
            requestContext: HTTPAPIRequestContext(
                accountId: context.accountId, apiId: context.apiId, authentication: context.authentication,
                authorizer: authorizer, domainName: context.domainName, domainPrefix: context.domainPrefix, http: context.http,
                requestId: context.requestId, routeKey: context.routeKey, stage: context.stage ?? "$default",
                time: context.time, timeEpoch: context.timeEpoch),
            body: body, isBase64Encoded: isBase64Encoded)
    }
}

/// `requestContext` of a function URL's events.
public struct FunctionURLRequestContext: Sendable, Equatable, Codable {
    /// The caller's account; `anonymous` where the URL needs no IAM credentials.
    public var accountId: String
    /// The URL's id.
    public var apiId: String
    /// Always nil; in the shape for an HTTP API's sake.
    public var authentication: HTTPAPIRequestContext.Authentication?
    /// Set with the auth type `AWS_IAM`.
    public var authorizer: Authorizer?
    /// `<url-id>.lambda-url.us-west-2.on.aws`.
    public var domainName: String
    public var domainPrefix: String
    public var http: HTTPAPIRequestContext.HTTP
    public var requestId: String
    /// Always `$default`; early events leave it out.
    public var routeKey: String?
    /// Always `$default`; early events leave it out.
    public var stage: String?
    /// `12/Mar/2020:19:03:58 +0000`.
    public var time: String
    /// Milliseconds since 1970.
    public var timeEpoch: Int64

    public init(
        accountId: String = "anonymous", apiId: String = "local", authentication: HTTPAPIRequestContext.Authentication? = nil,
        authorizer: Authorizer? = nil, domainName: String = "local.lambda-url.us-east-1.on.aws",
        domainPrefix: String = "local", http: HTTPAPIRequestContext.HTTP, requestId: String, routeKey: String? = "$default",
        stage: String? = "$default", time: String, timeEpoch: Int64
    ) {
        self.accountId = accountId
        self.apiId = apiId
        self.authentication = authentication
        self.authorizer = authorizer
        self.domainName = domainName
        self.domainPrefix = domainPrefix
        self.http = http
        self.requestId = requestId
        self.routeKey = routeKey
        self.stage = stage
        self.time = time
        self.timeEpoch = timeEpoch
    }

    /// When the request arrived.
    public var date: Date { Date(milliseconds: timeEpoch) }

    public struct Authorizer: Sendable, Equatable, Codable {
        public var iam: HTTPAPIRequestContext.IAM?

        public init(iam: HTTPAPIRequestContext.IAM? = nil) {
            self.iam = iam
        }
    }
}

/// A function's answer to its function URL: the form of an HTTP API's payload 2.0.
///
/// Source: AWS Lambda Developer Guide, "Response payload format",
/// https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
public typealias FunctionURLResponse = HTTPAPIResponse
