import AWSClients
import Foundation
import FunctionToolkit
import RoostTesting
import Testing

struct SecretsTests {
    private let service = StubService(json: { _, count in #"{"ARN":"a","Name":"n","SecretString":"\#(count)"}"# })

    private func secrets(staleOnError: Duration? = nil) -> Secrets {
        Secrets(
            client: SecretsManagerClient(transport: service),
            cache: CachePolicy(maximumAge: .seconds(60), staleOnError: staleOnError, now: { [service] in service.now }))
    }

    @Test("a secret is read again when its time is up, and not before; a clock set back makes it old")
    func timeLimit() async throws {
        let secrets = secrets()
        #expect(try await secrets.text("n") == "1")
        service.advance(59.9)
        #expect(try await secrets.text("n") == "1")
        service.advance(0.1)
        #expect(try await secrets.text("n") == "2")
        service.advance(-3600)
        #expect(try await secrets.text("n") == "3")
        #expect(try await secrets.text("n", maximumAge: .zero) == "4")
        #expect(try await secrets.text("n", stage: "AWSPREVIOUS") == "5")
    }

    @Test("a failed read is thrown and not kept")
    func failure() async throws {
        let secrets = secrets()
        service.fail()
        let error = await #expect(throws: AWSServiceError.self) { try await secrets.text("n") }
        #expect(error?.code == "AccessDeniedException")
        service.fail(false)
        #expect(try await secrets.text("n") == "2")
    }

    @Test("where it is allowed, the value from before bridges a failure for its time, asked for anew every 5 seconds")
    func stale() async throws {
        let secrets = secrets(staleOnError: .seconds(30))
        #expect(try await secrets.text("n") == "1")
        service.fail()
        service.advance(60)
        for _ in 0..<3 { #expect(try await secrets.text("n") == "1") }
        #expect(service.requests.count == 2)
        service.advance(5)
        #expect(try await secrets.text("n") == "1")
        #expect(service.requests.count == 3)
        service.advance(24.9)
        #expect(try await secrets.text("n") == "1")
        service.advance(0.2)
        await #expect(throws: AWSServiceError.self) { try await secrets.text("n") }
        service.fail(false)
        #expect(try await secrets.text("n") == "6")
    }

    @Test("callers at the same time share one read, of each secret")
    func sharing() async throws {
        let secrets = secrets()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await secrets.text("n") } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == ["1"] && service.requests.count == 1)
        _ = try await secrets.text("m")
        #expect(service.requests.count == 2)
    }

    @Test("what was invalidated is read anew")
    func invalidation() async throws {
        let secrets = secrets()
        #expect(try await secrets.text("n") == "1")
        await secrets.invalidate("n")
        #expect(try await secrets.text("n") == "2")
    }

    @Test("a binary secret is no text, a text that is not JSON is told with its name, never its value")
    func forms() async throws {
        let binary = StubService(json: { _, _ in #"{"ARN":"a","Name":"n","SecretBinary":"AA=="}"# })
        let error = await #expect(throws: ParameterError.self) {
            try await Secrets(client: SecretsManagerClient(transport: binary)).text("n")
        }
        #expect(error == .notText(name: "n"))
        let json = StubService(json: { _, _ in #"{"ARN":"a","Name":"n","SecretString":"{\"user\":\"u\",\"port\":\"hunter2\"}"}"# }
        )
        let secrets = Secrets(client: SecretsManagerClient(transport: json))
        #expect(try await secrets.json([String: String].self, "n") == ["user": "u", "port": "hunter2"])
        let shape = await #expect(throws: ParameterError.self) { try await secrets.json([String: Int].self, "n") }
        #expect(shape?.description.contains("hunter2") == false)
        #expect(shape?.description.hasPrefix("n is not the expected JSON: ") == true)
    }

    @Test("the emulator's secrets, and the change that a rotation makes")
    func emulator() async throws {
        let cloud = try InProcessCloud()
        try cloud.makeSecret("db", "first")
        let secrets = Secrets(
            client: SecretsManagerClient(transport: cloud.transport),
            cache: CachePolicy(maximumAge: .seconds(60), now: { cloud.now }))
        #expect(try await secrets.text("db") == "first")
        try cloud.makeSecret("db", "second")
        #expect(try await secrets.text("db") == "first")
        cloud.advanceTime(bySeconds: 60)
        #expect(try await secrets.text("db") == "second")
    }
}
