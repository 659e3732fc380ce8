import Platform

/// `user_status_changed`, to everybody else in the organization who is online.
struct PresencePush: Sendable {
    /// Of each of the four shards: 4,000 pushes take about three seconds.
    static let maximumListenersPerShard = 1000

    private let time: TimeSource
    private let sockets: ConnectionRepository
    private let pusher: SocketPusher

    init(store: PlatformStore, pusher: SocketPusher) {
        time = store.time
        sockets = ConnectionRepository(store: store)
        self.pusher = pusher
    }

    func run(_ presence: Presence, organization: String) async throws {
        let online = try await sockets.online(organization: organization, limit: Self.maximumListenersPerShard)
        let listeners = online.filter { $0.userID != presence.userID }
        let frame = Frame(
            "user_status_changed",
            [
                "user_id": .string(presence.userID), "status": .string(presence.status.rawValue),
                "last_seen_at": .optionalTime(presence.lastSeenAt),
            ], at: time.now)
        let targets = Dictionary(listeners.map { ($0.userID, $0.connections.sorted()) }) { first, _ in first }
        let outcomes = try await pusher.push(to: targets, organization: organization) { _ in frame }
        let failures = outcomes.values.flatMap(\.failures)
        guard failures.isEmpty else { throw PushIncomplete(failures: failures) }
    }
}
