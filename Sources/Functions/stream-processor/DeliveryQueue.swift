import AWSClients
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import Platform

/// Where deliveries wait for `routing`.
struct DeliveryQueue: Sendable {
    let client: SQSClient
    let url: String

    func send(_ message: RoutingMessage) async throws {
        let body = String(decoding: try JSONEncoder().encode(message), as: UTF8.self)
        _ = try await client.sendMessage(.init(queueURL: url, messageBody: body))
    }
}
