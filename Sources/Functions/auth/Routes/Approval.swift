import FunctionToolkit
import LambdaEvents
import Platform

/// `GET /auth/approval-pending` and `POST /auth/approve-user`: peers let each other in.
struct Approval: Sendable {
    private static let permission: Permission = "users:approve"

    let services: AuthServices

    /// Who is approved, and a word on it.
    struct Input: Sendable {
        var userID: String
        var notes: String?
    }

    static let schema = Schema.object(
        Input.init, .required("user_id", .identifier), .optional("notes", .text(length: 0...1000, lines: true)))

    func pending(_ approver: User, _ page: PageRequest) async throws -> HTTPResponse {
        let users = try await services.users.list(state: "pending", organization: approver.organizationID, page: page)
        return Envelope.success(.array(users.elements.map(\.summaryJSON)), meta: users.meta(for: page))
    }

    func approve(_ input: Input, by approver: User) async throws -> HTTPResponse {
        guard let user = try await services.users.get(input.userID, organization: approver.organizationID)
        else { throw PlatformError.notFound("user") }
        guard user.status == .pending else { throw PlatformError(.conflict, "This user is \(user.status.rawValue) already") }
        guard user.phoneVerified else { throw PlatformError(.conflict, "This user has not verified the phone number yet") }
        let approved = try await services.users.approve(user, by: approver.id, notes: input.notes)
        return Envelope.success(approved.summaryJSON)
    }

    func approver(of request: HTTPRequest) async throws -> User {
        let (user, blueprint) = try await services.caller(of: request)
        try await services.limiter.take(blueprint.limits.apiCalls, organization: user.organizationID, key: user.id)
        guard user.status == .active, blueprint.allows(role: user.role, Self.permission) else {
            throw PlatformError.forbidden(Self.permission)
        }
        return user
    }
}
