import LambdaEvents

/// Who has read what.
package struct ReceiptRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// Keeps that a user has read a message, and with it all before it in that conversation.
    ///
    /// The app delivery is written first: a repetition after a crash in between writes the same again.
    /// - Returns: nil if it was marked before.
    package func markRead(_ message: Message, by reader: String) async throws -> Receipt? {
        let now = store.time.now
        let receipt = Receipt(
            messageID: message.id, readerID: reader, senderID: message.senderID, conversationID: message.conversationID,
            readAt: now)
        try await markDelivery(of: message, to: reader, readAt: .string(Timestamp.text(now)))
        var operations: [WriteOperation] = [.insert(receipt.item(organization: message.organizationID))]
        operations.append(
            WriteOperation(
                .update(
                    Keys.conversation(message.organizationID, user: reader, conversation: message.conversationID),
                    expression: """
                        SET #entity = :entity, user_id = :user, conversation_id = :conversation, unread_count = :zero, \
                        last_read_at = :now
                        """),
                names: ["#entity": "entity"],
                values: [
                    ":entity": .string("conversation"), ":user": .string(reader),
                    ":conversation": .string(message.conversationID), ":zero": .number("0"), ":now": .string(Timestamp.text(now)),
                ]))
        if let forum = message.forumID {
            operations.append(
                WriteOperation(
                    .update(
                        Keys.member(message.organizationID, forum: forum, user: reader), expression: "SET last_read_at = :now"),
                    if: "attribute_exists(pk)", values: [":now": .string(Timestamp.text(now))]))
        }
        do {
            try await store.transact(operations)
            return receipt
        } catch let failure as ConditionFailed where failure.operations.contains(0) {
            return nil
        } catch is ConditionFailed {
            throw PlatformError.notFound("message")
        }
    }

    private func markDelivery(of message: Message, to reader: String, readAt: AttributeValue) async throws {
        let key = Keys.delivery(message.organizationID, message: message.id, recipient: reader, channel: .app)
        do {
            try await store.write(
                WriteOperation(
                    .update(
                        key,
                        expression: "SET #status = :delivered, delivered_at = if_not_exists(delivered_at, :now), read_at = :now"),
                    if: "attribute_exists(pk) AND attribute_not_exists(read_at)", names: ["#status": "status"],
                    values: [":delivered": .string(DeliveryStatus.delivered.rawValue), ":now": readAt]))
        } catch is ConditionFailed {
            // No delivery by the app, or one that is marked already.
        }
    }
}
