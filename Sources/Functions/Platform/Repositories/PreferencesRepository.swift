package struct PreferencesRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// The defaults for somebody who has none.
    package func get(user: String, organization: String) async throws -> Preferences {
        guard let item = try await store.get(Keys.preferences(organization, user)) else {
            return Preferences(organizationID: organization, userID: user, at: store.time.now)
        }
        return try Preferences(organizationID: organization, item: item)
    }

    /// The preferences of several users, by user id; the defaults for those who have none.
    package func get(users: some Sequence<String>, organization: String) async throws -> [String: Preferences] {
        let ids = Set(users)
        let items = try await store.get(ids.map { Keys.preferences(organization, $0) })
        let found = try items.map { try Preferences(organizationID: organization, item: $0) }
        var all = Dictionary(uniqueKeysWithValues: found.map { ($0.userID, $0) })
        for id in ids where all[id] == nil {
            all[id] = Preferences(organizationID: organization, userID: id, at: store.time.now)
        }
        return all
    }

    /// Writes changed preferences, if nobody else has written them since they were read.
    ///
    /// - Throws: ``ConditionFailed`` if somebody has.
    @discardableResult
    package func save(_ preferences: Preferences) async throws -> Preferences {
        let previous = preferences.version
        var preferences = preferences
        preferences.version += 1
        preferences.updatedAt = store.time.now
        try await store.write(
            WriteOperation(
                .put(preferences.item), if: "attribute_not_exists(pk) OR version = :version",
                values: [":version": .number(String(previous))]))
        return preferences
    }
}
