import APIGateway
import DeploymentTemplate
import FunctionPool
import RoostHTTPServer

/// The two APIs on their ports.
struct Fronts {
    /// Empty where the template has no such API.
    private(set) var httpAddress = ""
    private(set) var webSocketAddress = ""
    private(set) var webSocket: WebSocketFront?

    init(
        _ deployment: Deployment, pool: FunctionPool, engines: Engines, options: EmulatorOptions, parts: StopList
    ) throws {
        if let api = deployment.httpAPI {
            let front = try HTTPAPIFront(
                deployment: deployment, api: api, invoker: pool, clock: engines.clock, journal: engines.journal)
            let server = HTTPServer(HTTPAPIFront.serverConfiguration(host: options.host, port: options.httpPort)) {
                front.handle($0, $1)
            }
            httpAddress = "http://\(options.host):\(try server.startNaming("--http-port"))"
            parts.add { await offPool { server.stop() } }
        }
        if let api = deployment.webSocketAPI {
            let front = try WebSocketFront(
                deployment: deployment, api: api, invoker: pool, clock: engines.clock, journal: engines.journal)
            let server = HTTPServer(WebSocketFront.serverConfiguration(host: options.host, port: options.webSocketPort)) {
                front.handle($0, $1)
            }
            webSocketAddress = "ws://\(options.host):\(try server.startNaming("--ws-port"))/\(api.stage)"
            webSocket = front
            parts.add { await offPool { server.stop() } }
            parts.add { await offPool { front.stop() } }
        }
    }
}
