internal import Foundation
internal import RoostSQLite
internal import Synchronization

extension QueueEngine {
    /// Makes the queues or gives them these attributes; messages stay.
    package func ensure(
        _ configurations: [QueueConfiguration], completion: @escaping @Sendable (Result<Void, QueueError>) -> Void
    ) {
        let now = nowMilliseconds
        let queues = configurations.map { configuration in
            let known = state.withLock { $0.queues[configuration.name] }
            let modified = known?.configuration == configuration ? known?.modifiedMilliseconds ?? now : now
            return QueueDatabase.StoredQueue(
                configuration: configuration, createdMilliseconds: known?.createdMilliseconds ?? now,
                modifiedMilliseconds: modified)
        }
        perform { database in
            for queue in queues { try database.store(queue) }
        } completion: { [weak self] result in
            if case .success = result { self?.remember(queues) }
            completion(result)
        }
    }

    private func remember(_ queues: [QueueDatabase.StoredQueue]) {
        state.withLock { state in
            for queue in queues {
                state.queues[queue.configuration.name] = Queue(
                    configuration: queue.configuration, createdMilliseconds: queue.createdMilliseconds,
                    modifiedMilliseconds: queue.modifiedMilliseconds,
                    purgedMilliseconds: state.queues[queue.configuration.name]?.purgedMilliseconds)
            }
        }
    }

    package func ensure(_ configurations: [QueueConfiguration]) async throws(QueueError) {
        try await answer { ensure(configurations, completion: $0) }
    }

    /// The queue's attributes, if it exists.
    package func configuration(of queue: String) -> QueueConfiguration? {
        state.withLock { $0.queues[queue]?.configuration }
    }

    /// The names of all queues, in order.
    package var queueNames: [String] {
        state.withLock { $0.queues.keys.sorted() }
    }

    /// The names of the queues that move their messages to this one.
    package func sources(ofDeadLetterQueue name: String) -> [String] {
        state.withLock { state in
            state.queues.values.filter { $0.configuration.redrive?.deadLetterQueueName == name }.map(\.configuration.name)
                .sorted()
        }
    }

    func find(_ queue: String) throws(QueueError) -> QueueConfiguration {
        guard let configuration = configuration(of: queue) else { throw .queueDoesNotExist }
        return configuration
    }

    /// Attributes and counts.
    package func status(of queue: String, completion: @escaping @Sendable (Result<QueueStatus, QueueError>) -> Void) {
        let now = nowMilliseconds
        guard let known = state.withLock({ $0.queues[queue] }) else { return completion(.failure(.queueDoesNotExist)) }
        perform { database in
            try database.dropExpired(known.configuration, now: now)
            let counts = try database.sql.first(Self.countSQL, .integer(now), .integer(now), .integer(now), .text(queue)) { row in
                (Int(row.integer(0)), Int(row.integer(1)), Int(row.integer(2)))
            }
            return QueueStatus(
                configuration: known.configuration, createdSeconds: known.createdMilliseconds / 1000,
                modifiedSeconds: known.modifiedMilliseconds / 1000, visible: counts?.0 ?? 0, inFlight: counts?.1 ?? 0,
                delayed: counts?.2 ?? 0)
        } completion: {
            completion($0)
        }
    }

    package func status(of queue: String) async throws(QueueError) -> QueueStatus {
        try await answer { status(of: queue, completion: $0) }
    }

    private static let countSQL = """
        SELECT count(*) FILTER (WHERE visible_ms <= ?), count(*) FILTER (WHERE visible_ms > ? AND receipt IS NOT NULL),
            count(*) FILTER (WHERE visible_ms > ? AND receipt IS NULL)
        FROM messages WHERE queue = ?
        """

    /// Drops all messages; once in 60 seconds (Amazon SQS API Reference, "PurgeQueue").
    package func purge(_ queue: String, completion: @escaping @Sendable (Result<Void, QueueError>) -> Void) {
        let now = nowMilliseconds
        let problem: QueueError? = state.withLock { state in
            guard let known = state.queues[queue] else { return .queueDoesNotExist }
            if let last = known.purgedMilliseconds, now - last < 60_000 { return .purgeInProgress }
            state.queues[queue]?.purgedMilliseconds = now
            return nil
        }
        if let problem { return completion(.failure(problem)) }
        perform { database in
            try database.sql.run("DELETE FROM messages WHERE queue = ?", .text(queue))
        } completion: {
            completion($0.map { _ in })
        }
    }

    package func purge(_ queue: String) async throws(QueueError) {
        try await answer { purge(queue, completion: $0) }
    }

    /// Waits for an operation's answer.
    func answer<T: Sendable>(
        _ body: (@escaping @Sendable (Result<T, QueueError>) -> Void) -> Void
    ) async throws(QueueError) -> T {
        try await withCheckedContinuation { continuation in
            body { continuation.resume(returning: $0) }
        }.get()
    }
}
