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

    /// - Throws: ``PlatformError`` with what is wrong with each member.
    package init(_ members: [String: JSONValue]) throws(PlatformError) {
        var reader = InputReader(members)
        let recipient = reader.identifier("recipient_id")
        let forum = reader.identifier("forum_id")
        let content = reader.text("content", required: true, length: 1...Self.maximumContentLength, lines: true)
        let type = reader.text("content_type") ?? "text"
        if ["image", "video", "file"].contains(type) {
            reader.report("content_type", "Attachments are not built yet, so only text is accepted")
        } else if type != "text" {
            reader.report("content_type", "This must be text")
        }
        parentID = reader.identifier("parent_id")
        announcement = reader.flag("announcement") ?? false
        switch (recipient, forum) {
        case (let recipient?, nil): destination = .user(recipient)
        case (nil, let forum?): destination = .forum(forum)
        case (nil, nil):
            destination = .user("")
            if !members.keys.contains("recipient_id") && !members.keys.contains("forum_id") {
                reader.report("recipient_id", "Either this or forum_id is required")
            }
        default:
            destination = .user("")
            reader.report("recipient_id", "Only one of this and forum_id may be given")
        }
        try reader.finish()
        if case .user("") = destination { throw .invalid("recipient_id", "Either this or forum_id is required") }
        self.content = try InputReader.unwrap(content, "content")
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
