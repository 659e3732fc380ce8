internal import DeploymentTemplate
internal import EmulatorClock
internal import Foundation
internal import FunctionPool
internal import Journal
internal import QueueEngine
internal import Synchronization

/// Takes a queue's messages to a function, several batches at a time.
///
/// What the function has dealt with is deleted. What failed stays hidden until its visibility time-out ends and then comes
/// again, or goes to the dead-letter queue: that is the queue's own work.
final class QueuePoller: Sendable {
    private struct State {
        var isStopped = false
        var isReceiving = false
        /// Told of messages while a receive was under way.
        var mustLookAgain = false
        var running = 0
        /// Received, and waiting for more until the batching window is over.
        var gathered: [ReceivedMessage] = []
        var window: ClockTimer?
        var observation: QueueObservation?
    }

    /// Lambda begins with five batches at once (AWS Lambda Developer Guide, "Configuring scaling behavior for SQS event source
    /// mappings"); one machine stays there.
    private static let concurrency = 5

    private let source: Deployment.QueueSource
    private let function: Deployment.Function
    private let services: SourceServices
    private let work: DispatchQueue
    private let state = Mutex(State())

    init(_ source: Deployment.QueueSource, function: Deployment.Function, services: SourceServices) {
        self.source = source
        self.function = function
        self.services = services
        work = DispatchQueue(label: "roost.queue.\(source.id)")
    }

    private var limit: Int { min(source.maximumConcurrency ?? Self.concurrency, Self.concurrency) }

