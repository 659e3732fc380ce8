package import Platform

/// Former classmates who talk across the app, email, SMS and WhatsApp.
package enum Classmates {
    package static let blueprint = Blueprint(
        name: "classmates", roles: [member, moderator, admin], resources: [users, forums], templates: templates,
        limits: limits)

    /// The seed's levels: a member has full access to what members do, a moderator moderates, an admin may do everything.
    static let member = Role(
        "member",
        permissions: [
            "users:read", "users:approve", "forums:create", "forums:read", "forums:join", "messages:create", "messages:read",
            "preferences:read", "preferences:update", "profile:read", "profile:update",
        ])

    static let moderator = Role(
        "moderator", permissions: member.permissions.union(["messages:announce", "messages:moderate", "forums:moderate"]))

    static let admin = Role("admin", permissions: ["*:*"])

    /// Per hour: 5 registrations an address, 3 codes a phone number, 1,000 calls, 100 messages and 20 posts a user. The
    /// logins are ours: enough for a forgetful person, too few to guess.
    static let limits = Limits(
        registrations: RateLimit("registrations", 5, perSeconds: 3600), smsCodes: RateLimit("sms-codes", 3, perSeconds: 3600),
        logins: RateLimit("logins", 20, perSeconds: 3600), apiCalls: RateLimit("api-calls", 1000, perSeconds: 3600),
        messages: RateLimit("messages", 100, perSeconds: 3600), forumPosts: RateLimit("forum-posts", 20, perSeconds: 3600))
}
