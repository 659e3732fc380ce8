internal import LambdaEvents

/// An answer other than what was asked for: thrown by a handler, a middleware, or the router itself.
public struct HTTPError: Error, Sendable, Equatable {
    public var status: Int
    /// For the client to read.
    public var message: String
    public var headers: [String: String]

    public init(_ status: Int, _ message: String, headers: [String: String] = [:]) {
        self.status = status
        self.message = message
        self.headers = headers
    }

    public static func badRequest(_ message: String) -> HTTPError { HTTPError(400, message) }
    /// - Parameter scheme: how to authenticate (RFC 9110, 11.6.1).
    public static func unauthorized(_ message: String = "Authentication is required", scheme: String = "Bearer") -> HTTPError {
        HTTPError(401, message, headers: ["WWW-Authenticate": scheme])
    }
    public static func forbidden(_ message: String = "This is not allowed") -> HTTPError { HTTPError(403, message) }
    public static func notFound(_ message: String = "There is nothing here") -> HTTPError { HTTPError(404, message) }
    public static func conflict(_ message: String) -> HTTPError { HTTPError(409, message) }
    public static func tooManyRequests(retryAfterSeconds: Int) -> HTTPError {
        HTTPError(429, "Too many requests", headers: ["Retry-After": String(retryAfterSeconds)])
    }
    /// - Parameter allowed: what `Allow` lists (RFC 9110, 15.5.6).
    public static func methodNotAllowed(_ method: String, allowed: [String]) -> HTTPError {
        HTTPError(405, "This path does not know \(method)", headers: ["Allow": allowed.joined(separator: ", ")])
    }
}

/// The one place where what was thrown becomes an answer.
///
/// Asked in this order: the handlers of ``HTTPRoutes/onError(_:)``, the last one first; then ``HTTPError`` and
/// ``FieldErrors`` as problem documents (RFC 9457); all else is logged and answered by 500, with Lambda's request id and
/// not a word of its cause.
struct HTTPErrorAnswers: Sendable {
    typealias Handler = @Sendable (any Error, HTTPRequest) throws -> HTTPResponse?

    var handlers: [Handler] = []
    /// 422 (RFC 9110, 15.5.21), or 400 where clients know only that.
    var validationStatus = 422

    func answer(to error: any Error, of request: HTTPRequest) -> HTTPResponse {
        for handler in handlers.reversed() {
            do {
                if let response = try handler(error, request) { return response }
            } catch let failure {
                request.context.log.error("an error handler failed", ["error": "\(type(of: failure))"])
                return Self.unexpected(error, of: request)
            }
        }
        return switch error {
        case let error as HTTPError: Self.problem(error.status, error.message, of: request, headers: error.headers)
        case let error as FieldErrors:
            Self.problem(validationStatus, "The request is not valid", of: request, errors: error)
        default: Self.unexpected(error, of: request)
        }
    }

    private static func unexpected(_ error: any Error, of request: HTTPRequest) -> HTTPResponse {
        request.context.log.error(
            "request failed", ["route": request.route ?? request.method, "error": String(describing: error)])
        return problem(500, "Something went wrong on our side", of: request)
    }

    static func problem(
        _ status: Int, _ detail: String, of request: HTTPRequest, headers: [String: String] = [:], errors: FieldErrors? = nil
    ) -> HTTPResponse {
        var members: [String: JSONValue] = [
            "type": "about:blank", "title": .string(title(of: status)), "status": .integer(Int64(status)),
            "detail": .string(detail), "requestId": .string(request.context.requestID),
        ]
        if let errors { members["errors"] = .object(errors.fields.mapValues { .array($0.map(JSONValue.string)) }) }
        // A document of texts always has a JSON form.
        let response = try? HTTPResponse(
            status: status, headers: headers, contentType: "application/problem+json", json: JSONValue.object(members))
        return response ?? HTTPResponse(status: status, headers: headers)
    }

    /// The status's name (RFC 9110, 15), as RFC 9457, 4.2.1 asks of `about:blank`.
    private static func title(of status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 412: "Precondition Failed"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 503: "Service Unavailable"
        default: status >= 500 ? "Server Error" : "Error"
        }
    }

    /// The form of the answers above, for the document.
    static let problemSchema = SchemaDocument([
        "type": "object",
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "detail": ["type": "string"], "requestId": ["type": "string"],
            "errors": [
                "type": "object", "description": "What is wrong, by field.",
                "additionalProperties": ["type": "array", "items": ["type": "string"]],
            ],
        ],
        "required": ["type", "title", "status", "detail", "requestId"],
    ]).named("Problem")
}
