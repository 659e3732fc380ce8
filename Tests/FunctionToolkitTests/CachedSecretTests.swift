import AWSClients
import Foundation
import FunctionToolkit
import Synchronization
import Testing

struct CachedSecretTests {
    /// Answers each read with the number of that read, or fails it.
    private final class Secrets: AWSTransport {
        let reads = Mutex(0)
        let failing = Mutex<Set<Int>>([])
        let time = Mutex(Date(timeIntervalSince1970: 1000))

        func send(_ request: AWSRequest) async throws -> AWSResponse {
            let read = reads.withLock { reads in
                reads += 1
                return reads
            }
            if failing.withLock({ $0.contains(read) }) {
                return AWSResponse(status: 400, body: Data(#"{"__type":"ResourceNotFoundException"}"#.utf8))
            }
            return AWSResponse(status: 200, body: Data(#"{"ARN":"a","Name":"n","SecretString":"\#(read)"}"#.utf8))
        }

        func advance(_ seconds: Double) { time.withLock { $0 += seconds } }

        func secret() -> CachedSecret {
            CachedSecret(
                "n", client: SecretsManagerClient(transport: self), timeLimit: .seconds(60), now: { self.time.withLock { $0 } })
        }
    }

    @Test("it is read again when its time is up, and not before")
    func timeLimit() async throws {
        let secrets = Secrets()
        let secret = secrets.secret()
        #expect(try await secret.text() == "1")
        secrets.advance(59.9)
        #expect(try await secret.text() == "1")
        secrets.advance(0.1)
        #expect(try await secret.text() == "2")
        secrets.advance(-3600)
        #expect(try await secret.text() == "3")
    }

    @Test("a failed read is thrown and not kept")
    func failure() async throws {
        let secrets = Secrets()
        secrets.failing.withLock { $0 = [1] }
        let secret = secrets.secret()
        let error = await #expect(throws: AWSServiceError.self) { try await secret.text() }
        #expect(error?.code == "ResourceNotFoundException")
        #expect(try await secret.text() == "2")
    }

    @Test("callers at the same time share one read")
    func sharing() async throws {
        let secrets = Secrets()
        let secret = secrets.secret()
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<20 { group.addTask { try await secret.text() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(texts == ["1"] && secrets.reads.withLock { $0 } == 1)
    }

    @Test("what was invalidated is read anew")
    func invalidation() async throws {
        let secret = Secrets().secret()
        #expect(try await secret.text() == "1")
        await secret.invalidate()
        #expect(try await secret.text() == "2")
    }

    @Test("a binary secret is no text")
    func binary() async {
        struct Binary: AWSTransport {
            func send(_ request: AWSRequest) async throws -> AWSResponse {
                AWSResponse(status: 200, body: Data(#"{"ARN":"a","Name":"n","SecretBinary":"AA=="}"#.utf8))
            }
        }
        let secret = CachedSecret("n", client: SecretsManagerClient(transport: Binary()))
        await #expect(throws: CachedSecretError.notText(secretID: "n")) { try await secret.text() }
    }
}
