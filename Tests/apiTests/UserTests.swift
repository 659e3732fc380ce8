import LambdaEvents
import Testing

@testable import Platform
@testable import api

@Suite struct UserTests {
    @Test("one's own record is opened, changed, and keeps what was not named")
    func own() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001", email: "ada@example.com")
        let before = try await bed.call("GET", "/api/users/me", as: ada)
        #expect(before.status == 200 && before.body["data"]?["phone_number"] == "+41790000001")
        let changed = try await bed.call(
            "PUT", "/v1/api/users/me", ["bio": "Mathematics", "email": nil, "graduating_class": 1990], as: ada)
        #expect(changed.status == 200)
        let after = try await bed.call("GET", "/api/users/me", as: ada).body["data"]
        #expect(after?["bio"] == "Mathematics" && after?["email"] == .null && after?["graduating_class"] == 1990)
        #expect(after?["full_name"] == "Ada" && after?["phone_number"] == "+41790000001")
        for body in [
            ["full_name": nil], ["role": "admin"], ["status": "active"], ["phone_number": "+41790000009"],
            ["graduating_class": 1800],
            ["avatar_url": "http://example.com/a.png"], ["privacy_phone": "some"],
        ] as [JSONValue] {
            let answer = try await bed.call("PUT", "/api/users/me", body, as: ada)
            let field = try #require(body.objectValue?.keys.first)
            #expect(answer.status == 400 && answer.body["error"]?["fields"]?[field] != nil, "\(body)")
        }
    }

    @Test("friends and strangers see different fields")
    func privacy() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001", email: "ada@example.com")
        let ben = try await bed.user("Ben", phone: "+41790000002")
        _ = try await bed.call("PUT", "/api/users/me", ["privacy_email": "nobody", "bio": "Hi"], as: ada)
        let stranger = try await bed.call("GET", "/api/users/\(ada.id)", as: ben).body["data"]
        #expect(stranger?["phone_number"] == .null && stranger?["email"] == .null && stranger?["bio"] == "Hi")
        for (reader, writer) in [(ada, ben), (ben, ada)] {
            let message = Message(
                id: "m", organizationID: bed.organization, senderID: writer.id, senderName: "", destination: .user(reader.id),
                content: "Hi", createdAt: bed.cloud.now)
            try await bed.services.store.transact([ConversationRepository.received(message, by: reader.id)])
        }
        let friend = try await bed.call("GET", "/api/users/\(ada.id)", as: ben).body["data"]
        #expect(friend?["phone_number"] == "+41790000001" && friend?["email"] == .null)
        _ = try await bed.call("PUT", "/api/users/me", ["privacy_profile": "nobody"], as: ada)
        #expect(try await bed.call("GET", "/api/users/\(ada.id)", as: ben).body["data"]?["bio"] == nil)
    }

    @Test("who is unknown, not in yet, suspended, or too quick is refused, each with its own status")
    func callers() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let eve = try await bed.user("Eve", phone: "+41790000005", status: .pending)
        let mallory = try await bed.user("Mallory", phone: "+41790000006", status: .suspended)
        var ghost = ada
        ghost.id = "01990000-0000-7000-8000-00000000dead"
        #expect(try await bed.call("GET", "/api/users/me").status == 401)
        #expect(try await bed.call("GET", "/api/users/me", as: ghost).status == 401)
        #expect(try await bed.call("GET", "/api/users/me", as: eve).body["error"]?["code"] == "PENDING_APPROVAL")
        #expect(try await bed.call("GET", "/api/users/me", as: mallory).body["error"]?["code"] == "SUSPENDED")
        #expect(try await bed.call("GET", "/api/users/\(eve.id)", as: ada).status == 404)
        #expect(try await bed.call("GET", "/api/users/me", as: ada, query: ["x": "1"]).status == 400)
        // The limit is taken directly: a thousand calls would say the same.
        let limit = RateLimit("api-calls", 1000, perSeconds: 3600)
        let key = Keys.bucket(bed.organization, limit: limit.name, key: ada.id)
        let full = bed.services.time.nowMilliseconds + limit.periodMilliseconds
        try await bed.services.store.write(
            WriteOperation(
                .update(key, expression: "SET full_at_ms = :full"), in: .ephemeral, values: [":full": .number(String(full))]))
        #expect(try await bed.call("GET", "/api/users/me", as: ada).status == 429)
    }

    @Test("nobody reaches another organization's people")
    func tenants() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let other = Organization(id: "other-school", name: "Other", blueprint: "classmates", createdAt: bed.cloud.now)
        try await bed.services.store.write(.insert(other.item))
        var stranger = ada
        stranger.organizationID = other.id
        stranger.id = Identifier.new(at: bed.cloud.now)
        try await bed.services.users.create(
            stranger, preferences: Preferences(organizationID: other.id, userID: stranger.id, at: bed.cloud.now))
        #expect(try await bed.call("GET", "/api/users/\(ada.id)", as: stranger).status == 404)
        #expect(
            try await bed.call("POST", "/api/messages", ["recipient_id": .string(ada.id), "content": "Hi"], as: stranger).status
                == 404)
    }
}

@Suite struct PreferencesTests {
    @Test("defaults, changes, and quiet hours that come and go together")
    func preferences() async throws {
        let bed = try await APITestBed()
        let ada = try await bed.user("Ada", phone: "+41790000001")
        let defaults = try await bed.call("GET", "/api/preferences", as: ada).body["data"]
        #expect(defaults?["primary_channel"] == "app" && defaults?["timezone"] == "UTC" && defaults?["language"] == "en")
        #expect(defaults?["message_frequency"] == "realtime" && defaults?["quiet_hours_start"] == .null)
        let set = try await bed.call(
            "PUT", "/api/preferences", ["primary_channel": "sms", "quiet_hours_start": "22:00", "quiet_hours_end": "07:00"],
            as: ada)
        #expect(set.status == 200)
        let kept = try await bed.call("PUT", "/api/preferences", ["message_frequency": "realtime"], as: ada).body["data"]
        #expect(kept?["primary_channel"] == "sms" && kept?["quiet_hours_end"] == "07:00")
        let gone = try await bed.call("PUT", "/api/preferences", ["quiet_hours_start": nil, "quiet_hours_end": nil], as: ada)
        #expect(gone.body["data"]?["quiet_hours_start"] == .null)
        for (body, field) in [
            (["primary_channel": "email"], "primary_channel"), (["quiet_hours_start": "22:00"], "quiet_hours_end"),
            (["quiet_hours_start": "07:00", "quiet_hours_end": "07:00"], "quiet_hours_end"), (["timezone": "../etc"], "timezone"),
            (["message_frequency": "weekly"], "message_frequency"), (["language": "de"], "language"),
        ] as [(JSONValue, String)] {
            let answer = try await bed.call("PUT", "/api/preferences", body, as: ada)
            #expect(answer.status == 400 && answer.body["error"]?["fields"]?[field] != nil, "\(body)")
        }
    }
}
