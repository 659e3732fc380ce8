import FunctionToolkit
import LambdaEvents
import LambdaRuntime
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
    var request: HTTPAPIRequest
    var parameters: [String: String]
    /// The caller, as the store has them now.
    var user: User
    var blueprint: Blueprint
    var services: APIServices

    var organization: String { user.organizationID }
    var query: [String: String] { request.queryStringParameters ?? [:] }

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

    /// An id in the path; what is no id names nothing.
    func identifier(_ name: String, of what: String) throws -> String {
        guard let id = parameters[name], Identifier.isValid(id) else { throw PlatformError.notFound(what) }
        return id
    }

    func input() throws -> InputReader {
        InputReader(try RequestBody.object(of: request))
    }

    /// A list that takes no parameters, or an action without a body, refuses what it would ignore.
    func refuseQuery() throws {
        guard query.isEmpty else {
            throw PlatformError(
                .invalidInput, "The query is not valid", fields: query.mapValues { _ in ["This parameter is not known"] })
        }
    }
}
