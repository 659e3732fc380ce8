package import FunctionToolkit
package import LambdaEvents

/// What a client sends to write a message, over HTTP or a socket.
package struct MessageDraft: Sendable, Equatable {
    package enum Destination: Sendable, Equatable {
        case user(String)
        case forum(String)
    }

    package var destination: Destination
    package var content: String
    package var parentID: String?
    package var announcement: Bool

    package static let maximumContentLength = 4000

    package init(destination: Destination, content: String, parentID: String? = nil, announcement: Bool = false) {
        self.destination = destination
        self.content = content
        self.parentID = parentID
        self.announcement = announcement
    }
}

extension MessageDraft: SchemaDeclaring {
    private struct Sent: Sendable {
        var recipientID: String?
        var forumID: String?
        var content: String
        var contentType: String
        var parentID: String?
        var announcement: Bool
    }

    package static let schema = Schema<Sent>.object(
        Sent.init, .optional("recipient_id", .identifier), .optional("forum_id", .identifier),
        .required("content", .text(length: 1...maximumContentLength, lines: true)),
        .optional("content_type", .contentType, default: "text"), .optional("parent_id", .identifier),
        .optional("announcement", .flag, default: false)
    ).mapped { sent, _ -> MessageDraft? in
        guard let destination = sent.forumID.map(Destination.forum) ?? sent.recipientID.map(Destination.user) else { return nil }
        return MessageDraft(
            destination: destination, content: sent.content, parentID: sent.parentID, announcement: sent.announcement)
    }.one(of: ["recipient_id", "forum_id"])
}

extension MessageDraft.Destination: SchemaDeclaring {
    /// Where a hint goes that has no content.
    package static let schema = Schema<(user: String?, forum: String?)>.object(
        { (user: $0, forum: $1) }, .optional("recipient_id", .identifier), .optional("forum_id", .identifier)
    ).mapped { given, _ -> Self? in given.forum.map(Self.forum) ?? given.user.map(Self.user) }
        .one(of: ["recipient_id", "forum_id"])
}

extension Schema where Value == String {
    fileprivate static var contentType: Schema {
        Schema.text().mapped { type, errors in
            if ["image", "video", "file"].contains(type) {
                errors.add("", "Attachments are not built yet, so only text is accepted")
            } else if type != "text" {
                errors.add("", "This must be text")
            }
            return type
        }.documented { _ in SchemaDocument(["type": "string", "const": "text"]) }
    }
}

extension Message {
    /// A message as every client sees it, over HTTP and sockets.
    package var json: JSONValue {
        [
            "id": .string(id), "sender_id": .string(senderID), "sender_name": .string(senderName),
            "recipient_id": .optional(recipientID), "forum_id": .optional(forumID), "parent_id": .optional(parentID),
            "conversation_id": .string(conversationID), "content": deletedAt == nil ? .string(content) : .null,
            "content_type": .string(contentType), "announcement": .bool(announcement), "created_at": .time(createdAt),
            "edited_at": .optionalTime(editedAt), "deleted_at": .optionalTime(deletedAt),
        ]
    }
}
