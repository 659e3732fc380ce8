import AWSClients
import Foundation
import Testing

@Suite("@connections by its wire texts")
struct ConnectionsClientTests {
    private func client(_ transport: ScriptedTransport) -> ConnectionsClient {
        ConnectionsClient(transport: transport, endpoint: "https://id.execute-api.r.amazonaws.com/prod", retry: .immediate)
    }

    @Test("POST, GET and DELETE of an id that needs encoding")
    func operations() async throws {
        let transport = ScriptedTransport(
            .json(""),
            .json(
                #"{"connectedAt":"2023-11-14T22:13:20Z","identity":{"sourceIp":"1.2.3.4","userAgent":"u"},"lastActiveAt":"2023-11-14T22:13:20.500Z"}"#
            ),
            .json("", status: 204))
        let client = client(transport)
        try await client.post(Data("hi".utf8), to: "L0SM9c/=")
        let connection = try await client.get("L0SM9c/=")
        try await client.delete("L0SM9c/=")
        #expect(connection.connectedAt == Date(timeIntervalSince1970: 1_700_000_000))
        #expect(connection.lastActiveAt == Date(timeIntervalSince1970: 1_700_000_000.5))
        #expect(connection.sourceIp == "1.2.3.4" && connection.userAgent == "u")
        #expect(transport.requests.map(\.method) == ["POST", "GET", "DELETE"])
        #expect(Set(transport.requests.map(\.path)) == ["/@connections/L0SM9c%2F%3D"])
        #expect(Set(transport.requests.map(\.baseURL)) == ["https://id.execute-api.r.amazonaws.com/prod"])
        #expect(transport.requests.map(\.bodyText) == ["hi", "", ""])
    }

    @Test("410 is a connection that has gone")
    func gone() async throws {
        let transport = ScriptedTransport(.json("{}", status: 410, headers: [("x-amzn-ErrorType", "GoneException")]))
        await #expect(throws: ConnectionError.gone(connectionID: "c")) { try await client(transport).post(Data(), to: "c") }
    }

    @Test("other refusals keep their names, and a full buffer is tried again")
    func refusals() async throws {
        let transport = ScriptedTransport(
            .json("{}", status: 429, headers: [("x-amzn-ErrorType", "LimitExceededException")]),
            .json(#"{"message":"too long"}"#, status: 413, headers: [("x-amzn-ErrorType", "PayloadTooLargeException")]))
        let error = await #expect(throws: AWSServiceError.self) { try await client(transport).post(Data([1]), to: "c") }
        #expect(error?.code == "PayloadTooLargeException" && error?.operation == "PostToConnection")
        #expect(transport.requests.count == 2)
    }
}
