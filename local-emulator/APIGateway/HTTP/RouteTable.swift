import DeploymentTemplate
import Foundation

/// Finds the route of a request.
///
/// Of the routes whose method and path match, in this order ("Create routes for HTTP APIs in API Gateway"):
/// 1. the one whose path is the most specific: from the left, a literal segment before `{name}` before `{name+}`;
/// 2. of two with such paths, the one that names the method before the one of `ANY`;
/// 3. `$default`.
struct RouteTable: Sendable {
    struct Match: Sendable {
        var route: Deployment.HTTPRoute
        var parameters: [String: String]
    }

    private enum Segment: Sendable {
        case literal(String)
        case variable(String)
        case greedy(String)

        var rank: Int {
            switch self {
            case .literal: 0
            case .variable: 1
            case .greedy: 2
            }
        }
    }

    private struct Entry: Sendable {
        var route: Deployment.HTTPRoute
        var segments: [Segment]
        /// Smaller is preferred.
        var order: [Int]
    }

    private let entries: [Entry]
    private let fallback: Deployment.HTTPRoute?

    init(_ routes: [Deployment.HTTPRoute]) {
        fallback = routes.first { $0.path == "$default" }
        let entries = routes.filter { $0.path != "$default" }.map { route in
            let segments = Self.split(route.path).map(Self.segment)
            return Entry(route: route, segments: segments, order: segments.map(\.rank) + [route.method == "ANY" ? 1 : 0])
        }
        self.entries = entries.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    /// - Parameter path: decoded, and without a stage.
    func match(method: String, path: String) -> Match? {
        let parts = Self.split(path)
        for entry in entries where entry.route.method == "ANY" || entry.route.method == method {
            if let parameters = Self.parameters(entry.segments, parts) {
                return Match(route: entry.route, parameters: parameters)
            }
        }
        return fallback.map { Match(route: $0, parameters: [:]) }
    }

    private static func split(_ path: String) -> [Substring] {
        path.drop { $0 == "/" }.split(separator: "/", omittingEmptySubsequences: false)
    }

    private static func segment(_ text: Substring) -> Segment {
        guard text.hasPrefix("{"), text.hasSuffix("}") else { return .literal(String(text)) }
        let name = text.dropFirst().dropLast()
        return name.hasSuffix("+") ? .greedy(String(name.dropLast())) : .variable(String(name))
    }

    /// The path's variables, or nil where it does not match. No variable takes an empty part.
    private static func parameters(_ segments: [Segment], _ parts: [Substring]) -> [String: String]? {
        var parameters: [String: String] = [:]
        for (index, segment) in segments.enumerated() {
            guard index < parts.count else { return nil }
            switch segment {
            case .literal(let text):
                if parts[index] != text { return nil }
            case .variable(let name):
                if parts[index].isEmpty { return nil }
                parameters[name] = String(parts[index])
            case .greedy(let name):
                let rest = parts[index...].joined(separator: "/")
                if rest.isEmpty { return nil }
                parameters[name] = rest
                return parameters
            }
        }
        return segments.count == parts.count ? parameters : nil
    }
}
