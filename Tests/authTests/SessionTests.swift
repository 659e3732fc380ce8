import Foundation
import LambdaEvents
import LambdaRuntime
import Testing

@testable import Platform
@testable import auth

@Suite struct SessionTests {
    private func graceLogsIn(_ bed: AuthTestBed) async throws -> (access: String, refresh: String) {
        let data = try await bed.login("+41790000000", password: "a password of Grace's")
        return (try #require(data["access_token"]?.stringValue), try #require(data["refresh_token"]?.stringValue))
    }

    @Test("the authorizer's context is what the other functions read")
    func context() async throws {
        let bed = try await AuthTestBed()
        let token = try await graceLogsIn(bed).access
        let context = try #require(try await bed.authorize(token))
        let caller = try Caller(authorizer: context)
        #expect(caller.organizationID == "lincoln-high" && caller.role == "admin" && caller.name == "Grace Hopper")
        #expect(context["expires_at"] == .string(String(Int(bed.cloud.now.timeIntervalSince1970) + 900)))
        #expect(context.values.allSatisfy { $0.stringValue != nil })
    }

    @Test("an expired, altered or foreign token, and one of a session that is over, is nobody's")
    func badTokens() async throws {
        let bed = try await AuthTestBed()
        let token = try await graceLogsIn(bed).access
        for bad in ["", "x", token + "x", String(token.dropLast()) + (token.hasSuffix("A") ? "B" : "A")] {
            await #expect(throws: Unauthorized.self) { try await bed.authorize(bad) }
        }
        #expect(try await bed.call("POST", "/auth/logout", token: token).body["data"]?["ended"] == true)
        await #expect(throws: Unauthorized.self) { try await bed.authorize(token) }
        let next = try await graceLogsIn(bed).access
        bed.cloud.advanceTime(bySeconds: 900)
        await #expect(throws: Unauthorized.self) { try await bed.authorize(next) }
        #expect(Unauthorized().errorMessage == "Unauthorized")
    }

    @Test("a suspended user is known, but denied, and cannot refresh")
    func suspended() async throws {
        let bed = try await AuthTestBed()
        let tokens = try await graceLogsIn(bed)
        let users = UserRepository(store: bed.store)
        let refresh = try #require(RefreshToken(tokens.refresh))
        let grace = try #require(try await bed.user(refresh.userID))
        var suspended = grace
        suspended.status = .suspended
        try await users.save(suspended, replacing: grace)
        #expect(try await bed.authorize(tokens.access) == nil)
        let answer = try await bed.call("POST", "/auth/refresh-token", ["refresh_token": .string(tokens.refresh)])
        #expect(answer.status == 401)
        let login = try await bed.call(
            "POST", "/auth/login", ["phone_number": "+41790000000", "password": "a password of Grace's"])
        #expect(login.status == 403 && login.body["error"]?["code"] == "SUSPENDED")
    }

    @Test("a refresh gives new tokens, and its token a second time ends the session")
    func refresh() async throws {
        let bed = try await AuthTestBed()
        let first = try await graceLogsIn(bed)
        bed.cloud.advanceTime(bySeconds: 1000)
        let second = try await bed.call("POST", "/auth/refresh-token", ["refresh_token": .string(first.refresh)])
        let access = try #require(second.body["data"]?["access_token"]?.stringValue)
        #expect(try await bed.authorize(access) != nil)
        let again = try await bed.call("POST", "/auth/refresh-token", ["refresh_token": .string(first.refresh)])
        #expect(again.status == 401)
        await #expect(throws: Unauthorized.self) { try await bed.authorize(access) }
    }

    @Test("the end of a session takes its sockets along, and no others", arguments: [true, false])
    func sockets(byLogout: Bool) async throws {
        let bed = try await AuthTestBed()
        let tokens = try await graceLogsIn(bed)
        let session = try #require(RefreshToken(tokens.refresh))
        let connections = ConnectionRepository(store: bed.store)
        for (id, sessionID) in [("phone", session.sessionID), ("laptop", "another")] {
            try await connections.add(
                Connection(connectionID: id, userID: session.userID, sessionID: sessionID, connectedAt: bed.cloud.now),
                organization: "lincoln-high")
        }
        if byLogout {
            #expect(try await bed.call("POST", "/auth/logout", token: tokens.access).status == 200)
        } else {
            let body: JSONValue = ["refresh_token": .string(tokens.refresh)]
            #expect(try await bed.call("POST", "/auth/refresh-token", body).status == 200)
            #expect(try await bed.call("POST", "/auth/refresh-token", body).status == 401)
        }
        let presence = try await connections.presence(user: session.userID, organization: "lincoln-high")
        #expect(presence?.connections == ["laptop"])
        #expect(try await connections.list(user: session.userID, organization: "lincoln-high").map(\.connectionID) == ["laptop"])
    }

    @Test("a login by code takes the code once; twenty tries an hour are the most")
    func code() async throws {
        let bed = try await AuthTestBed()
        #expect(try await bed.call("POST", "/auth/login", ["phone_number": "+41790000000"]).status == 202)
        let code = try bed.phones.code(to: "+41790000000")
        let body: JSONValue = ["phone_number": "+41790000000", "code": .string(code)]
        #expect(try await bed.call("POST", "/auth/login", body).status == 200)
        for _ in 2...20 { #expect(try await bed.call("POST", "/auth/login", body).status == 401) }
        #expect(try await bed.call("POST", "/auth/login", body).status == 429)
    }

    @Test("a socket's token comes in a header, in the query, or as a browser's subprotocol")
    func socketTokens() async throws {
        let bed = try await AuthTestBed()
        let token = try await graceLogsIn(bed).access
        func request(_ headers: [String: String] = [:], query: [String: String]? = nil) throws -> WebSocketAuthorizerRequest {
            var event: [String: Any] = [
                "type": "REQUEST", "methodArn": "arn:aws:execute-api:us-east-1:123456789012:api/v1/$connect", "headers": headers,
                "requestContext": [
                    "routeKey": "$connect", "eventType": "CONNECT", "connectionId": "c", "apiId": "api", "domainName": "d",
                    "stage": "v1",
                    "requestId": "r", "extendedRequestId": "r", "messageDirection": "IN", "connectedAt": 0, "requestTime": "t",
                    "requestTimeEpoch": 0, "identity": ["sourceIp": "203.0.113.7"],
                ],
            ]
            event["queryStringParameters"] = query
            return try JSONDecoder().decode(
                WebSocketAuthorizerRequest.self, from: try JSONSerialization.data(withJSONObject: event))
        }
        for good in [
            try request(["Authorization": "Bearer \(token)"]), try request(query: ["token": token]),
            try request(["Sec-WebSocket-Protocol": "roost.bearer, \(token)"]),
        ] {
            guard
                case .webSocketAuthorizer(let policy) = try await bed.handler.handle(.webSocketAuthorizer(good), context: .test())
            else {
                Issue.record("no policy")
                return
            }
            #expect(policy.policyDocument.statement[0].effect == .allow)
            #expect(policy.policyDocument.statement[0].resource == [good.methodArn])
            #expect(policy.context?["organization_id"] == "lincoln-high")
        }
        for bad in [
            try request(), try request(["Sec-WebSocket-Protocol": token]), try request(["Authorization": "Basic \(token)"]),
        ] {
            await #expect(throws: Unauthorized.self) {
                try await bed.handler.handle(.webSocketAuthorizer(bad), context: .test())
            }
        }
    }
}

@Suite struct OperatorCommandTests {
    @Test("an organization is created once, with its admin")
    func organization() async throws {
        let bed = try await AuthTestBed()
        let command: JSONValue = [
            "command": "create-organization", "name": "Lincoln High",
            "admin": ["full_name": "Grace Hopper", "phone_number": "+41790000000"],
        ]
        let again = try await bed.run(command)
        #expect(again["created"] == false && again["organization"]?["id"] == "lincoln-high" && again["admin"]?["role"] == "admin")
        for (wrong, word) in [
            (
                ["command": "create-organization", "name": "学校", "admin": ["full_name": "G", "phone_number": "+41790000000"]],
                "id"
            ),
            (["command": "create-organization", "name": "X", "blueprint": "bookbag", "admin": [:]], "blueprint"),
            (["command": "create-organization", "name": "X", "admin": ["full_name": "G"]], "admin.phone_number"),
            (["command": "drop-organization"], "command"), (["command": 7], "command"),
        ] as [(JSONValue, String)] {
            let error = try await #require(throws: PlatformError.self) { try await bed.run(wrong) }
            #expect(error.fields[word] != nil && error.errorMessage.contains(word))
        }
        let other: JSONValue = [
            "command": "create-organization", "name": "LINCOLN-HIGH",
            "admin": ["full_name": "G", "phone_number": "+41790000009"],
        ]
        #expect(try await #require(throws: PlatformError.self) { try await bed.run(other) }.code == .conflict)
    }

    @Test("somebody is brought in once, with the role and the id that they had")
    func user() async throws {
        let bed = try await AuthTestBed()
        let id = "01990000-0000-7000-8000-000000000002"
        let command: JSONValue = [
            "command": "create-user", "organization": "lincoln-high",
            "user": ["id": .string(id), "full_name": "Ada", "phone_number": "+41790000001", "role": "moderator"],
        ]
        #expect(try await bed.run(command)["created"] == true)
        #expect(try await bed.run(command)["created"] == false)
        let user = try #require(try await bed.user(id))
        #expect(user.role == "moderator" && user.status == .active && user.phoneVerified)
        let nowhere: JSONValue = ["command": "create-user", "organization": "nowhere", "user": [:]]
        #expect(try await #require(throws: PlatformError.self) { try await bed.run(nowhere) }.code == .notFound)
    }
}
