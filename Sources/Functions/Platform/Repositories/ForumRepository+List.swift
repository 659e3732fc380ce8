import LambdaEvents

extension ForumRepository {
    package static let sorts = ["created_at", "name"]

    /// The forums that a user may see: main and public ones, and the private ones that they are in, in one order.
    package func list(visibleTo user: String, organization: String, page: PageRequest) async throws -> Page<Forum> {
        let index: PartitionQuery.Index = page.sort == "name" ? .gsi2 : .gsi1
        async let publicCount = store.count(Counters.forums, organization: organization)
        let own = try await privateForums(of: user, organization: organization)
        let open = try await firstForums(
            PartitionQuery(Keys.forums(organization), index: index, ascending: page.ascending), page: page,
            organization: organization)
        let key = { (forum: Forum) in page.sort == "name" ? forum.sortKeys.byName : forum.sortKeys.byAge }
        // As the index compares: by bytes.
        let precedes = { (left: String, right: String) in
            page.ascending ? left.utf8.lexicographicallyPrecedes(right.utf8) : right.utf8.lexicographicallyPrecedes(left.utf8)
        }
        var merged = (open + own).sorted { precedes(key($0), key($1)) }
        if let cursor = page.cursor { merged.removeAll { !precedes(cursor, key($0)) } }
        let rest = merged.dropFirst(page.offset)
        let elements = Array(rest.prefix(page.perPage))
        return Page(
            elements: elements, next: rest.count > page.perPage ? elements.last.map(key) : nil,
            total: try await publicCount + own.count)
    }

    /// As many open forums as the page may need: private ones may stand between them or not.
    private func firstForums(
        _ query: PartitionQuery, page: PageRequest, organization: String
    ) async throws -> [Forum] {
        var query = query
        if let cursor = page.cursor { query.sort = page.ascending ? .greaterThan(cursor) : .lessThan(cursor) }
        let items = try await store.queryAll(query, limit: page.offset + page.perPage + 1)
        return try items.map { try Forum(organizationID: organization, item: $0) }
    }

    private func privateForums(of user: String, organization: String) async throws -> [Forum] {
        let memberships = try await store.queryAll(
            PartitionQuery(Keys.privateMemberships(organization, user: user), index: .gsi2), limit: Self.privateForumLimit)
        let ids = try memberships.map { try ForumMember(organizationID: organization, item: $0).forumID }
        return try await store.get(ids.map { Keys.forum(organization, $0) })
            .map { try Forum(organizationID: organization, item: $0) }
    }
}
