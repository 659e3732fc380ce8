import FunctionToolkit
package import LambdaEvents

/// The routes of a function, with the seed's 404 and 405.
///
/// The seed's base URL ends with `/v1`; its paths count with and without it. A custom domain's API mapping of that name
/// leaves it in the path.
package struct RouteTable<Endpoint: Sendable>: Sendable {
    private let router: HTTPRouter<Endpoint>

    /// - Parameter routes: by `METHOD /path/{parameter}`.
    package init(_ routes: [(route: String, endpoint: Endpoint)]) throws {
        router = try HTTPRouter(routes)
    }

    package func find(_ request: HTTPAPIRequest) throws(PlatformError) -> (endpoint: Endpoint, parameters: [String: String]) {
        var path = request.rawPath
        if path.hasPrefix("/v1/") { path.removeFirst(3) }
        let method = request.requestContext.http.method
        switch router.resolve(method: method, path: path) {
        case .found(let endpoint, _, let parameters): return (endpoint, parameters)
        case .notFound: throw .notFound("path")
        case .methodNotAllowed(let allowed):
            throw PlatformError(.methodNotAllowed, "This path does not know \(method)", allowedMethods: allowed)
        }
    }
}
