import AWSClients
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform

/// Turns changes of the entities into counts, pushes and deliveries.
///
/// Records are worked through in the stream's order. The first that fails ends the batch and is answered by its sequence
/// number: Lambda sends it and all after it again. Each record may come any number of times.
struct StreamHandler: LambdaHandler {
    /// A record is begun only with five seconds left: a forum of a thousand members takes about two.
    private static let batch = BatchProcessor(reserve: .seconds(5), describe: { ErrorCatalogue.logText(for: $0) })

    private let newMessages: MessageFanOut
    private let receipts: ReceiptPush
    private let presences: PresencePush

    init(environment: LambdaEnvironment) throws {
        let clients = try PlatformClients(environment: environment)
        let endpoint = try environment.require("WEBSOCKET_ENDPOINT")
        self.init(
            store: clients.store, connections: ConnectionsClient(transport: clients.transport, endpoint: endpoint),
            queue: SQSClient(transport: clients.transport), queueURL: try environment.require("DELIVERY_QUEUE_URL"))
    }

    init(store: PlatformStore, connections: ConnectionsClient, queue: SQSClient, queueURL: String) {
        let pusher = SocketPusher(store: store, connections: connections)
        newMessages = MessageFanOut(store: store, pusher: pusher, queue: DeliveryQueue(client: queue, url: queueURL))
        receipts = ReceiptPush(store: store, pusher: pusher)
        presences = PresencePush(store: store, pusher: pusher)
    }

    func handle(_ event: DynamoDBStreamEvent, context: LambdaContext) async throws -> BatchResponse {
        try await Self.batch.process(event, context: context) { record in try await process(try Change(record)) }
    }

    private func process(_ change: Change) async throws {
        switch change {
        case .messageCreated(let message): try await newMessages.run(message)
        case .messageRead(let receipt, let organization): try await receipts.run(receipt, organization: organization)
        case .statusChanged(let presence, let organization): try await presences.run(presence, organization: organization)
        case .nothing: break
        }
    }
}

/// Sockets that did not take a push for now. All else that belongs to the record is done; the record comes again.
struct PushIncomplete: Error, Sendable, LambdaErrorRepresentable {
    var failures: [String]

    var errorType: String { "PushIncomplete" }
    var errorMessage: String { "\(failures.count) pushes failed, the first with: \(failures.first ?? "")" }
}
