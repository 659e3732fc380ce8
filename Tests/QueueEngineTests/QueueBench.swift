import EmulatorClock
import Foundation
import QueueEngine

/// An engine in memory with one queue, on a clock that the test moves.
struct QueueBench {
    let clock = ManualClock()
    let engine: QueueEngine

    init(_ queues: QueueConfiguration..., location: QueueEngine.Location = .inMemory) async throws {
        engine = try QueueEngine(location: location, clock: clock)
        try await engine.ensure(queues.isEmpty ? [Self.queue()] : queues)
    }

    static func queue(
        _ name: String = "work", visibility: Int = 30, redrive: QueueConfiguration.Redrive? = nil, retention: Int = 345_600
    ) -> QueueConfiguration {
        QueueConfiguration(
            name: name, arn: "arn:aws:sqs:us-east-1:000000000000:\(name)", visibilityTimeoutSeconds: visibility,
            messageRetentionSeconds: retention, redrive: redrive)
    }

    func receive(_ queue: String = "work", maximum: Int = 10, wait: Int = 0) async throws -> [ReceivedMessage] {
        try await engine.receive(ReceiveRequest(queue: queue, maximum: maximum, waitSeconds: wait))
    }
}

/// A folder of the test's own, gone after it.
final class TemporaryDirectory {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("roost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // What stays behind in a temporary folder is the system's to remove.
        try? FileManager.default.removeItem(at: url)
    }
}
