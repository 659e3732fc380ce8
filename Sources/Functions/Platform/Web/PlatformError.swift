/// What a caller is told when something cannot be done; the code is the seed's form, the status follows from it.
package struct PlatformError: Error, Sendable, Equatable {
    package enum Code: String, Sendable, CaseIterable {
        case invalidInput = "INVALID_INPUT"
        case invalidJSON = "INVALID_JSON"
        case unauthorized = "UNAUTHORIZED"
        case invalidCredentials = "INVALID_CREDENTIALS"
        case invalidCode = "INVALID_CODE"
        case forbidden = "FORBIDDEN"
        case pendingApproval = "PENDING_APPROVAL"
        case suspended = "SUSPENDED"
        case notFound = "NOT_FOUND"
        case methodNotAllowed = "METHOD_NOT_ALLOWED"
        case conflict = "CONFLICT"
        case payloadTooLarge = "PAYLOAD_TOO_LARGE"
        case unsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE"
        case rateLimited = "RATE_LIMITED"
        case notImplemented = "NOT_IMPLEMENTED"
        case internalError = "INTERNAL_ERROR"
        case unavailable = "UNAVAILABLE"

        package var status: Int {
            switch self {
            case .invalidInput, .invalidJSON, .invalidCode: 400
            case .unauthorized, .invalidCredentials: 401
            case .forbidden, .pendingApproval, .suspended: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .conflict: 409
            case .payloadTooLarge: 413
            case .unsupportedMediaType: 415
            case .rateLimited: 429
            case .internalError: 500
            case .notImplemented: 501
            case .unavailable: 503
            }
        }
    }

    package var code: Code
    package var message: String
    /// What is wrong with which field; empty where the error is about no field.
    package var fields: [String: [String]]
    /// `Retry-After`.
    package var retryAfterSeconds: Int?
    /// `Allow`, for a method that a path does not have.
    package var allowedMethods: [String]?

    package init(
        _ code: Code, _ message: String, fields: [String: [String]] = [:], retryAfterSeconds: Int? = nil,
        allowedMethods: [String]? = nil
    ) {
        self.code = code
        self.message = message
        self.fields = fields
        self.retryAfterSeconds = retryAfterSeconds
        self.allowedMethods = allowedMethods
    }
}

extension PlatformError {
    package static func invalid(_ field: String, _ problem: String) -> PlatformError {
        PlatformError(.invalidInput, "The input is not valid", fields: [field: [problem]])
    }

    package static func notFound(_ what: String) -> PlatformError { PlatformError(.notFound, "There is no such \(what)") }

    package static let unauthorized = PlatformError(.unauthorized, "A valid access token is required")

    /// What exists in the plan but not in the code is refused by its name.
    package static func notBuilt(_ what: String) -> PlatformError {
        PlatformError(.notImplemented, "\(what) is not built yet")
    }

    package static func forbidden(_ permission: Permission) -> PlatformError {
        PlatformError(.forbidden, "Your role does not have the permission \(permission)")
    }
}
