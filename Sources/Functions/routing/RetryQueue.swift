import AWSClients
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Platform

/// The queue that `routing` itself is fed from: one delivery again, now or after a while.
struct RetryQueue: Sendable {
    let client: SQSClient
    let url: String

    /// - Parameter delaySeconds: 0 to 900.
    func send(_ delivery: Delivery, delaySeconds: Int) async throws {
        let body = try JSONEncoder().encode(RoutingMessage.delivery(.init(delivery)))
        _ = try await client.sendMessage(
            .init(queueURL: url, messageBody: String(decoding: body, as: UTF8.self), delaySeconds: delaySeconds))
    }
}
