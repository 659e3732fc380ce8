package struct MessageRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func get(_ id: String, organization: String) async throws -> Message? {
        try await store.get(Keys.message(organization, id)).map { try Message(item: $0) }
    }

    /// Writes a new message into its conversation and into the own lists of sender and recipient, and counts it there.
    ///
    /// - Throws: ``PlatformError`` with 403 if the sender has left the forum in the meantime.
    package func create(_ message: Message) async throws {
        let organization = message.organizationID
        var operations: [WriteOperation] = [.insert(message.item)]
        if let forum = message.forumID {
            operations.append(WriteOperation(.check(Keys.member(organization, forum: forum, user: message.senderID))))
        }
        operations.append(
            Counters.add(1, to: Counters.messages(conversation: message.conversationID), organization: organization))
        for user in Set([message.senderID, message.recipientID ?? message.senderID]) {
            operations.append(.insert(message.mailboxItem(user: user)))
            operations.append(Counters.add(1, to: Counters.mailbox(user: user), organization: organization))
        }
        do {
            try await store.transact(operations)
        } catch let failure as ConditionFailed where failure.operations.contains(0) {
            // The id is new and random, so the item is from this very call, whose answer got lost before a retry.
            return
        } catch is ConditionFailed {
            throw PlatformError(.forbidden, "Only members post in a forum")
        }
    }

    package static let sorts = ["created_at"]

    package func list(conversation: String, organization: String, page: PageRequest) async throws -> Page<Message> {
        async let total = store.count(Counters.messages(conversation: conversation), organization: organization)
        let part = try await store.page(
            PartitionQuery(Keys.messages(organization, conversation: conversation), index: .gsi1), page)
        return Page(elements: try part.items.map { try Message(item: $0) }, next: part.next, total: try await total)
    }

    /// All direct messages from and to a user, and their own posts.
    package func mailbox(of user: String, organization: String, page: PageRequest) async throws -> Page<Message> {
        async let total = store.count(Counters.mailbox(user: user), organization: organization)
        let part = try await store.page(PartitionQuery(Keys.mailboxPartition(organization, user: user)), page)
        let ids = try part.items.map { try ItemReader($0, entity: "mailbox").text("message_id") }
        let found = try await store.get(ids.map { Keys.message(organization, $0) }).map { try Message(item: $0) }
        let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
        return Page(elements: ids.compactMap { byID[$0] }, next: part.next, total: try await total)
    }
}
