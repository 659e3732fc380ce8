#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import FunctionToolkit
import LambdaEvents
import LambdaRuntime

extension HTTPRoutes {
    /// What the platform's functions have in common: the seed's base path, its form of errors, no parameter that would
    /// be ignored.
    ///
    /// The seed's base URL ends with `/v1`; its paths count with and without it. A custom domain's API mapping of that
    /// name leaves it in the path.
    package mutating func usePlatform(time: TimeSource) {
        unknownParameters(.refused)
        onRequest { if $0.segments.first == "v1" { $0.segments.removeFirst() } }
        onError { error, request in
            let shown = ErrorCatalogue.publicError(for: error)
            let gatewayID = request.gatewayRequestID ?? request.context.requestID
            if ErrorCatalogue.isDefect(shown) {
                request.context.log.error(
                    "request failed",
                    [
                        "route": request.route ?? request.method, "error": ErrorCatalogue.logText(for: error),
                        "gatewayRequestId": gatewayID,
                    ])
            }
            return Envelope.failure(shown, requestID: gatewayID, at: time.now)
        }
    }
}

extension HTTPInput {
    /// A message of 16,000 characters, with all of them escaped, fits in.
    package static var maximumBodyBytes: Int { 128 * 1024 }

    /// The JSON object in the body.
    package static func input(_ schema: Schema<Value>) -> HTTPInput { .body(schema, maximumBytes: maximumBodyBytes) }

    /// The same where it depends on who asks.
    package static func input(
        documented: Schema<Value>, _ schema: @escaping @Sendable (HTTPRequest) throws -> Schema<Value>
    ) -> HTTPInput {
        .body(documented: documented, maximumBytes: maximumBodyBytes, schema)
    }
}

extension PlatformError {
    /// What is wrong with fields. One problem is told in the message too, as in the seed's example; what is wrong with
    /// the whole makes it no input at all.
    package init(_ errors: FieldErrors) {
        if let whole = errors.fields[""] {
            self.init(.invalidJSON, whole.joined(separator: "; "))
            return
        }
        let single = errors.fields.count == 1 ? errors.fields.first.map { "\($0.key): \($0.value[0])" } : nil
        self.init(.invalidInput, single ?? "The input is not valid", fields: errors.fields)
    }

    /// What the router found.
    package init(_ error: HTTPError) {
        switch error.status {
        case 400: self.init(.invalidJSON, error.message)
        case 404: self = .notFound("path")
        case 405:
            let allowed = error.headers["Allow"]?.split(separator: ",").map { String($0.drop { $0 == " " }) }
            self.init(.methodNotAllowed, error.message, allowedMethods: allowed)
        case 413: self.init(.payloadTooLarge, error.message)
        case 415: self.init(.unsupportedMediaType, error.message)
        default: self.init(.internalError, "Something went wrong on our side")
        }
    }
}

extension PlatformError: LambdaErrorRepresentable {
    /// For a direct invocation: the code, as over HTTP.
    package var errorType: String { code.rawValue }

    package var errorMessage: String {
        let details = fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.joined(separator: ", "))" }
        return details.isEmpty ? message : "\(message) (\(details.joined(separator: "; ")))"
    }
}
