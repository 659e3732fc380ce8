import Foundation
import RoostHTTPServer

/// Where an authorizer's identity comes from: `$request.header.Name` and `$request.querystring.name` of an HTTP API,
/// `route.request.header.Name` and `route.request.querystring.name` of a WebSocket API.
struct IdentitySource: Sendable {
    private enum Place: Sendable {
        case header(String)
        case query(String)
    }

    private let place: Place

    init(_ expression: String) throws(GatewayError) {
        switch Self.parts(expression) {
        case ("header", let name)?: place = .header(name)
        case ("querystring", let name)?: place = .query(name)
        default: throw .unsupportedIdentitySource(expression)
        }
    }

    private static func parts(_ expression: String) -> (String, String)? {
        for prefix in ["$request.", "route.request."] where expression.hasPrefix(prefix) {
            let rest = expression.dropFirst(prefix.count).split(separator: ".", maxSplits: 1)
            if rest.count == 2 { return (String(rest[0]), String(rest[1])) }
        }
        return nil
    }

    /// Nil where the request has none, or an empty one.
    func value(in request: HTTPRequest) -> String? {
        let values =
            switch place {
            case .header(let name): request.headers.all(name)
            case .query(let name): queryItems(request.rawQuery).filter { $0.name == name }.map(\.value)
            }
        let joined = values.joined(separator: ",")
        return joined.isEmpty ? nil : joined
    }
}
