#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Somebody has read a message.
package struct Receipt: Sendable, Equatable {
    package var messageID: String
    package var readerID: String
    package var senderID: String
    package var conversationID: String
    package var readAt: Date

    package init(messageID: String, readerID: String, senderID: String, conversationID: String, readAt: Date) {
        self.messageID = messageID
        self.readerID = readerID
        self.senderID = senderID
        self.conversationID = conversationID
        self.readAt = readAt
    }

    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "receipt")
        messageID = try reader.text("message_id")
        readerID = try reader.text("reader_id")
        senderID = try reader.text("sender_id")
        conversationID = try reader.text("conversation_id")
        readAt = try reader.date("read_at")
    }

    package func item(organization: String) -> Item {
        var writer = ItemWriter(entity: "receipt", key: Keys.receipt(organization, message: messageID, reader: readerID))
        writer.set("message_id", messageID)
        writer.set("reader_id", readerID)
        writer.set("sender_id", senderID)
        writer.set("conversation_id", conversationID)
        writer.set("read_at", readAt)
        return writer.item
    }
}
