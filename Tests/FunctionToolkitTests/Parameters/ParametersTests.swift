import AWSClients
import Foundation
import FunctionToolkit
import RoostTesting
import Testing

struct ParametersTests {
    private func parameters(_ service: StubService) -> Parameters {
        Parameters(
            client: SSMClient(transport: service), cache: CachePolicy(maximumAge: .seconds(60), now: { service.now }))
    }

    private static func parameter(_ value: String) -> String {
        #"{"Parameter":{"Name":"n","Type":"String","Value":"\#(value)"}}"#
    }

    @Test("a parameter is kept for its time, apart for each version and for its cipher text")
    func caching() async throws {
        let service = StubService(json: { _, count in Self.parameter("\(count)") })
        let parameters = parameters(service)
        for _ in 0..<2 {
            #expect(try await parameters.text("/a") == "1")
            #expect(try await parameters.text("/a:3") == "2")
            #expect(try await parameters.text("/a", decrypts: false) == "3")
        }
        let bodies = service.requests.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies[0].contains(#""WithDecryption":true"#) && bodies[2].contains(#""WithDecryption":false"#))
        service.advance(60)
        #expect(try await parameters.text("/a") == "4")
        await parameters.invalidate()
        #expect(try await parameters.text("/a") == "5")
    }

    @Test("as JSON and as bytes; what is neither is told")
    func transforms() async throws {
        let json = parameters(StubService(json: { _, _ in Self.parameter(#"{\"limit\":[1,2]}"#) }))
        #expect(try await json.json([String: [Int]].self, "/a") == ["limit": [1, 2]])
        let error = await #expect(throws: ParameterError.self) { try await json.json([String: [String]].self, "/a") }
        #expect(error == .notJSON(name: "/a", reason: "limit.0"))
        let notBytes = await #expect(throws: ParameterError.self) { try await json.bytes("/a") }
        #expect(notBytes == .notBase64(name: "/a"))
        #expect(try await parameters(StubService(json: { _, _ in Self.parameter("AP8=") })).bytes("/a") == Data([0, 255]))
    }

    @Test("all pages under a path, by names without it")
    func path() async throws {
        let service = StubService(json: { request, _ in
            String(decoding: request.body, as: UTF8.self).contains("NextToken")
                ? #"{"Parameters":[{"Name":"/shop/prod/db/user","Type":"String","Value":"u"}]}"#
                : #"{"Parameters":[{"Name":"/shop/prod/limit","Type":"String","Value":"5"}],"NextToken":"t"}"#
        })
        let parameters = parameters(service)
        for _ in 0..<2 {
            #expect(try await parameters.texts(under: "/shop/prod", recursive: true) == ["limit": "5", "db/user": "u"])
        }
        #expect(service.requests.count == 2)
        #expect(try await parameters.texts(under: "/shop/prod/", recursive: true) == ["limit": "5", "db/user": "u"])
    }

    @Test("the emulator refuses Parameter Store and AppConfig by name")
    func emulator() async throws {
        let cloud = try InProcessCloud()
        let error = await #expect(throws: AWSServiceError.self) {
            try await Parameters(client: SSMClient(transport: cloud.transport)).text("/a")
        }
        #expect(error?.message == "AmazonSSM.GetParameter is not supported by the emulator.")
        let configuration = AppConfiguration(
            client: AppConfigDataClient(transport: cloud.transport), application: "a", environment: "e", profile: "p")
        let refusal = await #expect(throws: AWSServiceError.self) { try await configuration.data() }
        #expect(refusal?.message == "POST /configurationsessions is not supported by the emulator.")
    }
}
