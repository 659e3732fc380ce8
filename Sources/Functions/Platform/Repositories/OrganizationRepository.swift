package struct OrganizationRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func get(_ id: String) async throws -> Organization? {
        try await store.get(Keys.organization(id)).map { try Organization(item: $0) }
    }

    /// Writes an organization and its first admin, all or nothing.
    ///
    /// - Returns: false if the organization exists already; then nothing is written.
    package func create(_ organization: Organization, admin: User, preferences: Preferences) async throws -> Bool {
        do {
            let insert = WriteOperation.insert(organization.item)
            try await store.transact([insert] + UserRepository.insertOperations(admin, preferences: preferences))
            return true
        } catch let failure as ConditionFailed where failure.operations.contains(0) {
            return false
        }
    }
}
