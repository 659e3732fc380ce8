#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The parts in which a message is counted for its recipients, each once.
///
/// A part is known by the recipient after whom it starts, and its record says whom it ended with. So a repetition walks
/// along the same parts although people have left the forum in the meantime.
package struct FanOutRepository: Sendable {
    /// With its record a part is one transaction, of which DynamoDB takes 100 operations; a queue message names a whole part.
    package static let partSize = RoutingMessage.maximumRecipients
    /// As that of every effect: a stream keeps its records for 24 hours, after twice that none of them can come again.
    static let lifetimeSeconds: Int64 = 48 * 3600

    private let store: PlatformStore
    private let forums: ForumRepository

    package init(store: PlatformStore) {
        self.store = store
        forums = ForumRepository(store: store)
    }

    /// The next recipients of a message, in the order of their ids; fewer than ``partSize`` are the last.
    ///
    /// Those who joined a forum after the message was written are none of its recipients.
    /// - Parameter after: the last recipient of the part before; nil for the first part.
    package func recipients(of message: Message, after: String?) async throws -> [String] {
        guard let forum = message.forumID else { return after == nil ? [message.recipientID].compactMap { $0 } : [] }
        var recipients: [String] = []
        var cursor = after
        repeat {
            let page = try await forums.members(
                of: forum, organization: message.organizationID, after: cursor, limit: Self.partSize + 1)
            recipients += page.members.filter { $0.userID != message.senderID && $0.joinedAt <= message.createdAt }.map(\.userID)
            cursor = page.next
        } while recipients.count < Self.partSize && cursor != nil
        return Array(recipients.prefix(Self.partSize))
    }

    /// Counts a message in each recipient's conversation, once.
    ///
    /// - Returns: the last recipient of the part: of `recipients`, or of those that were counted the first time.
    package func count(_ message: Message, event: String, after: String?, recipients: [String]) async throws -> String? {
        let id = "\(event):\(after ?? "first")"
        let key = Keys.effect(message.organizationID, event: id)
        var writer = ItemWriter(entity: "effect", key: key)
        writer.set("event_id", id)
        writer.set("done_at", store.time.now)
        writer.set("last_recipient_id", recipients.last)
        writer.set("expires_at", store.time.nowSeconds + Self.lifetimeSeconds)
        do {
            try await store.transact(
                [.insert(writer.item, in: .ephemeral)]
                    + recipients.map { ConversationRepository.received(message, by: $0) })
            return recipients.last
        } catch let failure as ConditionFailed where failure.operations.contains(0) {
            guard let item = try await store.get(key, from: .ephemeral) else { return recipients.last }
            return try ItemReader(item, entity: "effect").text("last_recipient_id")
        }
    }
}
