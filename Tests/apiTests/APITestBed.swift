import Blueprints
import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import RoostTesting
import Testing

@testable import Platform
@testable import api

/// The handler over the real store in process, with a school in it.
struct APITestBed {
    let cloud: InProcessCloud
    let handler: APIHandler
    let services: APIServices
    let organization = "lincoln-high"

    init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_772_366_400))
        try await PlatformTables.create(in: cloud.dynamoDB, entities: "entities", ephemeral: "ephemeral")
        self.cloud = cloud
        let store = PlatformStore(
            client: cloud.dynamoDB, entitiesTable: "entities", ephemeralTable: "ephemeral", time: TimeSource { cloud.now })
        services = APIServices(
            store: store, vault: try ContactVault(secret: String(repeating: "d", count: 64)),
            directory: OrganizationDirectory(store: store, blueprints: BlueprintCatalogue.all),
            timeZones: TimeZoneDatabase(environment: [:]))
        handler = try APIHandler(services: services)
        let school = Organization(id: organization, name: "Lincoln High", blueprint: "classmates", createdAt: cloud.now)
        try await store.write(.insert(school.item))
    }

    func user(
        _ name: String, phone: String, email: String? = nil, id: String? = nil, role: String = "member",
        status: UserStatus = .active
    ) async throws -> User {
        var user = User(
            id: id ?? Identifier.new(at: cloud.now), organizationID: organization, fullName: name, status: status, role: role,
            sealedPhone: "", phoneHash: "", phoneVerified: true, createdAt: cloud.now)
        try services.vault.setPhone(try #require(PhoneNumber(phone)), of: &user)
        try services.vault.setEmail(email.flatMap(EmailAddress.init), of: &user)
        try await services.users.create(
            user, preferences: Preferences(organizationID: organization, userID: user.id, at: cloud.now))
        return user
    }

    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, as user: User? = nil, query: [String: String]? = nil
    ) async throws -> (status: Int, body: JSONValue) {
        var context = HTTPAPIRequestContext(
            http: .init(method: method, path: path), requestId: "r", time: "", timeEpoch: 0)
        if let user {
            let caller = Caller(
                organizationID: user.organizationID, userID: user.id, sessionID: user.id, role: user.role, name: user.fullName,
                status: user.status)
            context.authorizer = .init(lambda: caller.authorizerContext(expiresAt: 0))
        }
        return try await answer(
            HTTPAPIRequest(
                rawPath: path, rawQueryString: (query ?? [:]).map { "\($0.key)=\($0.value)" }.joined(separator: "&"),
                headers: body == nil ? [:] : ["content-type": "application/json"], queryStringParameters: query,
                requestContext: context, body: body.map(JSONText.text)))
    }

    func answer(_ request: HTTPAPIRequest) async throws -> (status: Int, body: JSONValue) {
        let response = try await handler.handle(request, context: .test())
        return (response.statusCode, try JSONDecoder().decode(JSONValue.self, from: Data((response.body ?? "").utf8)))
    }
}
