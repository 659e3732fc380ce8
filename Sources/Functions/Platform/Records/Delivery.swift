#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package enum DeliveryStatus: String, Sendable, CaseIterable {
    case pending
    case sent
    case delivered
    case failed

    /// Nothing more is to be sent.
    package var isDone: Bool { self == .sent || self == .delivered }
}

/// One message on its way to one person by one channel.
package struct Delivery: Sendable, Equatable {
    package enum WaitingFor: String, Sendable {
        case quietHours = "quiet_hours"
        case retry
    }

    /// Until when it waits in the index `due`.
    package struct Waiting: Sendable, Equatable {
        package var reason: WaitingFor
        package var until: Date

        package init(_ reason: WaitingFor, until: Date) {
            self.reason = reason
            self.until = until
        }
    }

    /// ``Identifier/delivery(event:recipient:channel:)``.
    package var id: String
    package var organizationID: String
    package var eventID: String
    package var messageID: String
    package var recipientID: String
    package var channel: Channel
    package var status: DeliveryStatus = .pending
    package var attempts: Int64 = 0
    /// What the provider calls it.
    package var externalID: String?
    package var errorMessage: String?
    package var createdAt: Date
    package var lastAttemptAt: Date?
    package var deliveredAt: Date?
    package var readAt: Date?
    package var waiting: Waiting?

    package init(
        organizationID: String, eventID: String, messageID: String, recipientID: String, channel: Channel, createdAt: Date
    ) {
        id = Identifier.delivery(event: eventID, recipient: recipientID, channel: channel)
        self.organizationID = organizationID
        self.eventID = eventID
        self.messageID = messageID
        self.recipientID = recipientID
        self.channel = channel
        self.createdAt = createdAt
    }

    package var key: ItemKey {
        Keys.delivery(organizationID, message: messageID, recipient: recipientID, channel: channel)
    }
}

extension Delivery {
    package init(item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "delivery")
        self.init(
            organizationID: try reader.text("organization_id"), eventID: try reader.text("event_id"),
            messageID: try reader.text("message_id"), recipientID: try reader.text("recipient_id"),
            channel: try reader.value("channel"), createdAt: try reader.date("created_at"))
        id = try reader.text("id")
        status = try reader.value("status")
        attempts = try reader.integer("attempts")
        externalID = try reader.optionalText("external_id")
        errorMessage = try reader.optionalText("error_message")
        lastAttemptAt = try reader.optionalDate("last_attempt_at")
        deliveredAt = try reader.optionalDate("delivered_at")
        readAt = try reader.optionalDate("read_at")
        if let due = try reader.optionalInteger("due_at") {
            waiting = Waiting(try reader.value("waiting_for"), until: Date(timeIntervalSince1970: Double(due)))
        }
    }

    package var item: Item {
        var writer = ItemWriter(entity: "delivery", key: key)
        writer.set("id", id)
        writer.set("organization_id", organizationID)
        writer.set("event_id", eventID)
        writer.set("message_id", messageID)
        writer.set("recipient_id", recipientID)
        writer.set("channel", channel.rawValue)
        writer.set("status", status.rawValue)
        writer.set("attempts", attempts)
        writer.set("external_id", externalID)
        writer.set("error_message", errorMessage)
        writer.set("created_at", createdAt)
        writer.set("last_attempt_at", lastAttemptAt)
        writer.set("delivered_at", deliveredAt)
        writer.set("read_at", readAt)
        writer.set("gsi1pk", Keys.deliveries(organizationID, recipient: recipientID))
        writer.set("gsi1sk", "\(Timestamp.text(createdAt))#\(id)")
        if let waiting {
            writer.set("waiting_for", waiting.reason.rawValue)
            writer.set("due_shard", Identifier.dueShard(delivery: id))
            // Rounded up: a delivery must not go out before its time.
            writer.set("due_at", Int64(waiting.until.timeIntervalSince1970.rounded(.up)))
        }
        return writer.item
    }
}
