internal import DeploymentTemplate
internal import EmulatorClock
internal import Foundation
internal import FunctionPool
internal import Journal
internal import QueueEngine
internal import StoreEngine
internal import Synchronization

/// Takes a table's stream to a function: one batch at a time, in order, until the function has dealt with it or it is given up.
///
///     idle ──records──▶ gathering ──full, or window over──▶ invoking ──done──▶ idle
///                                                              │  ▲
///                                                           failed │ time to wait is over
///                                                              ▼  │
///                                                           backingOff
///
/// A checkpoint is on disk before the next batch begins: after a crash a batch may come again, none is left out.
final class StreamPoller: Sendable {
    private enum Phase {
        case idle
        case gathering(ClockTimer)
        case invoking
        case backingOff(ClockTimer)
        case stopped
    }

    private struct State {
        var phase = Phase.idle
        var streamARN: String?
        /// The last sequence number that is done with.
        var sequenceNumber: String?
        var batch: StreamBatch?
        var isWindowOver = false
        /// Failures in a row of what is not the function's fault: a store that cannot be read, no room to run.
        var troubles = 0
    }

    /// Records live for 24 hours (Amazon DynamoDB Developer Guide, "Change data capture for DynamoDB Streams").
    private static let recordLifetimeSeconds = 86_400.0

    private let source: Deployment.StreamSource
    private let function: Deployment.Function
    private let services: SourceServices
    private let reader: StreamReader
    private let work: DispatchQueue
    private let state = Mutex(State())

    init(_ source: Deployment.StreamSource, function: Deployment.Function, services: SourceServices, store: StoreEngine) {
        self.source = source
        self.function = function
        self.services = services
        reader = StreamReader(store: store, tableName: source.tableName)
        work = DispatchQueue(label: "roost.stream.\(source.id)")
    }

    /// Finds its place in the stream: where it stood, or its starting position at the first start.
    ///
    /// - Throws: what the store or the checkpoints' file refuses.
    func start() throws {
        guard let streamARN = try reader.streamARN() else {
            throw EventSourceError.noStream(table: source.tableName, source: source.id)
        }
        let known = try services.state.checkpoint(of: source.id)
        let sequenceNumber: String?
        if let known, known.streamARN == streamARN {
            sequenceNumber = known.sequenceNumber
        } else {
            sequenceNumber = source.startingPosition == .latest ? try reader.latest(of: streamARN) : nil
            try services.state.save(.init(streamARN: streamARN, sequenceNumber: sequenceNumber), of: source.id)
        }
        state.withLock { state in
            state.streamARN = streamARN
            state.sequenceNumber = sequenceNumber
        }
        poke()
    }

    /// There may be records.
    func poke() {
        work.async { self.advance() }
    }

    /// No batch begins after this. One that is with the function is checkpointed when it ends.
    func stop() {
        state.withLock { state in
            switch state.phase {
            case .gathering(let timer), .backingOff(let timer): timer.cancel()
            case .idle, .invoking, .stopped: break
            }
            state.phase = .stopped
        }
    }

    /// Waits until what was asked for so far has been looked at.
    func settle() {
        work.sync {}
    }

    // MARK: On the work queue

    private func advance() {
        let (isFree, streamARN, sequenceNumber, hasBatch) = state.withLock { state in
            let isFree =
                switch state.phase {
                case .idle, .gathering: true
                case .invoking, .backingOff, .stopped: false
                }
            return (isFree, state.streamARN, state.sequenceNumber, state.batch?.current != nil)
        }
        guard isFree, let streamARN else { return }
        if hasBatch { return invoke() }
        do {
            let next = try reader.records(of: streamARN, after: sequenceNumber, limit: source.batchSize)
            guard let next, isWorthwhile(next.records.count) else { return }
            let count = EventSize.fitting(next.records.map(StreamEvent.size))
            state.withLock { state in
                state.troubles = 0
                state.isWindowOver = false
                state.batch = StreamBatch(
                    Array(next.records.prefix(count)), shardID: next.shardID,
                    maximumRetryAttempts: source.maximumRetryAttempts, bisects: source.bisectBatchOnFunctionError)
            }
            invoke()
        } catch {
            trouble("the stream of \(source.tableName) cannot be read: \(error)")
        }
    }

