import Platform
import Testing

@testable import Blueprints

@Suite struct ClassmatesTests {
    private let blueprint = Classmates.blueprint

    @Test("the levels are the seed's: members write, moderators moderate, admins do everything, others nothing")
    func levels() {
        #expect(blueprint.roles.map(\.name) == ["member", "moderator", "admin"])
        for role in ["member", "moderator", "admin"] {
            #expect(blueprint.allows(role: role, "messages:create") && blueprint.allows(role: role, "users:approve"))
        }
        #expect(
            !blueprint.allows(role: "member", "messages:moderate") && blueprint.allows(role: "moderator", "messages:moderate"))
        #expect(
            !blueprint.allows(role: "moderator", "forums:create-main") && blueprint.allows(role: "admin", "forums:create-main"))
        #expect(!blueprint.allows(role: "guest", "users:read"))
    }

    @Test("the limits are the seed's, per hour")
    func limits() {
        let limits = blueprint.limits
        let counts = [limits.registrations, limits.smsCodes, limits.apiCalls, limits.messages, limits.forumPosts]
        #expect(counts.map(\.count) == [5, 3, 1000, 100, 20])
        #expect(counts.allSatisfy { $0.periodMilliseconds == 3_600_000 })
        #expect(Set(counts.map(\.name)).count == counts.count)
    }

    @Test("the words around a message have only the placeholders that are filled")
    func templates() {
        let templates = blueprint.templates
        let values = ["sender": "S", "content": "C", "forum": "F", "organization": "O"]
        for text in [
            templates.directSMS, templates.forumSMS, templates.directWhatsApp, templates.forumWhatsApp,
            templates.directEmail.subject,
            templates.directEmail.text, templates.directEmail.html, templates.forumEmail.subject, templates.forumEmail.text,
            templates.forumEmail.html,
        ] {
            #expect(!MessageTemplates.fill(text, values).contains("{"))
        }
        let code = MessageTemplates.fill(templates.verificationSMS, ["code": "123456", "minutes": "10", "organization": "O"])
        #expect(code == "123456 is your O code. It is good for 10 minutes. Do not pass it on.")
        // One SMS of 7-bit characters holds 160 (3GPP TS 23.038).
        #expect(code.count + 40 <= 160)
    }

    @Test("names are unique, and a blueprint is found by its name")
    func catalogue() {
        #expect(Set(BlueprintCatalogue.all.map(\.name)).count == BlueprintCatalogue.all.count)
        for resource in blueprint.resources {
            #expect(Set(resource.fields.map(\.name)).count == resource.fields.count && !resource.sortOrders.isEmpty)
        }
    }
}
