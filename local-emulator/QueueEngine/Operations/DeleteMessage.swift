internal import Foundation
internal import RoostSQLite

extension QueueEngine {
    /// Deletes messages by the handles of their latest receives. An older handle succeeds and deletes nothing, and so does one
    /// of a message that is gone (Amazon SQS API Reference, "DeleteMessage").
    package func delete(
        _ receiptHandles: [String], from queue: String,
        completion: @escaping @Sendable (Result<[Result<Void, QueueError>], QueueError>) -> Void
    ) {
        perform { [self] database in
            _ = try find(queue)
            return try receiptHandles.map { text in
                switch Result(catching: { () throws(QueueError) in try ReceiptHandle(text, of: queue) }) {
                case .failure(let error): return .failure(error)
                case .success(let handle):
                    try database.sql.run(
                        "DELETE FROM messages WHERE id = ? AND queue = ? AND receipt = ?", .integer(handle.row), .text(queue),
                        .text(handle.nonce))
                    return .success(())
                }
            }
        } completion: {
            completion($0)
        }
    }

    package func delete(_ receiptHandle: String, from queue: String) async throws(QueueError) {
        let results: [Result<Void, QueueError>] = try await answer { delete([receiptHandle], from: queue, completion: $0) }
        try results[0].get()
    }
}
