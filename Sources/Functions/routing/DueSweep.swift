import FunctionToolkit
import LambdaRuntime
import Platform

/// How far one sweep got.
struct SweepReport: Encodable, Sendable, Equatable {
    /// Deliveries put on the queue.
    var queued = 0
    /// False if the time was over before the index was empty; the next sweep goes on.
    var isComplete = true

    private enum CodingKeys: String, CodingKey {
        case queued
        case isComplete = "is_complete"
    }
}

/// Puts deliveries on the queue whose time has come.
///
/// First the queue message, then the item out of the index under the condition that its time is unchanged: a sweep that
/// ends in between sends the same message twice, which `routing` sees by the delivery's state; none is lost.
struct DueSweep: Sendable {
    /// Read at a time from one shard.
    private static let pageSize = 100
    /// As much as one page needs.
    private static let reserve: Duration = .seconds(5)

    private let time: TimeSource
    private let deliveries: DeliveryRepository
    private let queue: RetryQueue

    init(store: PlatformStore, queue: RetryQueue) {
        time = store.time
        deliveries = DeliveryRepository(store: store)
        self.queue = queue
    }

    func run(context: LambdaContext) async throws -> SweepReport {
        let reports = try await concurrently(Identifier.dueShards, limit: Identifier.dueShardCount) { shard in
            try await sweep(shard, context: context)
        }
        let total = SweepReport(queued: reports.map(\.queued).reduce(0, +), isComplete: reports.allSatisfy(\.isComplete))
        if total.queued > 0 { context.log.info("deliveries due", ["queued": String(total.queued)]) }
        return total
    }

    private func sweep(_ shard: String, context: LambdaContext) async throws -> SweepReport {
        let now = time.now
        var report = SweepReport()
        // An item that was swept may show in the index for a moment longer; it must not be queued twice in one sweep.
        var seen: Set<String> = []
        while true {
            guard context.remaining > Self.reserve else {
                report.isComplete = false
                return report
            }
            let page = try await deliveries.due(shard: shard, at: now, limit: Self.pageSize)
            let new = page.filter { seen.insert($0.id).inserted }
            for delivery in new {
                try await queue.send(delivery, delaySeconds: 0)
                try await deliveries.stopWaiting(delivery)
                report.queued += 1
            }
            if new.isEmpty || page.count < Self.pageSize { return report }
        }
    }
}
