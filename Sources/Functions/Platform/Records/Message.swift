#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// What somebody wrote, to a forum or to one person.
package struct Message: Sendable, Equatable {
    package enum Destination: Sendable, Equatable {
        case user(String)
        case forum(String, name: String)
    }

    package var id: String
    package var organizationID: String
    package var senderID: String
    /// The sender's name as others saw it at that time.
    package var senderName: String
    package var destination: Destination
    package var parentID: String?
    package var content: String
    /// `text`; the others need attachments, which are not built.
    package var contentType = "text"
    /// Important enough for an SMS.
    package var announcement: Bool
    package var createdAt: Date
    package var editedAt: Date?
    package var deletedAt: Date?

    package init(
        id: String, organizationID: String, senderID: String, senderName: String, destination: Destination,
        parentID: String? = nil,
        content: String, announcement: Bool = false, createdAt: Date
    ) {
        self.id = id
        self.organizationID = organizationID
        self.senderID = senderID
        self.senderName = senderName
        self.destination = destination
        self.parentID = parentID
        self.content = content
        self.announcement = announcement
        self.createdAt = createdAt
    }

    package var conversationID: String {
        switch destination {
        case .user(let recipient): Identifier.conversation(between: senderID, and: recipient)
        case .forum(let forum, _): Identifier.conversation(forum: forum)
        }
    }

    package var recipientID: String? { if case .user(let id) = destination { id } else { nil } }
    package var forumID: String? { if case .forum(let id, _) = destination { id } else { nil } }
    package var forumName: String? { if case .forum(_, let name) = destination { name } else { nil } }

    /// Direct messages and announcements are; only these go out by SMS.
    package var isImportant: Bool { announcement || recipientID != nil }

    /// Its place in every list of messages: by age, then by id.
    package var sortKey: String { "\(Timestamp.text(createdAt))#\(id)" }
}

extension Message {
    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "message")
        let destination: Destination
        if let recipient = try reader.optionalText("recipient_id") {
            destination = .user(recipient)
        } else {
            destination = .forum(try reader.text("forum_id"), name: try reader.text("forum_name"))
        }
        self.init(
            id: try reader.text("id"), organizationID: try reader.text("organization_id"), senderID: try reader.text("sender_id"),
            senderName: try reader.text("sender_name"), destination: destination, parentID: try reader.optionalText("parent_id"),
            content: try reader.text("content"), announcement: try reader.flag("announcement"),
            createdAt: try reader.date("created_at"))
        contentType = try reader.text("content_type")
        editedAt = try reader.optionalDate("edited_at")
        deletedAt = try reader.optionalDate("deleted_at")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "message", key: Keys.message(organizationID, id))
        writer.set("id", id)
        writer.set("organization_id", organizationID)
        writer.set("conversation_id", conversationID)
        writer.set("sender_id", senderID)
        writer.set("sender_name", senderName)
        writer.set("recipient_id", recipientID)
        writer.set("forum_id", forumID)
        writer.set("forum_name", forumName)
        writer.set("parent_id", parentID)
        writer.set("content", content)
        writer.set("content_type", contentType)
        writer.set("announcement", announcement)
        writer.set("created_at", createdAt)
        writer.set("edited_at", editedAt)
        writer.set("deleted_at", deletedAt)
        writer.set("gsi1pk", Keys.messages(organizationID, conversation: conversationID))
        writer.set("gsi1sk", sortKey)
        return writer.item
    }

    /// The item that puts it into somebody's own list.
    func mailboxItem(user: String) -> Item {
        var writer = ItemWriter(entity: "mailbox", key: Keys.mailbox(organizationID, user: user, sort: sortKey))
        writer.set("message_id", id)
        writer.set("user_id", user)
        writer.set("direction", user == senderID ? "sent" : "received")
        return writer.item
    }
}
