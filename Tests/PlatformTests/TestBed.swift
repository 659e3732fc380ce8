import AWSClients
import Foundation
import LambdaEvents
import RoostTesting

@testable import Platform

/// The platform's two tables in memory, with a school in them.
struct TestBed {
    let cloud: InProcessCloud
    let store: PlatformStore
    let vault: ContactVault
    let organization = "lincoln-high"

    init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_772_366_400))
        try await PlatformTables.create(in: cloud.dynamoDB, entities: "entities", ephemeral: "ephemeral")
        self.cloud = cloud
        store = PlatformStore(
            client: cloud.dynamoDB, entitiesTable: "entities", ephemeralTable: "ephemeral", time: TimeSource { cloud.now })
        vault = try ContactVault(secret: String(repeating: "s", count: 64))
    }

    /// A user who is in the store.
    func user(_ number: Int, name: String = "Ada", status: UserStatus = .active, role: String = "member") async throws -> User {
        let user = try draft(number, name: name, status: status, role: role)
        try await UserRepository(store: store).create(
            user, preferences: Preferences(organizationID: organization, userID: user.id, at: cloud.now))
        return user
    }

    /// A user who is not.
    func draft(_ number: Int, name: String = "Ada", status: UserStatus = .active, role: String = "member") throws -> User {
        let digits = String(repeating: "0", count: 8 - String(number).count) + String(number)
        var user = User(
            id: "01990000-0000-7000-8000-0000\(digits)", organizationID: organization, fullName: name, status: status, role: role,
            sealedPhone: "", phoneHash: "", phoneVerified: true, createdAt: cloud.now)
        guard let phone = PhoneNumber("+41\(digits)0") else { throw CocoaError(.coderInvalidValue) }
        try vault.setPhone(phone, of: &user)
        return user
    }

    func forum(_ name: String, by user: User, type: ForumType = .public) async throws -> Forum {
        let forum = Forum(
            id: Identifier.new(at: cloud.now), organizationID: organization, name: name, type: type, createdBy: user.id,
            createdAt: cloud.now)
        try await ForumRepository(store: store).create(forum)
        return forum
    }

    /// How many items the tables hold, whatever they are.
    func itemCount(_ table: String = "entities") async throws -> Int {
        try await cloud.dynamoDB.scan(.init(tableName: table)).count
    }

    static let blueprint = Blueprint(
        name: "test", roles: [Role("member", permissions: ["messages:create"]), Role("admin", permissions: ["*:*"])],
        resources: [],
        templates: .empty,
        limits: Limits(
            registrations: RateLimit("r", 5, perSeconds: 3600), smsCodes: RateLimit("s", 3, perSeconds: 3600),
            logins: RateLimit("l", 20, perSeconds: 3600), apiCalls: RateLimit("a", 1000, perSeconds: 3600),
            messages: RateLimit("m", 3, perSeconds: 3600), forumPosts: RateLimit("f", 2, perSeconds: 3600)))
}

func page(_ query: [String: String] = [:], sorts: [String] = ["created_at"], ascending: Bool = false) throws -> PageRequest {
    try PageRequest.schema(sorts: sorts, ascending: ascending).value(ofQuery: query.map { (name: $0.key, value: $0.value) })
}
