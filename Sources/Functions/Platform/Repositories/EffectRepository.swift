#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Records of work done, so that an event that comes twice has its effects on our tables once.
package struct EffectRepository: Sendable {
    /// A stream keeps its records for 24 hours; after twice that none of them can come again.
    static let lifetimeSeconds: Int64 = 48 * 3600

    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// Writes `operations` with the record of `event` in one transaction; at most 99 of them.
    ///
    /// - Returns: false if the event has had its effects already; then nothing is written.
    @discardableResult
    package func once(_ event: String, organization: String, _ operations: [WriteOperation]) async throws -> Bool {
        var writer = ItemWriter(entity: "effect", key: Keys.effect(organization, event: event))
        writer.set("event_id", event)
        writer.set("done_at", store.time.now)
        writer.set("expires_at", store.time.nowSeconds + Self.lifetimeSeconds)
        do {
            try await store.transact([.insert(writer.item, in: .ephemeral)] + operations)
            return true
        } catch let failure as ConditionFailed where failure.operations.contains(0) {
            return false
        }
    }
}
