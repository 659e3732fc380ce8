import LambdaEvents
import LambdaRuntime
import Platform

/// `GET /auth/approval-pending` and `POST /auth/approve-user`: peers let each other in.
struct Approval: Sendable {
    private static let permission: Permission = "users:approve"

    let services: AuthServices

    func pending(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        let caller = try await approver(of: request)
        let page = try PageRequest(query: request.queryStringParameters ?? [:], sorts: ["created_at"], ascending: true)
        let users = try await services.users.list(state: "pending", organization: caller.organizationID, page: page)
        return Envelope.success(.array(users.elements.map(\.summaryJSON)), meta: users.meta(for: page))
    }

    func approve(_ request: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        let caller = try await approver(of: request)
        var reader = InputReader(try RequestBody.object(of: request))
        let id = reader.identifier("user_id", required: true)
        let notes = reader.text("notes", length: 0...1000, lines: true)
        try reader.finish()
        guard let user = try await services.users.get(try InputReader.unwrap(id, "user_id"), organization: caller.organizationID)
        else { throw PlatformError.notFound("user") }
        guard user.status == .pending else { throw PlatformError(.conflict, "This user is \(user.status.rawValue) already") }
        guard user.phoneVerified else { throw PlatformError(.conflict, "This user has not verified the phone number yet") }
        let approved = try await services.users.approve(user, by: caller.id, notes: notes)
        return Envelope.success(approved.summaryJSON)
    }

    private func approver(of request: HTTPAPIRequest) async throws -> User {
        let (user, _, blueprint) = try await services.caller(of: request)
        try await services.limiter.take(blueprint.limits.apiCalls, organization: user.organizationID, key: user.id)
        guard user.status == .active, blueprint.allows(role: user.role, Self.permission) else {
            throw PlatformError.forbidden(Self.permission)
        }
        return user
    }
}
