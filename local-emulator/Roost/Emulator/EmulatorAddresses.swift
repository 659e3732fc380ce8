import DeploymentTemplate
import Foundation
import LambdaEvents
import RoostHTTPClient

/// Where a running emulator serves, and the names that the template gave things.
struct EmulatorAddresses {
    /// The AWS-compatible endpoint, `http://127.0.0.1:4566`.
    var endpoint: String
    /// The HTTP API, `http://127.0.0.1:3000`.
    var http: String
    /// The WebSocket API with its stage, `ws://127.0.0.1:3001/v1`.
    var webSocket: String
    /// Table names by logical id.
    var tables: [String: String]
    /// Function names by handler: what people call `websocket-connect` is `WebSocketConnectFunction` to Lambda.
    var functions: [String: String]
    /// The handler that serves a route, by the route's path.
    private var routes: [(path: String, handler: String)]

    init(deployment: Deployment, endpoint: String, http: String = "", webSocket: String = "") {
        self.endpoint = endpoint
        self.http = http
        self.webSocket = webSocket
        tables = Dictionary(uniqueKeysWithValues: deployment.tables.map { ($0.logicalID, $0.name) })
        functions = Dictionary(deployment.functions.map { ($0.handler, $0.name) }) { first, _ in first }
        let handlers = Dictionary(uniqueKeysWithValues: deployment.functions.map { ($0.logicalID, $0.handler) })
        routes = (deployment.httpAPI?.routes ?? []).map { ($0.path, handlers[$0.functionLogicalID] ?? "") }
    }

    /// The handler whose route begins most like the path; for reports only.
    func handler(of path: String) -> String {
        let fixed = routes.map { (beginning: $0.path.prefix { $0 != "{" }, handler: $0.handler) }
        return fixed.filter { path.hasPrefix($0.beginning) }.max { $0.beginning.count < $1.beginning.count }?.handler ?? ""
    }
}

/// How a direct invocation ended.
struct InvocationAnswer {
    /// What the function answered, or its error's JSON.
    var payload: Data
    /// Whether it ended with a function error.
    var failed: Bool
    /// The end of the log, where it was asked for.
    var log: String?
}

extension EmulatorAddresses {
    /// Invokes a function by its handler, name or ARN over the Lambda API.
    func invoke(_ function: String, payload: Data, withLog: Bool = false, http: HTTPClient) async throws -> InvocationAnswer {
        try await Self.invoke(functions[function] ?? function, at: endpoint, payload: payload, withLog: withLog, http: http)
    }

    static func invoke(
        _ name: String, at endpoint: String, payload: Data, withLog: Bool, http: HTTPClient
    ) async throws -> InvocationAnswer {
        let path = name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed.subtracting(["/"])) ?? name
        var headers: [(name: String, value: String)] = [("Content-Type", "application/json")]
        if withLog { headers.append(("X-Amz-Log-Type", "Tail")) }
        let response = try await http.send(
            HTTPClientRequest(
                method: "POST", url: "\(endpoint)/2015-03-31/functions/\(path)/invocations", headers: headers, body: payload))
        guard response.status == 200 else {
            let message = (try? JSONDecoder().decode(JSONValue.self, from: response.body))?["Message"]?.stringValue
            throw Failure("\(name) was not invoked: \(message ?? "status \(response.status)")")
        }
        let log = response.header("X-Amz-Log-Result").flatMap { Data(base64Encoded: $0) }
        return InvocationAnswer(
            payload: response.body, failed: response.header("X-Amz-Function-Error") != nil,
            log: log.map { String(decoding: $0, as: UTF8.self) })
    }
}
