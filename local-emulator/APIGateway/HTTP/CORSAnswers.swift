import DeploymentTemplate
import Foundation
import RoostHTTPServer

/// Cross-origin requests, answered and marked by the API's own configuration.
///
/// Source: "Configure CORS for HTTP APIs in API Gateway".
struct CORSAnswers: Sendable {
    let configuration: Deployment.CORS

    /// The answer to a preflight request that no route takes; nil where the request is none.
    func preflight(_ request: HTTPRequest) -> HTTPResponse? {
        guard request.method == "OPTIONS", let origin = request.headers["Origin"],
            request.headers["Access-Control-Request-Method"] != nil
        else { return nil }
        var response = HTTPResponse(status: 204)
        guard let allowed = allowedOrigin(origin) else { return response }
        response.headers.add("Access-Control-Allow-Origin", allowed)
        add("Access-Control-Allow-Methods", configuration.allowMethods, to: &response)
        add("Access-Control-Allow-Headers", configuration.allowHeaders, to: &response)
        add("Access-Control-Expose-Headers", configuration.exposeHeaders, to: &response)
        if configuration.allowCredentials { response.headers.add("Access-Control-Allow-Credentials", "true") }
        if let age = configuration.maxAgeSeconds { response.headers.add("Access-Control-Max-Age", "\(age)") }
        return response
    }

    /// Puts the configured fields in place of those that the function answered.
    func mark(_ response: HTTPResponse, for request: HTTPRequest) -> HTTPResponse {
        var marked = response
        marked.headers = HTTPHeaders(response.headers.fields.filter { !$0.name.lowercased().hasPrefix("access-control-") })
        guard let origin = request.headers["Origin"], let allowed = allowedOrigin(origin) else { return marked }
        marked.headers.add("Access-Control-Allow-Origin", allowed)
        if configuration.allowCredentials { marked.headers.add("Access-Control-Allow-Credentials", "true") }
        add("Access-Control-Expose-Headers", configuration.exposeHeaders, to: &marked)
        return marked
    }

    /// `*`, `https://*`, `http://*` or the origin itself.
    private func allowedOrigin(_ origin: String) -> String? {
        if configuration.allowOrigins.contains("*") { return "*" }
        let isAllowed = configuration.allowOrigins.contains { allowed in
            allowed.hasSuffix("://*") ? origin.hasPrefix(allowed.dropLast()) : allowed.lowercased() == origin.lowercased()
        }
        return isAllowed ? origin : nil
    }

    private func add(_ name: String, _ values: [String], to response: inout HTTPResponse) {
        if !values.isEmpty { response.headers.add(name, values.joined(separator: ",")) }
    }
}
