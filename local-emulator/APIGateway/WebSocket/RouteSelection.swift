import Foundation
import LambdaEvents

/// `$request.body.event`, or `${request.body.event}`: which member of a message names its route.
///
/// Source: "Using the route selection expression" in the API Gateway Developer Guide.
struct RouteSelection: Sendable {
    private let path: [String]

    init(_ expression: String) throws(GatewayError) {
        var text = Substring(expression)
        if text.hasPrefix("${"), text.hasSuffix("}") { text = "$" + text.dropFirst(2).dropLast() }
        let prefix = "$request.body."
        let path = text.dropFirst(prefix.count).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard text.hasPrefix(prefix), !path.contains("") else { throw .unsupportedRouteSelection(expression) }
        self.path = path
    }

    /// The route key that a message names; nil where it is no JSON or names none.
    ///
    /// A key that begins with `$` is a predefined route's, which no message can call.
    func key(of body: Data) -> String? {
        guard var value = try? JSONDecoder().decode(JSONValue.self, from: body) else { return nil }  // goes to $default
        for member in path {
            guard let next = value[member] else { return nil }
            value = next
        }
        return value.scalarText.flatMap { $0.hasPrefix("$") ? nil : $0 }
    }
}
