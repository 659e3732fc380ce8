internal import Foundation
internal import RoostSQLite

/// A receipt handle with its new time-out, from now.
package struct VisibilityChange: Sendable {
    package var receiptHandle: String
    package var seconds: Int

    package init(receiptHandle: String, seconds: Int) {
        self.receiptHandle = receiptHandle
        self.seconds = seconds
    }
}

extension QueueEngine {
    /// Hides messages in flight for another time, or shows them at once (0). Together a message stays hidden for 12 hours
    /// after its receive at most (Amazon SQS API Reference, "ChangeMessageVisibility").
    package func changeVisibility(
        _ changes: [VisibilityChange], in queue: String,
        completion: @escaping @Sendable (Result<[Result<Void, QueueError>], QueueError>) -> Void
    ) {
        let now = nowMilliseconds
        perform { [self] database in
            _ = try find(queue)
            return try changes.map { change in
                do {
                    try database.change(change, in: queue, now: now)
                    return .success(())
                } catch let error as QueueError {
                    return .failure(error)
                }
            }
        } completion: {
            completion($0)
        }
    }

    package func changeVisibility(_ receiptHandle: String, to seconds: Int, in queue: String) async throws(QueueError) {
        let change = VisibilityChange(receiptHandle: receiptHandle, seconds: seconds)
        let results: [Result<Void, QueueError>] = try await answer { changeVisibility([change], in: queue, completion: $0) }
        try results[0].get()
    }
}

extension QueueDatabase {
    func change(_ change: VisibilityChange, in queue: String, now: Int64) throws {
        guard QueueLimits.visibilitySeconds.contains(change.seconds) else {
            throw QueueError.invalidParameter("VisibilityTimeout", change.seconds, in: QueueLimits.visibilitySeconds)
        }
        let handle = try ReceiptHandle(change.receiptHandle, of: queue)
        let received = try sql.first(
            "SELECT received_ms FROM messages WHERE id = ? AND queue = ? AND receipt = ? AND visible_ms > ?",
            .integer(handle.row), .text(queue), .text(handle.nonce), .integer(now)
        ) { $0.integer(0) }
        guard let received else { throw QueueError.messageNotInflight }
        let visible = now + Int64(change.seconds) * 1000
        guard visible - received <= Int64(QueueLimits.visibilitySeconds.upperBound) * 1000 else {
            throw QueueError.invalidParameter(
                "Value \(change.seconds) for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message "
                    + "is beyond the limit [43200 seconds].")
        }
        try sql.run("UPDATE messages SET visible_ms = ? WHERE id = ?", .integer(visible), .integer(handle.row))
        touched.insert(queue)
    }
}
