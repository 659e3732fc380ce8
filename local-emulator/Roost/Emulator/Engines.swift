import CloudServices
import DeploymentTemplate
import DynamoDBEndpoint
import EmulatorClock
import Foundation
import FunctionPool
import Inbox
import Journal
import QueueEngine
import StoreEngine

/// Everything durable, and the clock and the journal that all parts share.
struct Engines {
    let clock: any EmulatorClock
    let journal: Journal
    let store: StoreEngine
    let dynamoDB: DynamoDBEndpoint
    let queues: QueueEngine
    let inbox: Inbox
    let secrets: SecretStore

    /// - Parameters:
    ///   - durability: of DynamoDB's tables.
    ///   - parts: gets what must be closed at the end.
    init(_ data: DataLocation, durability: Durability, _ parts: StopList) throws {
        let clock = SystemClock()
        self.clock = clock
        journal = Journal(clock: clock)
        if let folder = data.folder { try Self.makeFolder(folder) }
        // The store comes first: its lock keeps a second process out of the whole directory.
        let store = try StoreEngine(data, clock: clock, durability: durability)
        parts.add { await offPool { store.close() } }
        self.store = store
        dynamoDB = DynamoDBEndpoint(store: store)
        let queues = try QueueEngine(location: data.folder.map { .directory($0) } ?? .inMemory, clock: clock)
        parts.add { await offPool { queues.close() } }
        self.queues = queues
        inbox = try Inbox(location: data.folder.map { .directory($0) } ?? .inMemory, clock: clock)
        secrets = try SecretStore(location: data.folder.map { .directory($0) } ?? .inMemory, clock: clock)
    }

    private static func makeFolder(_ folder: URL) throws(Failure) {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw Failure("the data directory \(folder.relativePath) cannot be made: \(error.localizedDescription)")
        }
    }

    /// Makes what the template describes and is not there yet.
    func provision(_ deployment: Deployment) async throws {
        for table in deployment.tables { try await TableProvision(table: table, dynamoDB: dynamoDB, store: store).ensure() }
        try await queues.ensure(deployment.queues.map(QueueConfiguration.init))
        try secrets.ensure(deployment.secrets.map(SecretDefinition.init))
    }

    func services(_ deployment: Deployment, functions: [FunctionConfiguration], pool: FunctionPool) -> CloudServices {
        let cause: @Sendable (String) -> Journal.EntryID? = { pool.cause(forAccessKey: $0) }
        let lambda = LambdaService(
            functions: functions, region: deployment.region, accountID: deployment.accountID, invoker: pool, journal: journal,
            cause: cause)
        let context = ServiceContext(
            region: deployment.region, accountID: deployment.accountID, clock: clock, journal: journal, cause: cause)
        return CloudServices(context: context, queues: queues, inbox: inbox, secrets: secrets, lambda: lambda)
    }
}

extension QueueConfiguration {
    init(_ queue: Deployment.Queue) {
        self.init(
            name: queue.name, arn: queue.arn, visibilityTimeoutSeconds: queue.visibilityTimeoutSeconds,
            delaySeconds: queue.delaySeconds, messageRetentionSeconds: queue.messageRetentionSeconds,
            receiveWaitTimeSeconds: queue.receiveWaitTimeSeconds, maximumMessageSizeBytes: queue.maximumMessageSizeBytes,
            redrive: queue.redrive.map {
                Redrive(deadLetterQueueName: $0.deadLetterQueueName, maxReceiveCount: $0.maxReceiveCount)
            })
    }
}

extension SecretDefinition {
    init(_ secret: Deployment.Secret) {
        let value: Value =
            switch secret.value {
            case .text(let text): .text(text)
            case .generated(let generation): .generated(SecretGeneration(generation))
            }
        self.init(name: secret.name, arn: secret.arn, value: value)
    }
}

extension SecretGeneration {
    init(_ generation: Deployment.Secret.Generation) {
        self.init()
        length = generation.length
        excludeCharacters = generation.excludeCharacters
        excludeLowercase = generation.excludeLowercase
        excludeUppercase = generation.excludeUppercase
        excludeNumbers = generation.excludeNumbers
        excludePunctuation = generation.excludePunctuation
        includeSpace = generation.includeSpace
        requireEachIncludedType = generation.requireEachIncludedType
        template = generation.template
        key = generation.key
    }
}
