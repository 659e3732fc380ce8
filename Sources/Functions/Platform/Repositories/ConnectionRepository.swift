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
    ///
    /// The last one and the status go in one write: a call that dies between two would leave somebody online without a socket.
    package func remove(_ connectionID: String, user: String, organization: String) async throws {
        try await store.write(
            WriteOperation(.delete(Keys.connection(organization, user: user, connection: connectionID)), in: .ephemeral))
        let key = Keys.presence(organization, user: user)
        // Only sockets that come and go between two writes lead to another round.
        for _ in 0..<10 {
            if try await removeLast(connectionID, key) { return }
            if try await removeOneOfMany(connectionID, key) { return }
        }
        throw PlatformError(.unavailable, "Too many sockets come and go at once", retryAfterSeconds: 1)
    }

    /// Forgets the sockets that were opened with a session, so that nothing is pushed to them any more.
    package func remove(session: String, user: String, organization: String) async throws {
        for connection in try await list(user: user, organization: organization) where connection.sessionID == session {
            try await remove(connection.connectionID, user: user, organization: organization)
        }
    }

    /// - Returns: false if it is not the only one.
    private func removeLast(_ connectionID: String, _ key: ItemKey) async throws -> Bool {
        do {
            try await store.write(
                WriteOperation(
                    .update(key, expression: "SET #status = :offline, last_seen_at = :now REMOVE connections"),
                    if: "connections = :only", names: ["#status": "status"],
                    values: [
                        ":only": .stringSet([connectionID]), ":offline": .string(Presence.Status.offline.rawValue),
                        ":now": .string(Timestamp.text(store.time.now)),
                    ]))
            return true
        } catch is ConditionFailed {
            return false
        }
    }

    /// - Returns: false if it has become the only one.
    private func removeOneOfMany(_ connectionID: String, _ key: ItemKey) async throws -> Bool {
        do {
            try await store.write(
                WriteOperation(
                    .update(key, expression: "DELETE connections :only"),
                    if: "contains(connections, :id) AND connections <> :only",
                    values: [":only": .stringSet([connectionID]), ":id": .string(connectionID)]))
            return true
        } catch let failure as ConditionFailed {
            // Without it there is nothing to remove.
            guard let item = failure.item else { return true }
            return try !Presence(item: item).connections.contains(connectionID)
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
