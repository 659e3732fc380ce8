import LambdaEvents

/// Open sockets, and with them who is online.
package struct ConnectionRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// Keeps a new socket and puts its user online, all or nothing.
    package func add(_ connection: Connection, organization: String) async throws {
        let presence = WriteOperation(
            .update(
                Keys.presence(organization, user: connection.userID),
                expression: "SET #entity = :entity, user_id = :user, #status = :online ADD connections :connection"),
            names: ["#entity": "entity", "#status": "status"],
            values: [
                ":entity": .string("presence"), ":user": .string(connection.userID),
                ":online": .string(Presence.Status.online.rawValue), ":connection": .stringSet([connection.connectionID]),
            ])
        try await store.transact([WriteOperation(.put(connection.item(organization: organization)), in: .ephemeral), presence])
    }

    /// The sockets of a user that have not expired.
    package func list(user: String, organization: String) async throws -> [Connection] {
        let partition = Keys.connectionPartition(organization, user: user)
        let items = try await store.queryAll(PartitionQuery(partition, in: .ephemeral), limit: 1000)
        let now = store.time.nowSeconds
        return try items.filter { try ItemReader($0, entity: "connection").integer("expires_at") > now }
            .map { try Connection(item: $0) }
    }

    /// Forgets a socket; its user goes offline with the last one. Forgetting it twice changes nothing.
    package func remove(_ connectionID: String, user: String, organization: String) async throws {
        try await store.write(
            WriteOperation(.delete(Keys.connection(organization, user: user, connection: connectionID)), in: .ephemeral))
        let key = Keys.presence(organization, user: user)
        do {
            let item = try await store.write(
                WriteOperation(
                    .update(key, expression: "DELETE connections :connection"), if: "contains(connections, :id)",
                    values: [":connection": .stringSet([connectionID]), ":id": .string(connectionID)]))
            guard try Presence(item: item).connections.isEmpty else { return }
        } catch let failure as ConditionFailed {
            // Taken out before; perhaps by a call that died before the next step.
            guard let item = failure.item, try Presence(item: item).connections.isEmpty else { return }
        }
        try await goOffline(key)
    }

    /// A set that has lost its last element is no attribute any more, and a socket that came meanwhile makes it one again.
    private func goOffline(_ key: ItemKey) async throws {
        do {
            try await store.write(
                WriteOperation(
                    .update(key, expression: "SET #status = :offline, last_seen_at = :now"),
                    if: "attribute_not_exists(connections) AND #status = :online", names: ["#status": "status"],
                    values: [
                        ":offline": .string(Presence.Status.offline.rawValue),
                        ":online": .string(Presence.Status.online.rawValue),
                        ":now": .string(Timestamp.text(store.time.now)),
                    ]))
        } catch is ConditionFailed {
            // Online again, or offline already.
        }
    }

    package func presence(user: String, organization: String) async throws -> Presence? {
        try await store.get(Keys.presence(organization, user: user)).map { try Presence(item: $0) }
    }

    /// Those who are online, of all shards, at most `limit` of each.
    package func online(organization: String, limit: Int = 1000) async throws -> [Presence] {
        var online: [Presence] = []
        for shard in 0..<Identifier.presenceShardCount {
            let query = PartitionQuery(Keys.presencePartition(organization, shard: shard))
            online += try await store.queryAll(query, limit: limit).map { try Presence(item: $0) }.filter { $0.status == .online }
        }
        return online
    }
}
