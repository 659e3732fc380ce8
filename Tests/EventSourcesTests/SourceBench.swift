import DeploymentTemplate
import EmulatorClock
import EventSources
import Foundation
import Journal
import LambdaEvents
import QueueEngine
import StoreEngine

/// A table with a stream, two queues and a function, on a clock that the test moves.
struct SourceBench {
    let clock = ManualClock(Date(timeIntervalSince1970: 1_700_000_000))
    let store: StoreEngine
    let queues: QueueEngine
    let invoker = StandInInvoker()
    let journal: Journal
    let directory: URL
    var deployment = Deployment(region: "us-east-1", accountID: "123456789012")

    init() async throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("roost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        store = try StoreEngine(location: .inMemory, clock: clock, region: "us-east-1", accountID: "123456789012")
        queues = try QueueEngine(location: .inMemory, clock: clock)
        journal = Journal(clock: clock)
        _ = try await store.createTable(
            CreateTableInput(
                tableName: "items", attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest,
                streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages)))
        try await queues.ensure([
            QueueConfiguration(name: "work", arn: "arn:aws:sqs:us-east-1:123456789012:work"),
            QueueConfiguration(name: "failures", arn: "arn:aws:sqs:us-east-1:123456789012:failures"),
        ])
        deployment.functions = [
            Deployment.Function(
                logicalID: "Handler", name: "handler", handler: "handler",
                arn: "arn:aws:lambda:us-east-1:123456789012:function:handler")
        ]
    }

    mutating func stream(_ change: (inout Deployment.StreamSource) -> Void = { _ in }) {
        var source = Deployment.StreamSource(
            id: "Handler.Changes", functionLogicalID: "Handler", tableName: "items", startingPosition: .trimHorizon)
        change(&source)
        deployment.streamSources = [source]
    }

    mutating func queue(_ change: (inout Deployment.QueueSource) -> Void = { _ in }) {
        var source = Deployment.QueueSource(id: "Handler.Work", functionLogicalID: "Handler", queueName: "work")
        change(&source)
        deployment.queueSources = [source]
    }

    /// Sources that have started, on this bench's state.
    func sources() throws -> EventSources {
        let sources = try EventSources(
            deployment: deployment, store: store, queues: queues, invoker: invoker, clock: clock, journal: journal,
            directory: directory)
        try sources.start()
        return sources
    }

    func put(_ ids: String...) async throws {
        for id in ids { _ = try await store.putItem(PutItemInput(tableName: "items", item: ["id": .string(id)])) }
    }

    func send(_ bodies: String...) async throws {
        try await send(bodies)
    }

    func send(_ bodies: [String]) async throws {
        for body in bodies { try await queues.send(OutgoingMessage(body: body), to: "work") }
    }

    /// One round of what the store does by itself.
    func maintain() async throws {
        let result: Result<Bool, StoreError> = await withCheckedContinuation { continuation in
            store.maintain { continuation.resume(returning: $0) }
        }
        _ = try result.get()
    }

    /// Ends everything and removes the folder.
    func close(_ sources: EventSources...) {
        for source in sources { source.stop() }
        store.close()
        queues.close()
        // A folder that stays behind is the system's to remove.
        try? FileManager.default.removeItem(at: directory)
    }
}
