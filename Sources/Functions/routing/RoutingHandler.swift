import AWSClients
import Blueprints
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform
import RoostHTTPClient

/// The message engine: deliveries from the queue, and the sweep of those that have waited.
struct RoutingHandler: LambdaHandler {
    /// Of the messages worked on at once; with the recipients of each (``DeliveryJobs``) fewer than the HTTP client's
    /// connections.
    private static let batch = BatchProcessor(atOnce: 4, describe: { ErrorCatalogue.logText(for: $0) })

    private let jobs: DeliveryJobs
    private let sweep: DueSweep

    init(environment: LambdaEnvironment) async throws {
        // One client, and so one pool of connections, for AWS and WhatsApp.
        let http = try HTTPClient()
        let clients = try PlatformClients(
            environment: environment,
            transport: AWSHTTPTransport(configuration: try AWSConfiguration(environment: environment.variables), client: http))
        async let vault = clients.contactVault()
        async let whatsApp = clients.secret("WHATSAPP_SECRET_ID")
        let channels = OutboundChannels(
            sms: SMSSender(client: SNSClient(transport: clients.transport)),
            email: EmailSender(client: SESClient(transport: clients.transport), from: try environment.require("MAIL_FROM")),
            whatsApp: WhatsAppClient(
                baseURL: try environment.require("WHATSAPP_BASE_URL"),
                phoneNumberID: try environment.require("WHATSAPP_PHONE_NUMBER_ID"),
                accessToken: try WhatsAppClient.accessToken(inSecret: try await whatsApp),
                send: { try await http.send($0) }))
        self.init(
            store: clients.store, vault: try await vault, channels: channels,
            queue: RetryQueue(
                client: SQSClient(transport: clients.transport), url: try environment.require("DELIVERY_QUEUE_URL")),
            zones: TimeZoneDatabase(environment: environment.variables))
    }

    init(
        store: PlatformStore, vault: ContactVault, channels: OutboundChannels, queue: RetryQueue, zones: TimeZoneDatabase,
        blueprints: [Blueprint] = BlueprintCatalogue.all
    ) {
        let engine = DeliveryEngine(store: store, vault: vault, channels: channels, queue: queue)
        jobs = DeliveryJobs(store: store, engine: engine, zones: zones, blueprints: blueprints)
        sweep = DueSweep(store: store, queue: queue)
    }

    /// Each message on its own: one that fails comes again after the queue's visibility time-out, and goes to the
    /// dead-letter queue after its `maxReceiveCount`.
    func handle(_ event: RoutingEvent, context: LambdaContext) async throws -> RoutingAnswer {
        switch event {
        case .deliveries(let event):
            .deliveries(
                try await Self.batch.process(event, decoding: RoutingMessage.self, context: context) { message, _ in
                    try await jobs.run(message, context: context)
                })
        case .sweep: .sweep(try await sweep.run(context: context))
        }
    }
}
