import LambdaEvents

package struct UserRepository: Sendable {
    private let store: PlatformStore

    package init(store: PlatformStore) {
        self.store = store
    }

    package func get(_ id: String, organization: String) async throws -> User? {
        try await store.get(Keys.user(organization, id)).map { try User(item: $0) }
    }

    /// The users that exist among these, by id; any number.
    package func get(_ ids: some Sequence<String>, organization: String) async throws -> [String: User] {
        let items = try await store.get(Set(ids).map { Keys.user(organization, $0) })
        return Dictionary(uniqueKeysWithValues: try items.map { try User(item: $0) }.map { ($0.id, $0) })
    }

    package func find(phoneHash: String, organization: String) async throws -> User? {
        try await find(kind: "phone", hash: phoneHash, organization: organization)
    }

    package func find(emailHash: String, organization: String) async throws -> User? {
        try await find(kind: "email", hash: emailHash, organization: organization)
    }

    private func find(kind: String, hash: String, organization: String) async throws -> User? {
        guard let item = try await store.get(Keys.unique(organization, kind: kind, hash: hash)) else { return nil }
        return try await get(try ItemReader(item, entity: "unique").text("owner_id"), organization: organization)
    }

    /// A new user with preferences, all or nothing.
    ///
    /// - Throws: a ``PlatformError`` with 409 that names the field if the phone number or the address is taken.
    package func create(_ user: User, preferences: Preferences) async throws {
        do {
            try await store.transact(Self.insertOperations(user, preferences: preferences))
        } catch let failure as ConditionFailed {
            throw Self.conflict(taken: failure.operations)
        }
    }

    static func conflict(taken operations: [Int]) -> PlatformError {
        var fields: [String: [String]] = [:]
        if operations.contains(1) { fields["phone_number"] = ["This phone number is registered already"] }
        if operations.contains(4) { fields["email"] = ["This email address is registered already"] }
        if fields.isEmpty { fields["id"] = ["This user exists already"] }
        return PlatformError(.conflict, "There is such a user already", fields: fields)
    }

    /// In this order: user, phone, preferences, count, and the address if there is one.
    static func insertOperations(_ user: User, preferences: Preferences) -> [WriteOperation] {
        var operations: [WriteOperation] = [
            .insert(user.item), claim("phone", user.phoneHash, of: user), .insert(preferences.item),
            Counters.add(1, to: Counters.users(state: user.listState), organization: user.organizationID),
        ]
        if let hash = user.emailHash { operations.append(claim("email", hash, of: user)) }
        return operations
    }

    private static func claim(_ kind: String, _ hash: String, of user: User) -> WriteOperation {
        var writer = ItemWriter(entity: "unique", key: Keys.unique(user.organizationID, kind: kind, hash: hash))
        writer.set("kind", kind)
        writer.set("owner_id", user.id)
        return .insert(writer.item)
    }

    /// Writes a changed user, if nobody else has written it since `previous` was read.
    ///
    /// - Parameter others: operations that belong to the change, as an approval.
    /// - Returns: what was written: the new version and time.
    /// - Throws: a ``PlatformError`` with 409 if a changed phone number or address is taken; ``ConditionFailed`` if the user
    ///   changed in the meantime or one of `others` does not hold.
    @discardableResult
    package func save(_ user: User, replacing previous: User, with others: [WriteOperation] = []) async throws -> User {
        var user = user
        user.version = previous.version + 1
        user.updatedAt = store.time.now
        var claims: [WriteOperation] = []
        var rest = others
        for (kind, old, new) in [
            ("phone", Optional(previous.phoneHash), Optional(user.phoneHash)), ("email", previous.emailHash, user.emailHash),
        ]
        where old != new {
            if let new { claims.append(Self.claim(kind, new, of: user)) }
            if let old { rest.append(WriteOperation(.delete(Keys.unique(user.organizationID, kind: kind, hash: old)))) }
        }
        if user.listState != previous.listState {
            rest.append(Counters.add(-1, to: Counters.users(state: previous.listState), organization: user.organizationID))
            rest.append(Counters.add(1, to: Counters.users(state: user.listState), organization: user.organizationID))
        }
        let put = WriteOperation(
            .put(user.item), if: "version = :version", values: [":version": .number(String(previous.version))])
        do {
            try await store.transact([put] + claims + rest)
        } catch let failure as ConditionFailed
            where !claims.isEmpty && failure.operations.contains(where: (1...claims.count).contains)
        {
            throw PlatformError(
                .conflict, "There is such a user already", fields: ["email": ["This email address is registered already"]])
        }
        return user
    }

    /// The users of one state (``User/listState``), by the time of their registration.
    package func list(state: String, organization: String, page: PageRequest) async throws -> Page<User> {
        async let total = store.count(Counters.users(state: state), organization: organization)
        let part = try await store.page(PartitionQuery(Keys.users(organization, state: state), index: .gsi1), page)
        return Page(elements: try part.items.map { try User(item: $0) }, next: part.next, total: try await total)
    }

    /// Approves a pending user: the state, and who did it, when and why.
    package func approve(_ user: User, by approver: String, notes: String?) async throws -> User {
        var approved = user
        approved.status = .approved
        approved.approvedAt = store.time.now
        var writer = ItemWriter(
            entity: "approval", key: Keys.approval(user.organizationID, user: user.id, approver: approver))
        writer.set("user_id", user.id)
        writer.set("approved_by", approver)
        writer.set("approved_at", approved.approvedAt)
        writer.set("notes", notes)
        return try await save(approved, replacing: user, with: [.insert(writer.item)])
    }

    /// Two are friends once both have written to each other directly: then each has the conversation among those in which
    /// somebody wrote to them.
    package func areFriends(_ first: String, _ second: String, organization: String) async throws -> Bool {
        let conversation = Identifier.conversation(between: first, and: second)
        let items = try await store.get(
            [first, second].map {
                Keys.conversation(organization, user: $0, conversation: conversation)
            })
        return items.count == 2
    }
}
