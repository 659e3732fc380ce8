internal import EmulatorClock
internal import Foundation
internal import RoostSQLite
internal import Synchronization

/// What a receive asks for.
package struct ReceiveRequest: Sendable {
    package var queue: String
    /// 1 to 10.
    package var maximum: Int
    /// nil takes the queue's own time-out.
    package var visibilityTimeoutSeconds: Int?
    /// How long to wait for a first message; nil takes the queue's own time.
    package var waitSeconds: Int?

    package init(queue: String, maximum: Int = 1, visibilityTimeoutSeconds: Int? = nil, waitSeconds: Int? = nil) {
        self.queue = queue
        self.maximum = maximum
        self.visibilityTimeoutSeconds = visibilityTimeoutSeconds
        self.waitSeconds = waitSeconds
    }
}

extension QueueEngine {
    /// Hands out visible messages and hides them for the visibility time-out. Without any, it waits for the first and answers
    /// with nothing when the time is over.
    ///
    /// A message that was received `maxReceiveCount` times already goes to the dead-letter queue in place of being handed out.
    package func receive(
        _ request: ReceiveRequest, completion: @escaping @Sendable (Result<[ReceivedMessage], QueueError>) -> Void
    ) {
        do throws(QueueError) {
            let configuration = try find(request.queue)
            try Self.check(request)
            let wait = request.waitSeconds ?? configuration.receiveWaitTimeSeconds
            receive(request, until: clock.now.addingTimeInterval(Double(wait)), completion: completion)
        } catch {
            completion(.failure(error))
        }
    }

    package func receive(_ request: ReceiveRequest) async throws(QueueError) -> [ReceivedMessage] {
        try await answer { receive(request, completion: $0) }
    }

    private static func check(_ request: ReceiveRequest) throws(QueueError) {
        guard QueueLimits.maximumMessages.contains(request.maximum) else {
            throw .invalidParameter("MaxNumberOfMessages", request.maximum, in: QueueLimits.maximumMessages)
        }
        if let seconds = request.visibilityTimeoutSeconds, !QueueLimits.visibilitySeconds.contains(seconds) {
            throw .invalidParameter("VisibilityTimeout", seconds, in: QueueLimits.visibilitySeconds)
        }
        if let seconds = request.waitSeconds, !QueueLimits.waitSeconds.contains(seconds) {
            throw .invalidParameter("WaitTimeSeconds", seconds, in: QueueLimits.waitSeconds)
        }
    }

    func receive(
        _ request: ReceiveRequest, until deadline: Date,
        completion: @escaping @Sendable (Result<[ReceivedMessage], QueueError>) -> Void
    ) {
        perform { [self] database in
            let configuration = try find(request.queue)
            let redrive = configuration.redrive.flatMap { redrive in
                self.configuration(of: redrive.deadLetterQueueName).map { (queue: $0, count: redrive.maxReceiveCount) }
            }
            return try database.receive(request, from: configuration, redrive: redrive, now: nowMilliseconds)
        } completion: { [weak self] result in
            guard let self, case .success(let messages) = result, messages.isEmpty, self.clock.now < deadline else {
                return completion(result)
            }
            self.wait(request, until: deadline, completion: completion)
        }
    }

    private func wait(
        _ request: ReceiveRequest, until deadline: Date,
        completion: @escaping @Sendable (Result<[ReceivedMessage], QueueError>) -> Void
    ) {
        let id = state.withLock { $0.waiting.makeID() }
        let timer = clock.at(deadline) { [weak self] in
            self?.state.withLock { $0.waiting.remove(id: id, queue: request.queue) }?.end()
        }
        let receiver = WaitingReceivers.Receiver(
            id: id, request: request, deadline: deadline, timer: timer, completion: completion)
        let isWaiting = state.withLock { state in
            // The timer may have been first, and the engine may have closed since.
            guard !state.isClosed, clock.now < deadline else { return false }
            state.waiting.add(receiver)
            return true
        }
        if !isWaiting { receiver.end() }
    }
}

extension QueueDatabase {
    private struct Candidate {
        var id: Int64
        var receiveCount: Int
    }

