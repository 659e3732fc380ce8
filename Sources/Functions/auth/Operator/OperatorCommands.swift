import LambdaEvents
import Platform

/// What an operator does by invoking the function directly, which IAM allows to nobody else.
///
/// `{"command": "create-organization", …}` and `{"command": "create-user", …}`. An answer is the command's own object; a
/// failure fails the invocation, with the error's code as its type.
struct OperatorCommands: Sendable {
    let services: AuthServices

    func run(_ command: JSONValue) async throws -> JSONValue {
        var members = command.objectValue ?? [:]
        switch members.removeValue(forKey: "command")?.stringValue {
        case "create-organization": return try await CreateOrganization(services: services).run(members)
        case "create-user": return try await CreateUser(services: services).run(members)
        case let name:
            throw PlatformError.invalid(
                "command", "This must be create-organization or create-user, not \(name ?? "anything but a text")")
        }
    }
}

extension NewUser {
    /// What an operator may say besides: the id, for who comes from another system.
    static func readByOperator(
        _ members: [String: JSONValue], more: (inout InputReader) -> Void = { _ in }
    ) throws -> NewUser {
        var reader = InputReader(members)
        var id: String?
        var user = try read(&reader) { reader in
            id = reader.identifier("id")
            more(&reader)
        }
        user.id = id
        return user
    }
}