    /// Whether to go on with so many records, or to wait for more until the batching window is over.
    private func isWorthwhile(_ count: Int) -> Bool {
        guard source.maximumBatchingWindowSeconds > 0, count < source.batchSize else { return true }
        let mustWait = state.withLock { state in
            if case .gathering = state.phase { return false }
            return !state.isWindowOver
        }
        if mustWait {
            let timer = services.clock.after(seconds: Double(source.maximumBatchingWindowSeconds)) { [weak self] in
                self?.windowOver()
            }
            enter(.gathering(timer), from: { if case .idle = $0 { true } else { false } }, timer)
        }
        return state.withLock { $0.isWindowOver }
    }

    private func windowOver() {
        state.withLock { $0.isWindowOver = true }
        poke()
    }

    private func invoke() {
        let next: (StreamBatch.Segment, String)? = state.withLock { state in
            switch state.phase {
            case .invoking, .backingOff, .stopped: return nil
            case .gathering(let timer): timer.cancel()
            case .idle: break
            }
            guard let segment = state.batch?.current, let streamARN = state.streamARN else { return nil }
            state.phase = .invoking
            return (segment, streamARN)
        }
        guard let (segment, streamARN) = next else { return }
        let cause = services.journal.record(
            "stream", "\(segment.records.count) records of \(source.tableName) to \(function.name)")
        let request = InvocationRequest(
            functionName: function.name, payload: StreamEvent.payload(segment.records, streamARN: streamARN), cause: cause)
        services.invoker.invoke(request) { [self] result in
            work.async { self.finish(result, segment) }
        }
    }

    private func finish(_ result: InvocationResult, _ segment: StreamBatch.Segment) {
        let verdict = BatchVerdict(
            result.outcome, reportsFailures: source.reportsBatchItemFailures, identifiers: segment.records.map(\.sequenceNumber))
        switch verdict {
        case .success:
            let done = state.withLock { $0.batch?.succeed() }
            checkpoint(done)
        case .partial(let identifiers):
            // The lowest failed number is where the shard goes on.
            let index = segment.records.firstIndex { identifiers.contains($0.sequenceNumber) } ?? 0
            failed(from: index, "the function reports a failed record", result)
        case .failure(let reason):
            failed(from: 0, reason, result)
        case .throttled:
            trouble("\(function.name) is throttled")
        case .stopping:
            stop()
        }
    }

    /// Puts what is done with on disk, and goes on.
    private func checkpoint(_ sequenceNumber: String?) {
        guard save(sequenceNumber) else { return }
        state.withLock { state in
            state.troubles = 0
            if case .invoking = state.phase { state.phase = .idle }
        }
        advance()
    }

    private func save(_ sequenceNumber: String?) -> Bool {
        guard let sequenceNumber, let streamARN = state.withLock({ $0.streamARN }) else { return true }
        state.withLock { $0.sequenceNumber = sequenceNumber }
        do {
            try services.state.save(.init(streamARN: streamARN, sequenceNumber: sequenceNumber), of: source.id)
            return true
        } catch {
            trouble("the checkpoint of \(source.id) cannot be written: \(error)")
            return false
        }
    }

    private func failed(from index: Int, _ reason: String, _ result: InvocationResult) {
        let next = state.withLock { $0.batch?.fail(from: index) } ?? StreamBatch.Next()
        guard save(next.checkpoint) else { return }
        if let discarded = next.discarded {
            return discard(discarded, "RetryAttemptsExhausted", result)
        }
        if let expired = expiredSegment() {
            _ = state.withLock { $0.batch?.succeed() }
            return discard(expired, "RecordAgeExceeded", result)
        }
        backOff(Backoff().seconds(after: next.tries), "\(function.name) failed (\(reason))", cause: result.entry)
    }

