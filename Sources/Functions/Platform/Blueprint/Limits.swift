/// How often people may do what costs something; each is a token bucket with a key of its own.
package struct Limits: Sendable {
    /// By the address that asks.
    package var registrations: RateLimit
    /// By phone number: codes sent to it.
    package var smsCodes: RateLimit
    /// By phone number: passwords and codes tried.
    package var logins: RateLimit
    /// By user, all three.
    package var apiCalls: RateLimit
    package var messages: RateLimit
    package var forumPosts: RateLimit

    package init(
        registrations: RateLimit, smsCodes: RateLimit, logins: RateLimit, apiCalls: RateLimit, messages: RateLimit,
        forumPosts: RateLimit
    ) {
        self.registrations = registrations
        self.smsCodes = smsCodes
        self.logins = logins
        self.apiCalls = apiCalls
        self.messages = messages
        self.forumPosts = forumPosts
    }
}
