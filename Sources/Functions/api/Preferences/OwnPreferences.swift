import LambdaEvents
import Platform

/// `GET` and `PUT /api/preferences`.
enum OwnPreferences {
    static func get(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("preferences:read")
        try call.refuseQuery()
        let preferences = try await call.services.preferences.get(user: call.user.id, organization: call.organization)
        return Envelope.success(preferences.json)
    }

    /// Changes the members that are given; null takes the quiet hours away.
    static func put(_ call: Call) async throws -> HTTPAPIResponse {
        try call.require("preferences:update")
        var reader = try call.input()
        var preferences = try await call.services.preferences.get(user: call.user.id, organization: call.organization)
        readChannel(&reader, into: &preferences, call)
        readQuietHours(&reader, into: &preferences)
        if let zone = reader.text("timezone", length: 1...50) {
            preferences.timezone = zone
            if call.services.timeZones.rules(named: zone) == nil { reader.report("timezone", "There is no time zone \(zone)") }
        }
        if let language = reader.text("language", length: 2...10), language != "en" {
            reader.report("language", "There are message texts in en only")
        }
        try reader.finish()
        return Envelope.success(try await call.services.preferences.save(preferences).json)
    }

    private static func readChannel(_ reader: inout InputReader, into preferences: inout Preferences, _ call: Call) {
        if let channel: Channel = reader.choice("primary_channel") {
            preferences.primaryChannel = channel
            if channel == .email, call.user.sealedEmail == nil {
                reader.report("primary_channel", "There is no email address in your profile")
            }
        }
        guard let frequency = reader.text("message_frequency"), frequency != "realtime" else { return }
        let isPlanned = ["daily", "weekly"].contains(frequency)
        reader.report("message_frequency", isPlanned ? "Digests are not built yet; use realtime" : "This must be realtime")
    }

    private static func readQuietHours(_ reader: inout InputReader, into preferences: inout Preferences) {
        let names = ["quiet_hours_start", "quiet_hours_end"]
        guard names.contains(where: reader.has) else { return }
        let texts = names.map { reader.text($0, length: 5...5) }
        for (name, text) in zip(names, texts) where text != nil && text.flatMap(TimeOfDay.init) == nil {
            reader.report(name, "This must be a time of day, as 22:00")
        }
        switch (texts[0], texts[1]) {
        case (nil, nil): preferences.quietHours = nil
        case (let start?, let end?):
            preferences.quietHours = QuietHours(start: start, end: end)
            if start == end { reader.report("quiet_hours_end", "This must differ from quiet_hours_start") }
        case (nil, _): reader.report("quiet_hours_start", "Quiet hours have a start and an end")
        case (_, nil): reader.report("quiet_hours_end", "Quiet hours have a start and an end")
        }
    }
}

extension Preferences {
    var json: JSONValue {
        [
            "user_id": .string(userID), "primary_channel": .string(primaryChannel.rawValue),
            "message_frequency": .string(messageFrequency), "quiet_hours_start": .optional(quietHours?.start.text),
            "quiet_hours_end": .optional(quietHours?.end.text), "timezone": .string(timezone), "language": .string(language),
            "created_at": .time(createdAt), "updated_at": .time(updatedAt),
        ]
    }
}
