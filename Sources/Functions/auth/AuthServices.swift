import AWSClients
import Platform

/// What the routes, the commands and the authorizers of this function work with.
struct AuthServices: Sendable {
    var store: PlatformStore
    var vault: ContactVault
    var signer: AccessTokenSigner
    var sns: SNSClient
    var directory: OrganizationDirectory
    /// The organization of a request without `X-Organization`.
    var defaultOrganization: String

    var time: TimeSource { store.time }
    var users: UserRepository { UserRepository(store: store) }
    var preferences: PreferencesRepository { PreferencesRepository(store: store) }
    var organizations: OrganizationRepository { OrganizationRepository(store: store) }
    var sessions: SessionRepository { SessionRepository(store: store) }
    var connections: ConnectionRepository { ConnectionRepository(store: store) }
    var codes: CodeRepository { CodeRepository(store: store, vault: vault) }
    var limiter: RateLimiter { RateLimiter(store: store) }
}
