import FunctionToolkit
import LambdaEvents
import Platform

/// `GET` and `PUT /api/preferences`.
enum OwnPreferences {
    static func get(_ call: Call) async throws -> HTTPResponse {
        let preferences = try await call.services.preferences.get(user: call.user.id, organization: call.organization)
        return Envelope.success(preferences.json)
    }

    static func put(_ call: Call, _ change: PreferencesChange) async throws -> HTTPResponse {
        var preferences = try await call.services.preferences.get(user: call.user.id, organization: call.organization)
        change.apply(to: &preferences)
        return Envelope.success(try await call.services.preferences.save(preferences).json)
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
