import AWSClients
import Blueprints
import LambdaEvents
import LambdaRuntime
import Platform

/// Everything that happens on a socket: it opens, it closes, a client says something.
struct WebSocketHandler: LambdaHandler {
    private let lifecycle: SocketLifecycle
    private let conversation: SocketConversation

    init(environment: LambdaEnvironment) throws {
        let clients = try PlatformClients(environment: environment)
        let endpoint = try environment.require("WEBSOCKET_ENDPOINT")
        self.init(store: clients.store, connections: ConnectionsClient(transport: clients.transport, endpoint: endpoint))
    }

    init(store: PlatformStore, connections: ConnectionsClient, blueprints: [Blueprint] = BlueprintCatalogue.all) {
        let pusher = SocketPusher(store: store, connections: connections)
        lifecycle = SocketLifecycle(store: store)
        conversation = SocketConversation(store: store, pusher: pusher, blueprints: blueprints)
    }

    func handle(_ event: WebSocketRequest, context: LambdaContext) async throws -> WebSocketResponse {
        switch event.requestContext.eventType {
        case .connect: try await lifecycle.connect(event, log: context.log)
        case .disconnect: try await lifecycle.disconnect(event, log: context.log)
        // A message, and whatever API Gateway may send one day.
        default: try await conversation.answer(event, log: context.log)
        }
    }
}
