#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaRuntime
import Platform
import RoostHTTPClient

/// Carries one delivery one step further: records it, sends it, records what came of it.
///
/// The record is there before anything is sent, and each attempt is counted before it is made, so an environment that dies
/// at any point leaves a trace that the next one acts on. An SMS may go out twice then, under the same delivery id.
struct DeliveryEngine: Sendable {
    /// A delivery is begun with that much time left, of which ``recordingSeconds`` are kept for writing down the result.
    private static let beginReserve: Duration = .seconds(6)
    private static let recordingSeconds: Double = 3

    private let time: TimeSource
    private let deliveries: DeliveryRepository
    private let vault: ContactVault
    private let channels: OutboundChannels
    private let queue: RetryQueue

    init(store: PlatformStore, vault: ContactVault, channels: OutboundChannels, queue: RetryQueue) {
        time = store.time
        deliveries = DeliveryRepository(store: store)
        self.vault = vault
        self.channels = channels
        self.queue = queue
    }

    /// - Throws: ``DeliveryPostponed`` where the queue message must come again.
    func run(_ job: DeliveryJob, context: LambdaContext) async throws {
        guard context.remaining > Self.beginReserve else { throw DeliveryPostponed.outOfTime }
        var fresh = Delivery(
            organizationID: job.organization.id, eventID: job.eventID, messageID: job.message.id, recipientID: job.recipient.id,
            channel: job.channel, createdAt: time.now)
        if job.channel == .app { return try await keepForApp(fresh, wasPushed: job.wasPushed) }
        if let until = job.quietUntil { fresh.waiting = .init(.quietHours, until: until) }
        let delivery = try await deliveries.create(fresh)
        switch DeliveryStep.next(for: delivery, at: time.now, quietUntil: job.quietUntil) {
        case .nothing: return
        case .wait(let until):
            var waiting = delivery
            waiting.waiting = .init(.quietHours, until: until)
            try await save(waiting, replacing: delivery)
        case .leaveToOther: throw DeliveryPostponed.inProgress
        case .giveUp(let reason): try await fail(delivery, reason, context: context)
        case .attempt: try await attempt(delivery, job, context: context)
        }
    }

    /// Nothing is sent: a socket has it, or the person will see it when they open the app.
    private func keepForApp(_ fresh: Delivery, wasPushed: Bool) async throws {
        func delivered(_ delivery: Delivery) -> Delivery {
            var delivery = delivery
            delivery.status = .delivered
            delivery.attempts += 1
            delivery.lastAttemptAt = time.now
            delivery.deliveredAt = time.now
            return delivery
        }
        let known = try await deliveries.create(wasPushed ? delivered(fresh) : fresh)
        guard wasPushed, known.status == .pending else { return }
        try await save(delivered(known), replacing: known)
    }

    private func attempt(_ delivery: Delivery, _ job: DeliveryJob, context: LambdaContext) async throws {
        var begun = delivery
        begun.attempts += 1
        begun.lastAttemptAt = time.now
        begun.errorMessage = nil
        begun.waiting = nil
        try await save(begun, replacing: delivery)
        do {
            var sent = begun
            sent.externalID = try await send(job, begun.id, context: context)
            sent.status = .sent
            try await save(sent, replacing: begun)
            context.log.info(
                "delivery sent", ["delivery": sent.id, "channel": sent.channel.rawValue, "attempt": String(sent.attempts)])
        } catch let failure as SendFailure {
            guard case .passing(let reason) = failure, begun.attempts < DeliveryStep.maximumAttempts else {
                return try await fail(begun, failure.reason, context: context)
            }
            try await retryLater(begun, reason, context: context)
        }
    }

    /// - Throws: ``SendFailure``, whatever went wrong.
    private func send(_ job: DeliveryJob, _ id: String, context: LambdaContext) async throws(SendFailure) -> String {
        let latest = context.deadline.addingTimeInterval(-Self.recordingSeconds)
        do {
            return try await RequestDeadline.$current.withValue(latest) {
                try await channels.send(job, deliveryID: id, vault: vault)
            }
        } catch {
            throw SendFailure(error)
        }
    }

    /// The failure is written before the retry is queued: if it ends in between, the queue message at hand comes again.
    private func retryLater(_ delivery: Delivery, _ reason: String, context: LambdaContext) async throws {
        let pause = RetryPause.seconds(afterAttempt: delivery.attempts)
        var failed = delivery
        failed.errorMessage = reason
        if pause > RetryPause.longestQueueDelaySeconds {
            failed.waiting = .init(.retry, until: time.now.addingTimeInterval(Double(pause)))
        }
        try await save(failed, replacing: delivery)
        if failed.waiting == nil { try await queue.send(failed, delaySeconds: pause) }
        context.log.warn(
            "delivery failed for now",
            ["delivery": failed.id, "attempt": String(failed.attempts), "cause": reason, "retryInSeconds": String(pause)])
    }

    private func fail(_ delivery: Delivery, _ reason: String, context: LambdaContext) async throws {
        var failed = delivery
        failed.status = .failed
        failed.errorMessage = reason
        failed.waiting = nil
        try await save(failed, replacing: delivery)
        context.log.error("delivery failed", ["delivery": failed.id, "attempts": String(failed.attempts), "cause": reason])
    }

    /// Ends a delivery whose message or recipient has gone while it waited.
    func giveUp(_ again: RoutingMessage.DeliveryAgain, because reason: String) async throws {
        guard
            let delivery = try await deliveries.get(
                message: again.messageID, recipient: again.recipientID, channel: again.channel, organization: again.organizationID
            ),
            delivery.status == .pending
        else { return }
        var failed = delivery
        failed.status = .failed
        failed.errorMessage = reason
        failed.waiting = nil
        try await save(failed, replacing: delivery)
    }

    private func save(_ delivery: Delivery, replacing previous: Delivery) async throws {
        do {
            try await deliveries.save(delivery, replacing: previous)
        } catch is ConditionFailed {
            throw DeliveryPostponed.inProgress
        }
    }
}

/// Why a queue message must come again although nothing is wrong with it.
enum DeliveryPostponed: String, Error, Sendable, LambdaErrorRepresentable {
    /// Another environment has this delivery in hand.
    case inProgress
    /// The invocation's time is nearly over.
    case outOfTime

    var errorType: String { "DeliveryPostponed" }
    var errorMessage: String { rawValue }
}
