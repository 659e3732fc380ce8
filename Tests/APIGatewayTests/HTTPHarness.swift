import APIGateway
import DeploymentTemplate
import EmulatorClock
import Foundation
import FunctionPool
import Journal
import LambdaEvents
import RoostHTTPServer

/// A served HTTP API whose functions are played by a stand-in.
struct HTTPHarness {
    let clock: ManualClock
    let invoker: StandInInvoker
    let port: UInt16

    static let functions = ["api", "auth"].map {
        Deployment.Function(logicalID: $0, name: $0, handler: $0, arn: "arn:aws:lambda:eu-central-1:123456789012:function:\($0)")
    }

    static func route(_ method: String, _ path: String, authorizer: String? = nil) -> Deployment.HTTPRoute {
        Deployment.HTTPRoute(method: method, path: path, functionLogicalID: "api", authorizer: authorizer)
    }

    /// Serves while `body` runs.
    static func serving(
        _ api: Deployment.HTTPAPI,
        answer: @escaping @Sendable (String, JSONValue) -> InvocationResult.Outcome? = { _, _ in .json(#"{"statusCode":200}"#) },
        _ body: (HTTPHarness) throws -> Void
    ) throws {
        // 2020-03-12T19:03:58.390Z
        let clock = ManualClock(Date(timeIntervalSince1970: 1_584_039_838.390))
        let invoker = StandInInvoker(answer)
        var deployment = Deployment(region: "eu-central-1", accountID: "123456789012")
        deployment.functions = functions
        let front = try HTTPAPIFront(
            deployment: deployment, api: api, invoker: invoker, clock: clock, journal: Journal(clock: clock))
        let server = HTTPServer(HTTPAPIFront.serverConfiguration()) { front.handle($0, $1) }
        let port = try server.start()
        defer { server.stop() }
        try body(HTTPHarness(clock: clock, invoker: invoker, port: port))
    }

    /// Sends a request, written as on the wire but for its line ends and its body's length.
    func send(_ head: String, body: [UInt8] = []) throws -> WireClient {
        let client = try WireClient(port: port)
        let length = body.isEmpty ? "" : "\r\nContent-Length: \(body.count)"
        let lines = head.split(separator: "\n", omittingEmptySubsequences: true).joined(separator: "\r\n")
        try client.send(bytes: Array("\(lines)\r\nHost: 127.0.0.1:\(port)\(length)\r\n\r\n".utf8) + body)
        return client
    }

    func answer(_ head: String, body: String = "") throws -> WireClient.Answer {
        try send(head, body: Array(body.utf8)).receiveAnswer(hasBody: !head.hasPrefix("HEAD"))
    }

    /// The event that a request makes.
    func event(_ head: String, body: [UInt8] = []) throws -> JSONValue {
        let client = try send(head, body: body)
        _ = try client.receiveAnswer()
        return invoker.nextEvent()
    }
}
