package import LambdaEvents
package import LambdaRuntime

/// Answers one HTTP request: what is thrown becomes an error answer and, if it is our fault, a log line.
package enum RequestAnswer {
    package static func make(
        to request: HTTPAPIRequest, context: LambdaContext, time: TimeSource, _ body: () async throws -> HTTPAPIResponse
    ) async -> HTTPAPIResponse {
        do {
            return try await body()
        } catch {
            let shown = ErrorCatalogue.publicError(for: error)
            if ErrorCatalogue.isDefect(shown) {
                context.log.error(
                    "request failed",
                    [
                        "route": request.routeKey, "error": ErrorCatalogue.logText(for: error),
                        "gatewayRequestId": request.requestContext.requestId,
                    ])
            }
            return Envelope.failure(shown, requestID: request.requestContext.requestId, at: time.now)
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
