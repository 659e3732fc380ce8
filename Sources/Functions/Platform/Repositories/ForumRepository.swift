import LambdaEvents

package struct ForumRepository: Sendable {
    /// A person's private forums are read as a whole when forums are listed.
    package static let privateForumLimit = 200

    let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func get(_ id: String, organization: String) async throws -> Forum? {
        try await store.get(Keys.forum(organization, id)).map { try Forum(organizationID: organization, item: $0) }
    }

    package func member(_ user: String, of forum: String, organization: String) async throws -> ForumMember? {
        try await store.get(Keys.member(organization, forum: forum, user: user))
            .map { try ForumMember(organizationID: organization, item: $0) }
    }

    /// Writes a forum with its creator as its admin.
    package func create(_ forum: Forum) async throws {
        let member = ForumMember(
            organizationID: forum.organizationID, forumID: forum.id, userID: forum.createdBy, role: .admin, forumType: forum.type,
            joinedAt: forum.createdAt)
        var operations: [WriteOperation] = [
            .insert(forum.item), .insert(member.item),
            Counters.add(1, to: Counters.members(forum: forum.id), organization: forum.organizationID),
        ]
        if forum.type == .private {
            let own = PartitionQuery(
                Keys.privateMemberships(forum.organizationID, user: forum.createdBy), index: .gsi2, keysOnly: true)
            guard try await store.queryAll(own, limit: Self.privateForumLimit).count < Self.privateForumLimit else {
                throw PlatformError(.conflict, "You are in \(Self.privateForumLimit) private forums, which is the most")
            }
        } else {
            operations.append(Counters.add(1, to: Counters.forums, organization: forum.organizationID))
        }
        try await store.transact(operations)
    }

    /// - Returns: nil if the user is a member already.
    package func join(_ forum: Forum, user: String) async throws -> ForumMember? {
        let member = ForumMember(
            organizationID: forum.organizationID, forumID: forum.id, userID: user, role: .member, forumType: forum.type,
            joinedAt: store.time.now)
        do {
            try await store.transact([
                .insert(member.item), WriteOperation(.check(Keys.forum(forum.organizationID, forum.id))),
                Counters.add(1, to: Counters.members(forum: forum.id), organization: forum.organizationID),
            ])
            return member
        } catch let failure as ConditionFailed {
            guard failure.operations == [0] else { throw PlatformError.notFound("forum") }
            return nil
        }
    }

    /// - Returns: false if the user is no member.
    package func leave(_ forum: String, user: String, organization: String) async throws -> Bool {
        do {
            try await store.transact([
                WriteOperation(.delete(Keys.member(organization, forum: forum, user: user)), if: "attribute_exists(pk)"),
                Counters.add(-1, to: Counters.members(forum: forum), organization: organization),
            ])
            return true
        } catch is ConditionFailed {
            return false
        }
    }

    package func memberCount(_ forum: String, organization: String) async throws -> Int {
        try await store.count(Counters.members(forum: forum), organization: organization)
    }

    /// The members in the order of their ids, for the fan-out of a message.
    ///
    /// - Parameter after: the last user id of the page before.
    package func members(
        of forum: String, organization: String, after: String? = nil, limit: Int
    ) async throws -> (members: [ForumMember], next: String?) {
        let key = Keys.member(organization, forum: forum, user: "")
        let page = try await store.query(
            PartitionQuery(
                key.partition, sort: .beginsWith(key.sort), limit: limit,
                startAfter: after.map { Keys.member(organization, forum: forum, user: $0).attributes }))
        let members = try page.items.map { try ForumMember(organizationID: organization, item: $0) }
        return (members, page.last == nil ? nil : members.last?.userID)
    }
}
