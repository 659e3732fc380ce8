import FunctionToolkit
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
        let name = members.removeValue(forKey: "command")?.stringValue
        do {
            switch name {
            case "create-organization": return try await CreateOrganization(services: services).run(.object(members))
            case "create-user": return try await CreateUser(services: services).run(.object(members))
            default:
                throw PlatformError.invalid(
                    "command", "This must be create-organization or create-user, not \(name ?? "anything but a text")")
            }
        } catch let errors as FieldErrors {
            throw PlatformError(errors)
        }
    }
}

extension NewUser {
    /// The id, for who comes from another system.
    static let idField = Field.optional("id", .identifier)

    /// For whom an operator brings in.
    static let schemaForOperator = Schema<NewUser>.object(
        { name, displayName, phone, email, password, id in
            NewUser(id: id, fullName: name, displayName: displayName, phone: phone, email: email, password: password)
        }, fullNameField, displayNameField, phoneField, emailField, passwordField, idField)
}
