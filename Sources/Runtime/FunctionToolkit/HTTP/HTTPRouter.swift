public import LambdaEvents

/// Finds what a request is for by its method and path.
///
/// What a route leads to is the user's: a closure, an enum's case. The router calls nothing and makes no answers; it
/// says what was found, and the caller puts 404 and 405 into its own form.
public struct HTTPRouter<Endpoint: Sendable>: Sendable {
    private let routes: [(method: String, pattern: RoutePattern, text: String, endpoint: Endpoint)]

    /// - Parameter routes: by `METHOD /path`, with `{name}` for a segment and `{name+}` for the rest. Where several match a
    ///   path, a text goes before a parameter and a parameter before a rest, segment by segment from the left; the order
    ///   of the list plays no part.
    /// - Throws: ``HTTPRouterError``.
    public init(_ routes: [(route: String, endpoint: Endpoint)]) throws(HTTPRouterError) {
        var all: [(method: String, pattern: RoutePattern, text: String, endpoint: Endpoint)] = []
        for (text, endpoint) in routes {
            let parts = text.split(separator: " ")
            guard parts.count == 2, parts[0].allSatisfy({ $0.isASCII && $0.isUppercase }),
                let pattern = RoutePattern(String(parts[1]))
            else { throw .malformed(route: text) }
            let method = String(parts[0])
            if let first = all.first(where: { $0.method == method && $0.pattern.isEquivalent(to: pattern) }) {
                throw .ambiguous(first: first.text, second: text)
            }
            all.append((method, pattern, text, endpoint))
        }
        self.routes = all.sorted { $0.pattern.isMoreSpecific(than: $1.pattern) }
    }

    public enum Resolution: Sendable {
        /// - route: `GET /forums/{id}`, the same for all requests of the route, for logs and metrics.
        case found(endpoint: Endpoint, route: String, parameters: [String: String])
        /// No route has this path.
        case notFound
        /// Routes have this path, for these methods only, in alphabetical order: a 405 lists them in its `Allow` header
        /// (RFC 9110, 15.5.6).
        case methodNotAllowed(allowed: [String])
    }

    public func resolve(_ request: HTTPAPIRequest) -> Resolution {
        resolve(method: request.requestContext.http.method, segments: request.pathSegments)
    }

    /// - Parameter path: not encoded.
    public func resolve(method: String, path: String) -> Resolution {
        resolve(method: method, segments: RoutePattern.split(path))
    }

    private func resolve(method: String, segments: [Substring]) -> Resolution {
        var allowed: Set<String> = []
        for route in routes {
            guard let parameters = route.pattern.match(segments) else { continue }
            if route.method == method { return .found(endpoint: route.endpoint, route: route.text, parameters: parameters) }
            allowed.insert(route.method)
        }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: allowed.sorted())
    }
}

public enum HTTPRouterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not of the form `GET /path/{parameter}`.
    case malformed(route: String)
    /// Both match the same requests.
    case ambiguous(first: String, second: String)

    public var description: String {
        switch self {
        case .malformed(let route): "\"\(route)\" is no route: write METHOD /path/{parameter}/{rest+}"
        case .ambiguous(let first, let second): "the routes \"\(first)\" and \"\(second)\" match the same requests"
        }
    }
}
