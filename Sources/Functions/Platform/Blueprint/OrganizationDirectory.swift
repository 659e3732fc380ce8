import Synchronization

/// Which blueprint an organization has. That never changes, so one look-up per environment is enough.
package final class OrganizationDirectory: Sendable {
    private let organizations: OrganizationRepository
    private let blueprints: [String: Blueprint]
    private let known = Mutex<[String: Organization]>([:])

    /// More organizations than one environment serves at a time; beyond it the memory starts anew.
    private static let capacity = 1000

    package init(store: PlatformStore, blueprints: [Blueprint]) {
        organizations = OrganizationRepository(store: store)
        self.blueprints = Dictionary(uniqueKeysWithValues: blueprints.map { ($0.name, $0) })
    }

    /// In alphabetical order.
    package var blueprintNames: [String] { blueprints.keys.sorted() }

    package func blueprint(named name: String) -> Blueprint? { blueprints[name] }

    /// - Throws: ``PlatformError`` with 404 for an unknown organization, with 501 if this build lacks its blueprint.
    package func find(_ id: String) async throws -> (organization: Organization, blueprint: Blueprint) {
        let organization = try await load(id)
        guard let blueprint = blueprints[organization.blueprint] else {
            throw PlatformError.notBuilt("The blueprint \(organization.blueprint)")
        }
        return (organization, blueprint)
    }

    private func load(_ id: String) async throws -> Organization {
        if let organization = known.withLock({ $0[id] }) { return organization }
        guard OrganizationID.isValid(id), let organization = try await organizations.get(id) else {
            throw PlatformError.notFound("organization")
        }
        known.withLock {
            if $0.count >= Self.capacity { $0.removeAll() }
            $0[id] = organization
        }
        return organization
    }
}
