import FunctionToolkit
import Platform

/// The members of the preferences that a client gives.
struct PreferencesChange: Sendable {
    var primaryChannel: Channel?
    var messageFrequency: String?
    var quietHoursStart: FieldChange<TimeOfDay>
    var quietHoursEnd: FieldChange<TimeOfDay>
    var timezone: String?
    var language: String?

    /// - Parameter user: whose they are; nil for the document alone.
    static func schema(zones: TimeZoneDatabase, user: User?) -> Schema<PreferencesChange> {
        Schema.object(
            PreferencesChange.init, .optional("primary_channel", channel(of: user)), .optional("message_frequency", frequency),
            .change("quiet_hours_start", .timeOfDay), .change("quiet_hours_end", .timeOfDay),
            .optional("timezone", timezone(in: zones)), .optional("language", language)
        ).checked { change, errors in
            switch (change.quietHoursStart.value, change.quietHoursEnd.value) {
            case (nil, nil): break
            case (let start?, let end?):
                errors.require(start != end, "quiet_hours_end", "This must differ from quiet_hours_start")
            case (nil, _): errors.add("quiet_hours_start", "Quiet hours have a start and an end")
            case (_, nil): errors.add("quiet_hours_end", "Quiet hours have a start and an end")
            }
        }
    }

    private static func channel(of user: User?) -> Schema<Channel> {
        Schema<Channel>.choice().checked { channel, errors in
            errors.require(
                channel != .email || user?.sealedEmail != nil, "", "There is no email address in your profile")
        }
    }

    private static var frequency: Schema<String> {
        Schema.text().checked { frequency, errors in
            let isPlanned = ["daily", "weekly"].contains(frequency)
            errors.require(
                frequency == "realtime", "", isPlanned ? "Digests are not built yet; use realtime" : "This must be realtime")
        }.documented { _ in SchemaDocument(["type": "string", "const": "realtime"]) }
    }

    private static func timezone(in zones: TimeZoneDatabase) -> Schema<String> {
        Schema.text(length: 1...50).checked { zone, errors in
            errors.require(zones.rules(named: zone) != nil, "", "There is no time zone \(zone)")
        }.described("A name of the IANA time zone database.")
    }

    private static var language: Schema<String> {
        Schema.text(length: 2...10).checked { language, errors in
            errors.require(language == "en", "", "There are message texts in en only")
        }.documented { _ in SchemaDocument(["type": "string", "const": "en"]) }
    }

    func apply(to preferences: inout Preferences) {
        preferences.primaryChannel = primaryChannel ?? preferences.primaryChannel
        preferences.timezone = timezone ?? preferences.timezone
        if let start = quietHoursStart.value, let end = quietHoursEnd.value {
            preferences.quietHours = QuietHours(start: start.text, end: end.text)
        } else if quietHoursStart != .unchanged || quietHoursEnd != .unchanged {
            preferences.quietHours = nil
        }
    }
}
