import Foundation
package import FunctionPool
import RoostHTTPServer

/// The Runtime API of Lambda (version 2018-06-01), and of its Extensions API what a runtime needs: for each execution
/// environment an HTTP server of its own on loopback.
package struct RuntimeAPI: RuntimeAPIServing {
    package init() {}

    package func open(_ runtime: any RuntimeInterface) throws -> any RuntimeAPISession {
        let router = RuntimeAPIRouter(runtime: runtime)
        let extensions = ExtensionsAPI(function: runtime.function)
        let server = HTTPServer(Self.configuration, onHead: { router.plan($0) }) { request, exchange in
            if request.path.hasPrefix(ExtensionsAPI.prefix) {
                return extensions.handle(request) { exchange.respond($0) }
            }
            if request.path == RuntimeAPIRouter.nextPath { extensions.closeRegistration() }
            router.handle(request) { exchange.respond($0) }
        }
        let port = try server.start()
        return Session(server: server, address: "127.0.0.1:\(port)")
    }

    private static let configuration = HTTPServer.Configuration(
        // Far above what an invocation may answer (6 MB), so that a body over that limit still ends its invocation; only what is
        // larger than this is refused without being read.
        maximumBodyBytes: 64 * 1024 * 1024,
        // One runtime, its next connections when it gives one up, and a few of a developer's own.
        connectionLimit: 64,
        // Error causes travel in headers of up to 1 MB (`Lambda-Runtime-Function-XRay-Error-Cause`).
        connectionMemoryBytes: 1_536 * 1024,
        // A runtime is silent for as long as its handler works.
        idleTimeoutSeconds: 0,
        tooLarge: RuntimeAPIReply.tooLarge(limit: 64 * 1024 * 1024))

    private struct Session: RuntimeAPISession {
        let server: HTTPServer
        let address: String

        func close() {
            server.stop()
        }
    }
}
