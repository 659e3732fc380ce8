import AWSClients
import Blueprints
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Everything that happens on a socket: it opens, it closes, a client says something.
struct WebSocketHandler: LambdaHandler {
    private let router: WebSocketRouter

    init(environment: LambdaEnvironment) throws {
        let clients = try PlatformClients(environment: environment)
        let endpoint = try environment.require("WEBSOCKET_ENDPOINT")
        self.init(store: clients.store, connections: ConnectionsClient(transport: clients.transport, endpoint: endpoint))
    }

    init(store: PlatformStore, connections: ConnectionsClient, blueprints: [Blueprint] = BlueprintCatalogue.all) {
        let pusher = SocketPusher(store: store, connections: connections)
        let lifecycle = SocketLifecycle(store: store)
        let conversation = SocketConversation(store: store, pusher: pusher, blueprints: blueprints)
        router = WebSocketRouter(Frame.format) { routes in
            routes.connect { socket, response in response = try await lifecycle.connect(socket) }
            routes.disconnect { socket in try await lifecycle.disconnect(socket) }
            conversation.declare(&routes)
        }
    }

    func handle(_ event: WebSocketRequest, context: LambdaContext) async throws -> WebSocketResponse {
        await router.respond(to: event, context: context)
    }
}
