import APIGateway
import DeploymentTemplate
import EmulatorClock
import Foundation
import FunctionPool
import Journal
import LambdaEvents
import RoostHTTPServer

/// A served WebSocket API whose functions are played by a stand-in.
struct WebSocketHarness {
    let clock: ManualClock
    let invoker: StandInInvoker
    let journal: Journal
    let front: WebSocketFront
    let port: UInt16

    static let ok = InvocationResult.Outcome.json(#"{"statusCode":200}"#)

    static func api(_ routes: [String] = ["$connect", "$disconnect", "$default", "ping"]) -> Deployment.WebSocketAPI {
        let routes = Dictionary(uniqueKeysWithValues: routes.map { ($0, Deployment.WebSocketRoute(functionLogicalID: "api")) })
        return Deployment.WebSocketAPI(id: "id", stage: "dev", routeSelectionExpression: "$request.body.event", routes: routes)
    }

    static func withAuthorizer(_ sources: [String] = []) -> Deployment.WebSocketAPI {
        var api = api()
        api.authorizer = Deployment.Authorizer(functionLogicalID: "auth", identitySources: sources)
        return api
    }

    /// Serves while `body` runs.
    static func serving(
        _ api: Deployment.WebSocketAPI = api(),
        answer: @escaping @Sendable (String, JSONValue) -> InvocationResult.Outcome? = { _, _ in ok },
        _ body: (WebSocketHarness) throws -> Void
    ) throws {
        let clock = ManualClock(Date(timeIntervalSince1970: 1_584_039_838.390))
        let invoker = StandInInvoker(answer)
        let journal = Journal(clock: clock)
        var deployment = Deployment(region: "eu-central-1", accountID: "123456789012")
        deployment.functions = HTTPHarness.functions
        let front = try WebSocketFront(deployment: deployment, api: api, invoker: invoker, clock: clock, journal: journal)
        let server = HTTPServer(WebSocketFront.serverConfiguration()) { front.handle($0, $1) }
        let port = try server.start()
        defer {
            front.stop(within: 0.2)
            server.stop()
        }
        try body(WebSocketHarness(clock: clock, invoker: invoker, journal: journal, front: front, port: port))
    }

    func open(_ fields: String = "", query: String = "") throws -> WireWebSocket {
        try WireWebSocket(port: port, fields: fields, query: query)
    }

    /// Opens a connection and gives its id.
    func connected(_ fields: String = "") throws -> (client: WireWebSocket, id: String) {
        let client = try open(fields)
        let id = invoker.nextEvent()["requestContext"]?["connectionId"]?.stringValue ?? ""
        return (client, id)
    }

    /// Calls `@connections` on the API's own port.
    func connections(_ method: String, _ id: String, body: [UInt8] = [], signed: Bool = true) throws -> WireClient.Answer {
        let client = try WireClient(port: port)
        let path = id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let signature = signed ? "Authorization: AWS4-HMAC-SHA256 Credential=AKID/…\r\n" : ""
        let head = "\(method) /dev/@connections/\(path) HTTP/1.1\r\nHost: h\r\n\(signature)Content-Length: \(body.count)\r\n\r\n"
        try client.send(bytes: Array(head.utf8) + body)
        return try client.receiveAnswer()
    }
}
