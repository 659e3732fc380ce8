import FunctionToolkit
import Platform

/// `GET /api/users/{id}`: somebody else, as far as their privacy lets the caller see them.
enum OtherUser {
    static func get(_ call: Call, _ text: String) async throws -> HTTPResponse {
        let id = try Identifier.check(text, of: "user")
        guard id != call.user.id else {
            try call.require("profile:read")
            return try OwnUser.get(call)
        }
        guard let user = try await call.services.users.get(id, organization: call.organization),
            user.status == .active || user.status == .approved
        else { throw PlatformError.notFound("user") }
        let friend = try await call.services.users.areFriends(id, call.user.id, organization: call.organization)
        let vault = call.services.vault
        return Envelope.success(
            user.publicJSON(
                phone: user.profile.privacyPhone.allows(friend: friend) ? try vault.phone(of: user) : nil,
                email: user.profile.privacyEmail.allows(friend: friend) ? try vault.email(of: user) : nil,
                seesProfile: user.profile.privacyProfile.allows(friend: friend)))
    }
}
