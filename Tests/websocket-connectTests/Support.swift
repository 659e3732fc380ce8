import AWSClients
import FunctionTestSupport
import LambdaEvents
import LambdaRuntime
import Platform

@testable import websocket_connect

extension TestCloud {
    func handle(_ request: WebSocketRequest) async throws -> WebSocketResponse {
        try await WebSocketHandler(store: handlerStore, connections: connections).handle(request, context: .test())
    }

    /// Sends a frame and gives what the handler answered, with the frames that went out meanwhile.
    func say(_ text: String, as person: Int, on connection: String = "own") async throws -> (WebSocketResponse, [TestWire.Call]) {
        let before = wire.pushes.count
        let answer = try await handle(.message(person, connection, text))
        return (answer, Array(wire.pushes.dropFirst(before)))
    }

    func presence(_ number: Int) async throws -> Presence? {
        try await ConnectionRepository(store: store).presence(user: Self.person(number), organization: Self.organization)
    }
}

extension WebSocketRequest {
    static func connect(_ person: Int, _ connection: String, headers: [String: String]? = nil) -> Self {
        .init(requestContext: context("$connect", .connect, person, connection), headers: headers)
    }

    static func disconnect(_ person: Int, _ connection: String) -> Self {
        .init(requestContext: context("$disconnect", .disconnect, person, connection))
    }

    static func message(_ person: Int, _ connection: String, _ body: String) -> Self {
        .init(requestContext: context("$default", .message, person, connection), body: body)
    }

    private static func context(
        _ route: String, _ type: WebSocketRequestContext.EventType, _ person: Int, _ connection: String
    ) -> WebSocketRequestContext {
        .init(
            routeKey: route, eventType: type, connectionId: connection, requestId: "R1knPH17NjMFftw=",
            connectedAt: 1_772_359_200_000, requestTime: "01/Mar/2026:10:00:00 +0000", requestTimeEpoch: 1_772_359_200_000,
            authorizer: [
                "principalId": .string(TestCloud.person(person)), "organization_id": .string(TestCloud.organization),
                "user_id": .string(TestCloud.person(person)), "session_id": .string(TestCloud.session(person)), "role": "member",
                "name": "Person",
                "status": "active", "expires_at": "1772360100",
            ])
    }
}
