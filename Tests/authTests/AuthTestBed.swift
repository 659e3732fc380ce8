import AWSClients
import Blueprints
import Foundation
import LambdaEvents
import LambdaRuntime
import RoostCryptography
import RoostTesting
import Synchronization
import Testing

@testable import Platform
@testable import auth

/// The handler over the real store in process, with a school in it and a phone network that only takes notes.
struct AuthTestBed {
    let cloud: InProcessCloud
    let handler: AuthHandler
    let phones = Phones()
    let store: PlatformStore

    init() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 1_772_366_400))
        try await PlatformTables.create(in: cloud.dynamoDB, entities: "entities", ephemeral: "ephemeral")
        self.cloud = cloud
        store = PlatformStore(
            client: cloud.dynamoDB, entitiesTable: "entities", ephemeralTable: "ephemeral", time: TimeSource { cloud.now })
        handler = try AuthHandler(
            services: AuthServices(
                store: store, vault: try ContactVault(secret: String(repeating: "d", count: 64)),
                signer: try AccessTokenSigner(secret: String(repeating: "t", count: 64)), sns: SNSClient(transport: phones),
                directory: OrganizationDirectory(store: store, blueprints: BlueprintCatalogue.all),
                defaultOrganization: "lincoln-high"))
        _ = try await run([
            "command": "create-organization", "name": "Lincoln High",
            "admin": ["full_name": "Grace Hopper", "phone_number": "+41790000000"],
        ])
        try await setPassword("a password of Grace's", of: "+41790000000")
    }

    /// Gives somebody a password whose hash is cheap: the cost is scrypt's own test's business.
    func setPassword(_ password: String, of phone: String) async throws {
        let users = UserRepository(store: store)
        let vault = try ContactVault(secret: String(repeating: "d", count: 64))
        let hash = vault.hash(try #require(PhoneNumber(phone)), organization: "lincoln-high")
        let user = try #require(try await users.find(phoneHash: hash, organization: "lincoln-high"))
        var changed = user
        changed.passwordHash = try Scrypt.hash(password, parameters: .init(logCost: 4, blockSize: 8, parallelization: 1))
        try await users.save(changed, replacing: user)
    }

    func run(_ command: JSONValue) async throws -> JSONValue {
        guard case .command(let answer) = try await handler.handle(.command(command), context: .test()) else {
            throw CocoaError(.coderInvalidValue)
        }
        return answer
    }

    /// One HTTP request; a token goes through the authorizer first, as the gateway does it.
    func call(
        _ method: String, _ path: String, _ body: JSONValue? = nil, token: String? = nil, address: String = "203.0.113.7"
    ) async throws -> (status: Int, body: JSONValue) {
        var context = HTTPAPIRequestContext(
            http: .init(method: method, path: path, sourceIp: address), requestId: "r", time: "", timeEpoch: 0)
        if let token { context.authorizer = .init(lambda: try await authorize(token)) }
        let request = HTTPAPIRequest(
            rawPath: path, headers: body == nil ? [:] : ["content-type": "application/json"], requestContext: context,
            body: body.map(JSONText.text))
        guard case .response(let response) = try await handler.handle(.request(request), context: .test()) else {
            throw CocoaError(.coderInvalidValue)
        }
        let data = Data((response.body ?? "").utf8)
        return (response.statusCode, try JSONDecoder().decode(JSONValue.self, from: data))
    }

    /// The context that the HTTP API gets for a token; nil if it is denied.
    func authorize(_ token: String) async throws -> [String: JSONValue]? {
        let request = HTTPAPIAuthorizerRequest(
            routeArn: "arn", routeKey: "GET /", rawPath: "/", headers: ["authorization": "Bearer \(token)"],
            requestContext: .init(http: .init(method: "GET", path: "/"), requestId: "r", time: "", timeEpoch: 0))
        guard case .httpAuthorizer(let answer) = try await handler.handle(.httpAuthorizer(request), context: .test()) else {
            return nil
        }
        return answer.isAuthorized ? answer.context : nil
    }

    func login(_ phone: String, password: String) async throws -> JSONValue {
        try await call("POST", "/auth/login", ["phone_number": .string(phone), "password": .string(password)]).body["data"]
            ?? .null
    }

    func user(_ id: String?) async throws -> User? {
        try await UserRepository(store: store).get(id ?? "", organization: "lincoln-high")
    }
}

/// Takes SNS's Publish and answers as its API reference shows; `isDown` makes it fail.
final class Phones: AWSTransport {
    private let state = Mutex<(texts: [(phone: String, text: String)], isDown: Bool)>(([], false))

    var isDown: Bool {
        get { state.withLock { $0.isDown } }
        set { state.withLock { $0.isDown = newValue } }
    }

    /// The six digits in the newest SMS to a number.
    func code(to phone: String) throws -> String {
        let text = try #require(state.withLock { $0.texts.last { $0.phone == phone }?.text })
        return try #require(text.split { !$0.isNumber }.map(String.init).first { $0.count == 6 })
    }

    func count(to phone: String) -> Int { state.withLock { $0.texts.filter { $0.phone == phone }.count } }

    func send(_ request: AWSRequest) async throws -> AWSResponse {
        if isDown {
            let fault =
                "<ErrorResponse><Error><Type>Sender</Type><Code>OptedOut</Code><Message>no</Message></Error></ErrorResponse>"
            return AWSResponse(status: 400, body: Data(fault.utf8))
        }
        var components = URLComponents()
        components.percentEncodedQuery = String(decoding: request.body, as: UTF8.self).replacing("+", with: "%20")
        let form = Dictionary((components.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { _, last in last }
        state.withLock { $0.texts.append((form["PhoneNumber"] ?? "", form["Message"] ?? "")) }
        let answer = """
            <PublishResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>\
            <MessageId>567910cd-659e-55d4-8ccb-5aaf14679dc0</MessageId></PublishResult><ResponseMetadata>\
            <RequestId>d74b8436-ae13-5ab4-a9ff-ce54dfea72a0</RequestId></ResponseMetadata></PublishResponse>
            """
        return AWSResponse(status: 200, headers: [("Content-Type", "text/xml")], body: Data(answer.utf8))
    }
}
