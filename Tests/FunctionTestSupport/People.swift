import Blueprints
import Foundation
package import Platform

/// People, forums and messages with ids that can be told apart: `person(3)` is `…0003`.
extension TestCloud {
    package static func person(_ number: Int) -> String { id("a", number) }
    package static func forum(_ number: Int) -> String { id("f", number) }
    package static func message(_ number: Int) -> String { id("e", number) }
    /// The session of a person, once it is opened.
    package static func session(_ number: Int) -> String { id("d", number) }

    private static func id(_ kind: String, _ number: Int) -> String {
        let digits = String(number)
        return "01990000-0000-7000-8000-\(kind)\(String(repeating: "0", count: 11 - digits.count))\(digits)"
    }

    /// An active member with the phone number `+4179000` and five digits.
    @discardableResult
    package func addUser(
        _ number: Int, role: String = "member", status: UserStatus = .active, email: String? = nil,
        phoneVerified: Bool = true
    ) async throws -> User {
        var user = User(
            id: Self.person(number), organizationID: Self.organization, fullName: "Person \(number)", status: status, role: role,
            sealedPhone: "", phoneHash: "", phoneVerified: phoneVerified, createdAt: cloud.now)
        guard let phone = PhoneNumber(Self.phone(number)) else { throw MissingPiece(what: "phone") }
        try vault.setPhone(phone, of: &user)
        try vault.setEmail(email.flatMap { EmailAddress($0) }, of: &user)
        try await store.write(WriteOperation(.put(user.item)))
        return user
    }

    package func openSession(of number: Int) async throws {
        var writer = ItemWriter(
            entity: "session", key: Keys.session(Self.organization, user: Self.person(number), session: Self.session(number)))
        writer.set("expires_at", Int64(cloud.now.timeIntervalSince1970) + 86_400)
        try await store.write(WriteOperation(.put(writer.item), in: .ephemeral))
    }

    package static func phone(_ number: Int) -> String { "+4179\(1_000_000 + number)" }

    package func setPreferences(
        _ number: Int, channel: Channel, quiet: (String, String)? = nil, timezone: String = "UTC"
    ) async throws {
        var preferences = Preferences(organizationID: Self.organization, userID: Self.person(number), at: cloud.now)
        preferences.primaryChannel = channel
        preferences.quietHours = quiet.flatMap { QuietHours(start: $0.0, end: $0.1) }
        preferences.timezone = timezone
        try await store.write(WriteOperation(.put(preferences.item)))
    }

    /// A forum of these people; the first is its admin.
    @discardableResult
    package func addForum(_ number: Int, type: ForumType = .public, members: [Int]) async throws -> Forum {
        let forum = Forum(
            id: Self.forum(number), organizationID: Self.organization, name: "Forum \(number)", type: type,
            createdBy: Self.person(members.first ?? 1), createdAt: cloud.now)
        // At most 100 in one transaction.
        try await store.transact(
            [WriteOperation(.put(forum.item))] + members.prefix(99).map { WriteOperation(.put(member($0, of: forum).item)) })
        for number in members.dropFirst(99) { try await addMember(number, to: forum) }
        return forum
    }

    package func addMember(_ number: Int, to forum: Forum) async throws {
        try await store.write(WriteOperation(.put(member(number, of: forum).item)))
    }

    private func member(_ number: Int, of forum: Forum) -> ForumMember {
        let role: ForumRole = Self.person(number) == forum.createdBy ? .admin : .member
        return ForumMember(
            organizationID: Self.organization, forumID: forum.id, userID: Self.person(number), role: role, forumType: forum.type,
            joinedAt: cloud.now)
    }

    /// A message that is in the table, as the stream shows it afterwards.
    @discardableResult
    package func addMessage(
        _ number: Int, from sender: Int, to destination: Message.Destination, content: String = "Hello",
        announcement: Bool = false
    ) async throws -> Message {
        let message = Message(
            id: Self.message(number), organizationID: Self.organization, senderID: Self.person(sender),
            senderName: "Person \(sender)", destination: destination, content: content, announcement: announcement,
            createdAt: cloud.now)
        try await store.write(WriteOperation(.put(message.item)))
        return message
    }

    /// An open socket, connected an hour ago unless told otherwise.
    package func connect(_ connection: String, of number: Int, secondsAgo: Double = 3600) async throws {
        try await ConnectionRepository(store: store).add(
            Connection(
                connectionID: connection, userID: Self.person(number), sessionID: "s",
                connectedAt: cloud.now.addingTimeInterval(-secondsAgo)), organization: Self.organization)
        cloud.connections.connect(connection)
    }

    /// These sockets are gone without a `$disconnect`.
    package func hangUp(_ connections: String...) {
        for connection in connections { cloud.connections.disconnect(connection) }
    }

    package func unread(_ number: Int, _ message: Message) async throws -> String? {
        try await item(Keys.conversation(Self.organization, user: Self.person(number), conversation: message.conversationID))?[
            "unread_count"]?.numberText
    }
}

/// A test's own data is not what it must be.
package struct MissingPiece: Error {
    package let what: String

    package init(what: String) {
        self.what = what
    }
}
