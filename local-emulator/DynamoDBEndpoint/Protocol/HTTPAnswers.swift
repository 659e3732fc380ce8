#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What the service answers to a request that carries no operation, by its HTTP method, path and content type alone.
///
/// The order is the service's: a preflight of CORS, the health check, then whatever is no POST of JSON.
enum HTTPAnswers {
    /// The largest body, packed or unpacked: the 16 MB of a batch ("Service, account, and table quotas").
    static let maximumBodyBytes = 16 << 20

    /// Nil for a request that goes on to the operations.
    static func answer(_ request: DynamoDBRequest, _ contentType: ContentType?) -> DynamoDBReply? {
        switch request.method {
        case "POST": break
        case "OPTIONS" where request.header("Origin") != nil: return preflight(request)
        case "GET" where request.path == "/", "HEAD" where request.path == "/": return health(request)
        default: return notFound
        }
        if request.body.count > maximumBodyBytes { return tooLarge }
        guard request.body.isEmpty || contentType != nil else { return notFound }
        return nil
    }

    /// `healthy: dynamodb.us-east-1.amazonaws.com`, with the host that the client asked for.
    private static func health(_ request: DynamoDBRequest) -> DynamoDBReply {
        DynamoDBReply(
            status: 200, contentType: nil, body: Array("healthy: \(request.header("Host") ?? "localhost") \n".utf8))
    }

    private static func preflight(_ request: DynamoDBRequest) -> DynamoDBReply {
        var reply = DynamoDBReply(status: 200, contentType: nil, body: [])
        if let headers = request.header("Access-Control-Request-Headers") {
            reply.headers.append(("Access-Control-Allow-Headers", headers))
        }
        if let method = request.header("Access-Control-Request-Method") {
            reply.headers.append(("Access-Control-Allow-Methods", method))
        }
        reply.headers.append(("Access-Control-Max-Age", "172800"))
        return reply
    }

    private static var notFound: DynamoDBReply {
        DynamoDBReply(status: 404, contentType: nil, body: Array("<UnknownOperationException/>\n".utf8))
    }

    static var tooLarge: DynamoDBReply {
        DynamoDBReply(
            status: 413, contentType: .json,
            body: Array(
                #"{"__type":"com.amazon.coral.service#RequestEntityTooLargeException","message":"Request size exceeded 16 MB"}"#
                    .utf8))
    }
}

/// The two types of body that the service reads; it answers in the request's own.
enum ContentType: String {
    case amzJSON = "application/x-amz-json-1.0"
    case json = "application/json"

    init?(_ request: DynamoDBRequest) {
        guard let field = request.header("Content-Type") else { return nil }
        if let known = ContentType(rawValue: field) {
            self = known
            return
        }
        // Parameters (`; charset=utf-8`) and the case do not matter (RFC 9110, 8.3.1).
        let end = field.utf8.firstIndex(of: UInt8(ascii: ";")) ?? field.endIndex
        self.init(rawValue: field[..<end].filter { $0 != " " && $0 != "\t" }.lowercased())
    }
}
