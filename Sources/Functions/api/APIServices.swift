import FunctionToolkit
import Platform

/// What the endpoints of this function work with.
struct APIServices: Sendable {
    var store: PlatformStore
    var vault: ContactVault
    var directory: OrganizationDirectory
    var timeZones: TimeZoneDatabase

    var time: TimeSource { store.time }
    var users: UserRepository { UserRepository(store: store) }
    var preferences: PreferencesRepository { PreferencesRepository(store: store) }
    var forums: ForumRepository { ForumRepository(store: store) }
    var messages: MessageRepository { MessageRepository(store: store) }
    var sender: MessageSender { MessageSender(store: store) }
    var limiter: RateLimiter { RateLimiter(store: store) }
}

/// One call by somebody who is logged in.
struct Call: Sendable {
    /// The caller, as the store has them now.
    var user: User
    var blueprint: Blueprint
    var services: APIServices

    var organization: String { user.organizationID }

    func require(_ permission: Permission) throws {
        guard blueprint.allows(role: user.role, permission) else { throw PlatformError.forbidden(permission) }
    }

    /// What the caller's blueprint says of a kind of thing.
    func resource(_ name: String) throws -> ResourceType {
        guard let resource = blueprint.resource(name) else {
            throw PlatformError.notBuilt("The resource \(name) of the blueprint \(blueprint.name)")
        }
        return resource
    }
}
