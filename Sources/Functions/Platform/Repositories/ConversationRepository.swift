import LambdaEvents

/// What each recipient sees of a conversation without opening it: the last message and how many are unread.
package enum ConversationRepository {
    /// Counts a message in a recipient's conversation; part of the stream processor's transaction.
    package static func received(_ message: Message, by recipient: String) -> WriteOperation {
        let organization = message.organizationID
        let key = Keys.conversation(organization, user: recipient, conversation: message.conversationID)
        var sets = [
            "#entity = :entity", "user_id = :user", "conversation_id = :conversation", "kind = :kind",
            "last_message_id = :message",
            "last_message_at = :at", "gsi1pk = :partition", "gsi1sk = :sort",
        ]
        var values: Item = [
            ":entity": .string("conversation"), ":user": .string(recipient), ":conversation": .string(message.conversationID),
            ":kind": .string(message.forumID == nil ? "direct" : "forum"), ":message": .string(message.id),
            ":at": .string(Timestamp.text(message.createdAt)), ":one": .number("1"),
            ":partition": .string(Keys.conversations(organization, user: recipient)),
            ":sort": .string("\(Timestamp.text(message.createdAt))#\(message.conversationID)"),
        ]
        if let forum = message.forumID {
            sets.append("forum_id = :forum")
            values[":forum"] = .string(forum)
        } else {
            sets.append("peer_id = :peer")
            values[":peer"] = .string(message.senderID)
        }
        return WriteOperation(
            .update(key, expression: "SET \(sets.joined(separator: ", ")) ADD unread_count :one"), names: ["#entity": "entity"],
            values: values)
    }
}
