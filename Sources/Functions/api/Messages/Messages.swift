import FunctionToolkit
import Platform

/// `POST /api/messages` and `GET /api/messages/{id}`.
enum Messages {
    static func create(_ call: Call, _ draft: MessageDraft) async throws -> HTTPResponse {
        let message = try await call.services.sender.send(draft, from: call.user, blueprint: call.blueprint)
        return Envelope.success(message.json, status: 201)
    }

    /// For the two of a direct message and the members of a forum; to others there is no such message.
    static func get(_ call: Call, _ text: String) async throws -> HTTPResponse {
        let id = try Identifier.check(text, of: "message")
        guard let message = try await call.services.messages.get(id, organization: call.organization),
            try await mayRead(message, call)
        else { throw PlatformError.notFound("message") }
        return Envelope.success(message.json)
    }

    private static func mayRead(_ message: Message, _ call: Call) async throws -> Bool {
        guard let forum = message.forumID else { return [message.senderID, message.recipientID].contains(call.user.id) }
        return try await call.services.forums.member(call.user.id, of: forum, organization: call.organization) != nil
    }
}
