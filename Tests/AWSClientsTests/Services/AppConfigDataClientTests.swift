import AWSClients
import Foundation
import Testing

struct AppConfigDataClientTests {
    @Test("a session is started, and polled with the token of the answer before")
    func session() async throws {
        let transport = ScriptedTransport(
            .json(#"{"InitialConfigurationToken":"t+1="}"#, status: 201),
            .json(
                #"{"a":1}"#,
                headers: [
                    ("Next-Poll-Configuration-Token", "t2"), ("Next-Poll-Interval-In-Seconds", "60"), ("Version-Label", "v1"),
                    ("Content-Type", "application/json"),
                ]),
            .json("", headers: [("Next-Poll-Configuration-Token", "t3")]))
        let client = AppConfigDataClient(transport: transport)
        let session = try await client.startConfigurationSession(
            .init(applicationIdentifier: "a", environmentIdentifier: "e", configurationProfileIdentifier: "p"))
        let first = try await client.getLatestConfiguration(token: session.initialConfigurationToken)
        #expect(
            first
                == .init(
                    nextPollConfigurationToken: "t2", nextPollIntervalInSeconds: 60, contentType: "application/json",
                    configuration: Data(#"{"a":1}"#.utf8), versionLabel: "v1"))
        #expect(try await client.getLatestConfiguration(token: "t2").configuration.isEmpty)
        let requests = transport.requests
        #expect(requests.map(\.path) == ["/configurationsessions", "/configuration", "/configuration"])
        #expect(requests.map(\.method) == ["POST", "GET", "GET"])
        #expect(requests[1].query.map { "\($0.name)=\($0.value)" } == ["configuration_token=t+1="])
    }

    @Test("a token that is too old is a typed refusal")
    func expired() async {
        let transport = ScriptedTransport(
            .json(#"{"Message":"expired"}"#, status: 400, headers: [("x-amzn-ErrorType", "BadRequestException")]))
        let error = await #expect(throws: AWSServiceError.self) {
            try await AppConfigDataClient(transport: transport).getLatestConfiguration(token: "t")
        }
        #expect(error?.code == "BadRequestException" && error?.operation == "GetLatestConfiguration")
    }
}
