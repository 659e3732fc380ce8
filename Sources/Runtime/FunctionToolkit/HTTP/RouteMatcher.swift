/// Finds a route by method and path.
struct RouteMatcher<Endpoint: Sendable>: Sendable {
    private struct Entry: Sendable {
        var method: String
        var pattern: RoutePattern
        var text: String
        var endpoint: Endpoint
    }

    private let entries: [Entry]

    /// - Parameter routes: in any order: where several match a path, a text goes before a parameter and a parameter before
    ///   a rest, segment by segment from the left.
    init(_ routes: [(method: String, path: String, endpoint: Endpoint)]) throws(HTTPRouterError) {
        var all: [Entry] = []
        for (method, path, endpoint) in routes {
            let text = "\(method) \(path)"
            guard !method.isEmpty, method.allSatisfy({ $0.isASCII && $0.isUppercase }), let pattern = RoutePattern(path) else {
                throw .malformed(route: text)
            }
            if let first = all.first(where: { $0.method == method && $0.pattern.isEquivalent(to: pattern) }) {
                throw .ambiguous(first: first.text, second: text)
            }
            all.append(Entry(method: method, pattern: pattern, text: text, endpoint: endpoint))
        }
        entries = all.sorted { $0.pattern.isMoreSpecific(than: $1.pattern) }
    }

    enum Resolution {
        case found(endpoint: Endpoint, route: String, parameters: [String: String])
        case notFound
        /// In alphabetical order.
        case methodNotAllowed(allowed: [String])
    }

    /// A HEAD that has no route of its own finds that of GET (RFC 9110, 9.3.2).
    func resolve(method: String, segments: [Substring]) -> Resolution {
        var allowed: Set<String> = []
        var get: Resolution?
        for entry in entries {
            guard let parameters = entry.pattern.match(segments) else { continue }
            let found = Resolution.found(endpoint: entry.endpoint, route: entry.text, parameters: parameters)
            if entry.method == method { return found }
            if entry.method == "GET", method == "HEAD", get == nil { get = found }
            allowed.insert(entry.method)
        }
        if let get { return get }
        if allowed.contains("GET") { allowed.insert("HEAD") }
        return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: allowed.sorted())
    }
}

public enum HTTPRouterError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Not of the form `/path/{parameter}`.
    case malformed(route: String)
    /// Both match the same requests.
    case ambiguous(first: String, second: String)
    /// A handler takes a path parameter that its route does not have.
    case noSuchParameter(route: String, parameter: String)

    public var description: String {
        switch self {
        case .malformed(let route): "\"\(route)\" is no route: write METHOD /path/{parameter}/{rest+}"
        case .ambiguous(let first, let second): "the routes \"\(first)\" and \"\(second)\" match the same requests"
        case .noSuchParameter(let route, let parameter): "the route \"\(route)\" has no parameter \(parameter)"
        }
    }
}
