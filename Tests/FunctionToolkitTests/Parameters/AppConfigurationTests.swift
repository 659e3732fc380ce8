import AWSClients
import Foundation
import FunctionToolkit
import Testing

struct AppConfigurationTests {
    /// Each token is good for one poll; the first poll of a session gives the configuration, later ones nothing.
    private func service(refusing refused: Set<String> = []) -> StubService {
        StubService { request, count in
            if request.path == "/configurationsessions" {
                return AWSResponse(status: 201, body: Data(#"{"InitialConfigurationToken":"start\#(count)"}"#.utf8))
            }
            let token = request.query.first?.value ?? ""
            if refused.contains(token) {
                return AWSResponse(status: 400, headers: [("x-amzn-ErrorType", "BadRequestException")])
            }
            return AWSResponse(
                status: 200, headers: [("Next-Poll-Configuration-Token", "next\(count)")],
                body: token.hasPrefix("start") ? Data(#"{"count":\#(count)}"#.utf8) : Data())
        }
    }

    private func configuration(_ service: StubService) -> AppConfiguration {
        AppConfiguration(
            client: AppConfigDataClient(transport: service), application: "shop", environment: "prod", profile: "features",
            cache: CachePolicy(maximumAge: .seconds(60), now: { service.now }))
    }

    @Test("it is polled when its time is up, with the token of the poll before; nothing new means the same as before")
    func polling() async throws {
        let service = service()
        let configuration = configuration(service)
        for _ in 0..<2 { #expect(try await configuration.json([String: Int].self) == ["count": 2]) }
        #expect(service.requests.count == 2)
        service.advance(60)
        #expect(try await configuration.json([String: Int].self) == ["count": 2])
        let tokens = service.requests.map { $0.query.first?.value }
        #expect(tokens == [nil, "start1", "next2"])
    }

    @Test("a token that is refused begins a new session")
    func newSession() async throws {
        let service = service(refusing: ["next2"])
        let configuration = configuration(service)
        _ = try await configuration.data()
        service.advance(60)
        #expect(try await configuration.json([String: Int].self) == ["count": 5])
        #expect(service.requests.map { $0.query.first?.value } == [nil, "start1", "next2", nil, "start4"])
    }

    @Test("what is no JSON of the shape is told with the configuration's name")
    func shape() async {
        let error = await #expect(throws: ParameterError.self) { try await configuration(service()).json([String].self) }
        #expect(error == .notJSON(name: "shop/prod/features", reason: "the document"))
    }
}