    func receive(
        _ request: ReceiveRequest, from queue: QueueConfiguration, redrive: (queue: QueueConfiguration, count: Int)?, now: Int64
    ) throws -> [ReceivedMessage] {
        try dropExpired(queue, now: now)
        try checkInFlight(queue, now: now)
        let visible = now + Int64(request.visibilityTimeoutSeconds ?? queue.visibilityTimeoutSeconds) * 1000
        var messages: [ReceivedMessage] = []
        while messages.count < request.maximum {
            let candidates = try visibleMessages(queue, limit: request.maximum - messages.count, now: now)
            guard !candidates.isEmpty else { break }
            for candidate in candidates {
                if let redrive, candidate.receiveCount >= redrive.count {
                    try move(candidate, from: queue, to: redrive.queue, now: now)
                } else if let message = try take(candidate, of: queue, visible: visible, now: now) {
                    messages.append(message)
                }
            }
            // With a visibility time-out of 0 what was taken is visible still; one look is enough then.
            if visible <= now { break }
        }
        if !messages.isEmpty { touched.insert(queue.name) }
        return messages
    }

    private func checkInFlight(_ queue: QueueConfiguration, now: Int64) throws {
        let count = try sql.first(
            "SELECT count(*) FROM messages WHERE queue = ? AND visible_ms > ? AND receipt IS NOT NULL", .text(queue.name),
            .integer(now)
        ) { $0.integer(0) }
        if let count, count >= QueueLimits.inFlight { throw QueueError.tooManyInFlight }
    }

    private func visibleMessages(
        _ queue: QueueConfiguration, limit: Int, now: Int64
    ) throws -> [Candidate] {
        try sql.rows(
            "SELECT id, receive_count FROM messages WHERE queue = ? AND visible_ms <= ? ORDER BY visible_ms, id LIMIT ?",
            .text(queue.name), .integer(now), .integer(limit)
        ) { Candidate(id: $0.integer(0), receiveCount: Int($0.integer(1))) }
    }

    /// The message keeps its id, its time and its counts (Amazon SQS Developer Guide, "Using dead-letter queues").
    private func move(
        _ candidate: Candidate, from queue: QueueConfiguration, to target: QueueConfiguration, now: Int64
    ) throws {
        try sql.run(
            "UPDATE messages SET queue = ?, source_arn = ?, receipt = NULL, visible_ms = ? WHERE id = ?",
            .text(target.name), .text(queue.arn), .integer(now), .integer(candidate.id))
        touched.insert(target.name)
    }

    private func take(
        _ candidate: Candidate, of queue: QueueConfiguration, visible: Int64, now: Int64
    ) throws -> ReceivedMessage? {
        let receipt = ReceiptHandle(queue: queue.name, row: candidate.id, nonce: UUID().uuidString)
        try sql.run(
            """
            UPDATE messages SET visible_ms = ?, receipt = ?, received_ms = ?, receive_count = receive_count + 1,
                first_received_ms = coalesce(first_received_ms, ?) WHERE id = ?
            """,
            .integer(visible), .text(receipt.nonce), .integer(now), .integer(now), .integer(candidate.id))
        return try sql.first(
            """
            SELECT message_id, body, attributes, md5, sender, trace, source_arn, sent_ms, first_received_ms, receive_count
            FROM messages WHERE id = ?
            """, .integer(candidate.id)
        ) { row in
            (
                row.optionalText(2),
                ReceivedMessage(
                    messageID: row.text(0), receiptHandle: receipt.text, body: row.text(1), md5OfBody: row.text(3),
                    attributes: [:], senderID: row.text(4), sentMilliseconds: row.integer(7),
                    firstReceivedMilliseconds: row.integer(8), receiveCount: Int(row.integer(9)),
                    traceHeader: row.optionalText(5),
                    deadLetterSourceARN: row.optionalText(6))
            )
        }.map { attributes, message in
            var message = message
            if let attributes {
                message.attributes = try JSONDecoder().decode([String: MessageAttribute].self, from: Data(attributes.utf8))
            }
            return message
        }
    }
}
