import LambdaEvents
import Platform

/// `typing_start` and `typing_stop`: told at once to the other parties of the conversation, and kept nowhere.
struct TypingRoute: Sendable {
    /// Members of a forum that are looked at: enough for a class, and ten reads. In a larger forum the first ones by id hear
    /// of it; a hint that somebody types is worth no more.
    static let maximumMembers = 1000

    private let time: TimeSource
    private let access: MessageAccess
    private let forums: ForumRepository
    private let directory: SocketDirectory
    private let pusher: SocketPusher

    init(store: PlatformStore, pusher: SocketPusher) {
        time = store.time
        access = MessageAccess(store: store)
        forums = ForumRepository(store: store)
        directory = SocketDirectory(store: store)
        self.pusher = pusher
    }

    func run(to destination: MessageDraft.Destination, _ speaker: SocketConversation.Speaker, typing: Bool) async throws {
        let (user, blueprint) = (speaker.user, speaker.blueprint)
        guard blueprint.allows(role: user.role, "messages:create") else { throw PlatformError.forbidden("messages:create") }
        let organization = user.organizationID
        var data: [String: JSONValue] = ["user_id": .string(user.id), "typing": .bool(typing)]
        let listeners: [String]
        switch destination {
        case .user(let id):
            data["recipient_id"] = .string(id)
            listeners = [try await access.recipient(id, organization: organization).id]
        case .forum(let id):
            data["forum_id"] = .string(id)
            _ = try await access.member(user.id, of: id, organization: organization)
            listeners = try await members(of: id, organization: organization)
        }
        let sockets = try await directory.sockets(of: listeners.filter { $0 != user.id }, organization: organization)
        let frame = Frame("typing", data, at: time.now)
        // A hint that does not arrive is not sent again: by then it would be wrong.
        _ = try await pusher.push(to: sockets, organization: organization) { _ in frame }
    }

    private func members(of forum: String, organization: String) async throws -> [String] {
        var members: [String] = []
        var after: String?
        repeat {
            let page = try await forums.members(of: forum, organization: organization, after: after, limit: Self.maximumMembers)
            members += page.members.map(\.userID)
            after = page.next
        } while after != nil && members.count < Self.maximumMembers
        return members
    }
}
