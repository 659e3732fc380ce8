import LambdaEvents

/// When somebody was last there, kept with the user.
package struct LastSeenRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    /// Writes the time into the user's item without a new version: it is no edit, and must not make anybody's edit fail.
    package func record(user: String, organization: String) async throws {
        do {
            try await store.write(
                WriteOperation(
                    .update(Keys.user(organization, user), expression: "SET last_seen_at = :now"), if: "attribute_exists(pk)",
                    values: [":now": .string(Timestamp.text(store.time.now))]))
        } catch is ConditionFailed {
            // The user is gone; nobody asks when they were last there.
        }
    }
}
