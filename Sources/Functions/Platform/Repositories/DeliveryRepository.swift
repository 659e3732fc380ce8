#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
import LambdaEvents

package struct DeliveryRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func get(message: String, recipient: String, channel: Channel, organization: String) async throws -> Delivery? {
        let key = Keys.delivery(organization, message: message, recipient: recipient, channel: channel)
        return try await store.get(key).map { try Delivery(item: $0) }
    }

    /// Puts a new delivery, before anything is sent.
    ///
    /// - Returns: the one that is there, if it was put before.
    package func create(_ delivery: Delivery) async throws -> Delivery {
        do {
            try await store.write(.insert(delivery.item))
            return delivery
        } catch let failure as ConditionFailed {
            if let item = failure.item { return try Delivery(item: item) }
            return try await get(
                message: delivery.messageID, recipient: delivery.recipientID, channel: delivery.channel,
                organization: delivery.organizationID) ?? delivery
        }
    }

    /// Writes a changed delivery, if nobody else has tried it since `previous` was read.
    ///
    /// - Throws: ``ConditionFailed`` if somebody has.
    package func save(_ delivery: Delivery, replacing previous: Delivery) async throws {
        try await store.write(
            WriteOperation(
                .put(delivery.item), if: "attempts = :attempts AND #status = :status", names: ["#status": "status"],
                values: [
                    ":attempts": .number(String(previous.attempts)), ":status": .string(previous.status.rawValue),
                ]))
    }

    package func list(message: String, organization: String, limit: Int) async throws -> [Delivery] {
        let query = PartitionQuery(Keys.message(organization, message).partition, sort: .beginsWith("delivery#"))
        return try await store.queryAll(query, limit: limit).map { try Delivery(item: $0) }
    }

    /// The deliveries of one shard (``Identifier/dueShards``) whose time has come, the longest due first.
    package func due(shard: String, at date: Date, limit: Int) async throws -> [Delivery] {
        let query = PartitionQuery(shard, index: .due, sort: .atMost(Int64(date.timeIntervalSince1970.rounded(.down))))
        return try await store.queryAll(query, limit: limit).map { try Delivery(item: $0) }
    }

    /// Takes a delivery out of the index once it is on the queue again.
    ///
    /// - Returns: false if it was taken out, or put off, by another sweep.
    @discardableResult
    package func stopWaiting(_ delivery: Delivery) async throws -> Bool {
        guard case .number(let due)? = delivery.item["due_at"] else { return false }
        do {
            try await store.write(
                WriteOperation(
                    .update(delivery.key, expression: "REMOVE due_shard, due_at, waiting_for"), if: "due_at = :due",
                    values: [":due": .number(due)]))
            return true
        } catch is ConditionFailed {
            return false
        }
    }
}