    /// - Throws: ``EventSourceError/noQueue(_:source:)``.
    func start() throws(EventSourceError) {
        guard services.queues.configuration(of: source.queueName) != nil else {
            throw .noQueue(source.queueName, source: source.id)
        }
        let observation = services.queues.observe(queue: source.queueName) { [weak self] in self?.poke() }
        state.withLock { $0.observation = observation }
        poke()
    }

    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.observation?.cancel()
            state.window?.cancel()
            // What was only gathered comes again when its visibility time-out ends.
            state.gathered = []
        }
    }

    /// Waits until what was asked for so far has been looked at.
    func settle() {
        work.sync {}
    }

    /// There may be messages.
    private func poke() {
        work.async { self.receive() }
    }

    // MARK: On the work queue

    private func receive() {
        let maximum: Int? = state.withLock { state in
            guard !state.isStopped, state.running < limit else { return nil }
            guard !state.isReceiving else {
                state.mustLookAgain = true
                return nil
            }
            state.isReceiving = true
            state.mustLookAgain = false
            return min(10, source.batchSize - state.gathered.count)
        }
        guard let maximum else { return }
        let request = ReceiveRequest(queue: source.queueName, maximum: maximum, waitSeconds: 0)
        services.queues.receive(request) { [self] result in
            work.async { self.received(result) }
        }
    }

    private func received(_ result: Result<[ReceivedMessage], QueueError>) {
        let mustLookAgain = state.withLock { state in
            state.isReceiving = false
            return state.mustLookAgain
        }
        switch result {
        case .failure(let error):
            services.journal.record("queue", "\(source.queueName) cannot be received from: \(error.message)")
            guard error != .shuttingDown else { return }
            services.clock.after(seconds: Backoff().firstSeconds) { [weak self] in self?.poke() }
        case .success(let messages) where messages.isEmpty:
            if mustLookAgain { receive() }
        case .success(let messages):
            gather(messages)
            receive()
        }
    }

    private func gather(_ messages: [ReceivedMessage]) {
        let isFull = state.withLock { state in
            state.gathered += messages
            return source.maximumBatchingWindowSeconds == 0 || state.gathered.count >= source.batchSize
        }
        if isFull { return flush() }
        guard state.withLock({ $0.window == nil && !$0.isStopped }) else { return }
        let timer = services.clock.after(seconds: Double(source.maximumBatchingWindowSeconds)) { [weak self] in
            guard let self else { return }
            self.work.async { self.flush() }
        }
        state.withLock { $0.window = timer }
    }

    /// Gives the function what has come together, in as many events as its size asks for.
    private func flush() {
        var messages = state.withLock { state in
            defer { state.gathered = [] }
            state.window?.cancel()
            state.window = nil
            return state.isStopped ? [] : state.gathered
        }
        while !messages.isEmpty {
            let count = EventSize.fitting(messages.map(QueueEvent.size))
            begin(Array(messages.prefix(count)))
            messages.removeFirst(count)
        }
    }

    /// A batch on its way: how often there was no room for it, and when its messages are visible again.
    private struct Delivery: Sendable {
        var messages: [ReceivedMessage]
        var throttles = 0
        var hiddenUntil: Date
    }

    private func begin(_ messages: [ReceivedMessage]) {
        let hidden = services.queues.configuration(of: source.queueName)?.visibilityTimeoutSeconds ?? 0
        // The first of them may have waited for a whole window.
        let seconds = Double(hidden - source.maximumBatchingWindowSeconds)
        state.withLock { $0.running += 1 }
        invoke(Delivery(messages: messages, hiddenUntil: services.clock.now.addingTimeInterval(seconds)))
    }

    private func invoke(_ delivery: Delivery) {
        let messages = delivery.messages
        guard let queue = services.queues.configuration(of: source.queueName),
            let payload = try? QueueEvent.payload(messages, queueARN: queue.arn, region: services.region)
        else { return release() }
        let cause = services.journal.record("queue", "\(messages.count) messages of \(queue.name) to \(function.name)")
        services.invoker.invoke(InvocationRequest(functionName: function.name, payload: payload, cause: cause)) { [self] result in
            work.async { self.finish(result, delivery) }
        }
    }

    private func finish(_ result: InvocationResult, _ delivery: Delivery) {
        let messages = delivery.messages
        let verdict = BatchVerdict(
            result.outcome, reportsFailures: source.reportsBatchItemFailures, identifiers: messages.map(\.messageID))
        switch verdict {
        case .success: return delete(messages)
        case .partial(let failed):
            services.journal.record(
                "queue", "\(failed.count) of \(messages.count) messages of \(source.queueName) failed", cause: result.entry)
            return delete(messages.filter { !failed.contains($0.messageID) })
        case .failure(let reason):
            services.journal.record(
                "queue", "\(function.name) failed (\(reason)): \(messages.count) messages of \(source.queueName) come again",
                cause: result.entry)
        case .throttled:
            if tryAgain(delivery) { return }
        case .stopping: stop()
        }
        release()
    }

    /// While the messages are hidden, a throttled batch is tried again; later they are no longer this poller's.
    private func tryAgain(_ delivery: Delivery) -> Bool {
        var delivery = delivery
        delivery.throttles += 1
        let next = delivery
        let seconds = Backoff().seconds(after: next.throttles)
        guard services.clock.now.addingTimeInterval(seconds) < next.hiddenUntil, !state.withLock({ $0.isStopped }) else {
            return false
        }
        services.clock.after(seconds: seconds) { [weak self] in
            guard let self else { return }
            self.work.async { self.invoke(next) }
        }
        services.journal.record("queue", "\(function.name) is throttled; next try in \(Int(seconds)) s")
        return true
    }

    private func delete(_ messages: [ReceivedMessage]) {
        guard !messages.isEmpty else { return release() }
        services.queues.delete(messages.map(\.receiptHandle), from: source.queueName) { [self] result in
            work.async {
                if case .failure(let error) = result {
                    self.services.journal.record("queue", "messages of \(self.source.queueName) stay: \(error.message)")
                }
                self.release()
            }
        }
    }

    /// A batch has ended, so that the next can begin.
    private func release() {
        state.withLock { $0.running -= 1 }
        receive()
    }
}
