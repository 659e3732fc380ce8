#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// How and when a person wants to be reached.
package struct Preferences: Sendable, Equatable {
    package var organizationID: String
    package var userID: String
    package var primaryChannel: Channel = .app
    /// `realtime`; digests (`daily`, `weekly`) are not built.
    package var messageFrequency = "realtime"
    package var quietHours: QuietHours?
    /// A name of the IANA time zone database.
    package var timezone = "UTC"
    package var language = "en"
    package var createdAt: Date
    package var updatedAt: Date
    /// Goes up by one with every write; 0 for those that nobody has changed.
    package var version: Int64 = 0

    /// The preferences of somebody who has not set any.
    package init(organizationID: String, userID: String, at date: Date) {
        self.organizationID = organizationID
        self.userID = userID
        createdAt = date
        updatedAt = date
    }

    package init(organizationID: String, item: Item) throws(RecordError) {
        let reader = try ItemReader(item, entity: "preferences")
        self.organizationID = organizationID
        userID = try reader.text("user_id")
        primaryChannel = try reader.value("primary_channel")
        messageFrequency = try reader.text("message_frequency")
        if let start = try reader.optionalText("quiet_hours_start"), let end = try reader.optionalText("quiet_hours_end") {
            guard let hours = QuietHours(start: start, end: end) else {
                throw RecordError(entity: "preferences", attribute: "quiet_hours_start")
            }
            quietHours = hours
        }
        timezone = try reader.text("timezone")
        language = try reader.text("language")
        createdAt = try reader.date("created_at")
        updatedAt = try reader.date("updated_at")
        version = try reader.integer("version")
    }

    package var item: Item {
        var writer = ItemWriter(entity: "preferences", key: Keys.preferences(organizationID, userID))
        writer.set("user_id", userID)
        writer.set("primary_channel", primaryChannel.rawValue)
        writer.set("message_frequency", messageFrequency)
        writer.set("quiet_hours_start", quietHours?.start.text)
        writer.set("quiet_hours_end", quietHours?.end.text)
        writer.set("timezone", timezone)
        writer.set("language", language)
        writer.set("created_at", createdAt)
        writer.set("updated_at", updatedAt)
        writer.set("version", version)
        return writer.item
    }
}
