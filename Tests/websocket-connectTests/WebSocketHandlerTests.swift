import AWSClients
import Foundation
import FunctionTestSupport
import LambdaEvents
import LambdaRuntime
import Platform
import Testing

@testable import websocket_connect

@Suite("A socket")
struct SocketLifecycleTests {
    @Test("that opens is kept, puts its user online, and hears which subprotocol was chosen")
    func connect() async throws {
        let cloud = try await TestCloud()
        let answer = try await cloud.handle(
            .connect(1, "c1", headers: ["Sec-WebSocket-Protocol": "roost.bearer, eyJhbGciOiJIUzI1NiJ9.e30.abc"]))
        #expect(answer == WebSocketResponse(statusCode: 200, headers: ["Sec-WebSocket-Protocol": "roost.bearer"]))
        let key = Keys.connection(TestCloud.organization, user: TestCloud.person(1), connection: "c1")
        let item = try #require(try await cloud.item(key, from: .ephemeral))
        #expect(item["pk"] == .string("lincoln-high#user#01990000-0000-7000-8000-a00000000001#connections"))
        #expect(item["session_id"] == .string("01990000-0000-7000-8000-d00000000001"))
        #expect(item["connected_at"] == .string("2026-03-01T10:00:00.000Z"))
        #expect(item["expires_at"] == .number("1772367000"))
        let presence = try #require(try await cloud.presence(1))
        #expect(presence.status == .online && presence.connections == ["c1"])
    }

    @Test("for which no subprotocol, or another one, is offered is told none")
    func noSubprotocol() async throws {
        let cloud = try await TestCloud()
        #expect(try await cloud.handle(.connect(1, "c1")) == WebSocketResponse(statusCode: 200))
        let other = try await cloud.handle(.connect(1, "c2", headers: ["sec-websocket-protocol": "graphql-ws, roost.bearer2"]))
        #expect(other == WebSocketResponse(statusCode: 200))
        #expect(try await cloud.presence(1)?.connections.sorted() == ["c1", "c2"])
    }

    @Test("is refused without an authorizer's context, and to one who is not approved")
    func refusals() async throws {
        let cloud = try await TestCloud()
        var anonymous = WebSocketRequest.connect(1, "c1")
        anonymous.requestContext.authorizer = nil
        #expect(try await cloud.handle(anonymous).statusCode == 401)
        for (status, code) in [("pending", 403), ("suspended", 403), ("unheard-of", 401)] {
            var request = WebSocketRequest.connect(1, "c1")
            request.requestContext.authorizer?["status"] = .string(status)
            #expect(try await cloud.handle(request).statusCode == code)
        }
        #expect(try await cloud.presence(1) == nil)
    }

    @Test("that closes is forgotten; the last one takes its user offline")
    func disconnect() async throws {
        let cloud = try await TestCloud()
        try await cloud.addUser(1)
        _ = try await cloud.handle(.connect(1, "c1"))
        _ = try await cloud.handle(.connect(1, "c2"))
        cloud.cloud.advanceTime(bySeconds: 60)
        #expect(try await cloud.handle(.disconnect(1, "c1")).statusCode == 200)
        #expect(try await cloud.presence(1)?.status == .online)
        cloud.cloud.advanceTime(bySeconds: 60)
        #expect(try await cloud.handle(.disconnect(1, "c2")).statusCode == 200)
        #expect(try await cloud.handle(.disconnect(1, "c2")).statusCode == 200, "a second time changes nothing")
        let presence = try #require(try await cloud.presence(1))
        #expect(presence.status == .offline && presence.connections.isEmpty)
        #expect(presence.lastSeenAt == Date(timeIntervalSince1970: 1_772_359_320))
        let user = try #require(try await cloud.item(Keys.user(TestCloud.organization, TestCloud.person(1))))
        #expect(user["last_seen_at"] == .string("2026-03-01T10:02:00.000Z"))
        #expect(user["version"] == .number("1"))
    }
}
