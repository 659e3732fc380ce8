public import AWSClients
internal import CloudServices
internal import DynamoDBEndpoint
package import EmulatorClock
public import Foundation
internal import Inbox
internal import Journal
internal import QueueEngine
internal import StoreEngine

/// The cloud that handlers talk to, in the test's own process: the emulator's real services over stores in memory, without
/// a socket, a file or a second of waiting.
///
/// One line makes a test's whole surroundings, and every client over ``transport`` has the real semantics behind it:
///
/// ```swift
/// let cloud = try InProcessCloud()
/// try await cloud.dynamoDB.createTable(.init(…))
/// let queueURL = try await cloud.makeQueue("delivery")
/// let handler = RoutingHandler(dynamoDB: cloud.dynamoDB, queue: SQSClient(transport: cloud.transport), …)
/// ```
///
/// DynamoDB, SQS, SNS Publish, SES v2 and Secrets Manager are the emulator's own. Behind `@connections` stand no sockets:
/// ``connections`` holds the clients that a test says are there. Each cloud is its own: tests that run at one time do not see
/// each other's data.
public final class InProcessCloud: Sendable {
    /// Carries any client's calls into this cloud.
    public let transport: any AWSTransport
    /// DynamoDB over ``transport``.
    public let dynamoDB: DynamoDBClient
    /// The clients of a WebSocket API.
    public let connections: ConnectedClients
    /// The only time there is; it stands still until it is moved.
    package let clock: ManualClock
    private let region: String
    private let accountID: String
    private let store: StoreEngine
    private let queues: QueueEngine
    private let inbox: Inbox
    private let secrets: SecretStore

    /// - Parameters:
    ///   - start: the time at which the cloud's clock stands.
    ///   - region: the region in the ARNs that it makes.
    ///   - accountID: the account in them.
    public init(
        start: Date = Date(timeIntervalSince1970: 1_700_000_000), region: String = "us-east-1",
        accountID: String = "000000000000"
    ) throws {
        clock = ManualClock(start)
        self.region = region
        self.accountID = accountID
        store = try StoreEngine(location: .inMemory, clock: clock, region: region, accountID: accountID)
        queues = try QueueEngine(location: .inMemory, clock: clock)
        inbox = try Inbox(location: .inMemory, clock: clock)
        secrets = try SecretStore(location: .inMemory, clock: clock)
        connections = ConnectedClients(clock: clock)
        let context = ServiceContext(region: region, accountID: accountID, clock: clock, journal: Journal(clock: clock))
        transport = InProcessTransport(
            dynamoDB: DynamoDBEndpoint(store: store),
            services: CloudServices(context: context, queues: queues, inbox: inbox, secrets: secrets),
            connections: connections)
        // A refusal is the test's to see, at once: nothing here fails for a moment only.
        dynamoDB = DynamoDBClient(transport: transport, retry: RetryPolicy(maximumAttempts: 1))
    }

    deinit {
        store.close()
        queues.close()
    }

    // MARK: Time

    public var now: Date { clock.now }

    /// Moves time forward, and does what falls due on the way: expired items go, delayed messages appear.
    public func advanceTime(bySeconds seconds: Double) { clock.advance(bySeconds: seconds) }

    // MARK: What a template would make

    /// Makes a standard queue, or changes the one of that name.
    ///
    /// - Parameters:
    ///   - deadLetterQueue: the name of the queue, made before, that gets a message after `maximumReceives` receives.
    /// - Returns: its URL, which SQS's clients ask for.
    @discardableResult
    public func makeQueue(
        _ name: String, visibilityTimeoutSeconds: Int = 30, deadLetterQueue: String? = nil, maximumReceives: Int = 3
    ) async throws -> String {
        let redrive = deadLetterQueue.map {
            QueueConfiguration.Redrive(deadLetterQueueName: $0, maxReceiveCount: maximumReceives)
        }
        try await queues.ensure([
            QueueConfiguration(
                name: name, arn: "arn:aws:sqs:\(region):\(accountID):\(name)",
                visibilityTimeoutSeconds: visibilityTimeoutSeconds, redrive: redrive)
        ])
        return try await SQSClient(transport: transport).getQueueUrl(.init(queueName: name)).queueURL
    }

    /// Makes a secret with this text, or gives it this text as its current value.
    ///
    /// - Returns: its ARN; its name serves as an id too.
    @discardableResult
    public func makeSecret(_ name: String, _ text: String) throws -> String {
        let arn = "arn:aws:secretsmanager:\(region):\(accountID):secret:\(name)-roost1"
        try secrets.ensure([SecretDefinition(name: name, arn: arn, value: .text(text))])
        return arn
    }

    // MARK: What came out

    /// What was sent to people, oldest first.
    ///
    /// - Parameter recipient: only what went to this number or address.
    public func sentMessages(to recipient: String? = nil) throws -> [SentMessage] {
        try inbox.list(to: recipient).map(SentMessage.init)
    }
}