    /// The segment in work, when even its youngest record would no longer be in the stream.
    private func expiredSegment() -> StreamBatch.Segment? {
        guard let segment = state.withLock({ $0.batch?.current }), let last = segment.records.last else { return nil }
        let age = services.clock.now.timeIntervalSince(last.approximateCreationDateTime)
        return age > Self.recordLifetimeSeconds ? segment : nil
    }

    /// Tells the on-failure destination, and goes on behind the records that are given up once that is on disk.
    private func discard(_ segment: StreamBatch.Segment, _ condition: String, _ result: InvocationResult) {
        services.journal.record(
            "stream", "\(segment.records.count) records of \(source.tableName) given up: \(condition)", cause: result.entry)
        let last = segment.records.last?.sequenceNumber
        let place = state.withLock { state in
            state.streamARN.map { DiscardedBatch.Place(streamARN: $0, shardID: state.batch?.shardID ?? "") }
        }
        guard let queue = source.onFailureQueueName, let place else { return checkpoint(last) }
        let notice = DiscardedBatch(segment, condition, result, function: function, place: place, now: services.clock.now)
        guard let body = try? JSONEncoder().encode(notice) else {
            // Texts and whole numbers always encode.
            return checkpoint(last)
        }
        let message = OutgoingMessage(body: String(decoding: body, as: UTF8.self), senderID: "lambda")
        services.queues.send(message, to: queue) { [self] sent in
            work.async {
                if case .failure(let error) = sent {
                    self.services.journal.record("stream", "the on-failure destination \(queue) refused: \(error.message)")
                }
                self.checkpoint(last)
            }
        }
    }

    /// What is not the function's fault counts as no try of it.
    private func trouble(_ text: String) {
        let troubles = state.withLock { state in
            state.troubles += 1
            return state.troubles
        }
        backOff(Backoff().seconds(after: troubles), text, cause: nil)
    }

    private func backOff(_ seconds: Double, _ text: String, cause: Journal.EntryID?) {
        let timer = services.clock.after(seconds: seconds) { [weak self] in
            self?.backOffOver()
        }
        enter(.backingOff(timer), from: { if case .stopped = $0 { false } else { true } }, timer)
        services.journal.record("stream", "\(text); next try in \(Int(seconds)) s", cause: cause)
    }

    private func backOffOver() {
        work.async {
            self.state.withLock { state in
                if case .backingOff = state.phase { state.phase = .idle }
            }
            self.advance()
        }
    }

    /// Changes the phase where `condition` allows it; the timer is of no use otherwise.
    private func enter(_ phase: Phase, from condition: (Phase) -> Bool, _ timer: ClockTimer) {
        let entered = state.withLock { state in
            guard condition(state.phase) else { return false }
            state.phase = phase
            return true
        }
        if !entered { timer.cancel() }
    }
}

extension DiscardedBatch {
    fileprivate struct Place {
        var streamARN: String
        var shardID: String
    }

    fileprivate init(
        _ segment: StreamBatch.Segment, _ condition: String, _ result: InvocationResult, function: Deployment.Function,
        place: Place, now: Date
    ) {
        let isError = if case .functionError = result.outcome { true } else { false }
        let first = segment.records.first
        let last = segment.records.last
        func text(_ record: StreamRecord?) -> String { (record?.approximateCreationDateTime ?? now).formatted(.iso8601) }
        requestContext = RequestContext(
            requestId: result.requestID, functionArn: function.arn, condition: condition, approximateInvokeCount: segment.tries)
        responseContext = ResponseContext(functionError: isError ? "Unhandled" : nil)
        timestamp = now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        DDBStreamBatchInfo = BatchInfo(
            shardId: place.shardID, startSequenceNumber: first?.sequenceNumber ?? "",
            endSequenceNumber: last?.sequenceNumber ?? "", approximateArrivalOfFirstRecord: text(first),
            approximateArrivalOfLastRecord: text(last), batchSize: segment.records.count, streamArn: place.streamARN)
    }
}
