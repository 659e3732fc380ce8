/// Which sockets people have, read from their presence: one read for up to 100 people.
package struct SocketDirectory: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// The open sockets of these users, by user id; those without any are left out.
    package func sockets(of users: some Sequence<String>, organization: String) async throws -> [String: [String]] {
        let items = try await store.get(Set(users).map { Keys.presence(organization, user: $0) })
        let presences = try items.map { try Presence(item: $0) }.filter { !$0.connections.isEmpty }
        // A set has no order; a fixed one makes equal runs equal.
        return Dictionary(uniqueKeysWithValues: presences.map { ($0.userID, $0.connections.sorted()) })
    }
}
