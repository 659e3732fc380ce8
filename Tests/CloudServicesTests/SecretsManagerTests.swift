import CloudServices
import EmulatorClock
import Foundation
import Testing

@Suite("Secrets Manager")
struct SecretsManagerTests {
    private let arn = "arn:aws:secretsmanager:us-east-1:000000000000:secret:roost/token-abc123"

    private func generated(_ change: (inout SecretGeneration) -> Void = { _ in }) -> SecretDefinition {
        var generation = SecretGeneration()
        change(&generation)
        return SecretDefinition(name: "roost/token", arn: arn, value: .generated(generation))
    }

    @Test("a secret is found by name, by ARN and by ARN without its suffix")
    func find() async throws {
        let bench = try await ServiceBench()
        try bench.secrets.ensure([SecretDefinition(name: "roost/token", arn: arn, value: .text("s3cret"))])
        for id in ["roost/token", arn, String(arn.dropLast(7))] {
            let reply = await bench.call("secretsmanager.GetSecretValue", "{\"SecretId\":\"\(id)\"}")
            let json = try reply.json
            #expect(json["SecretString"] as? String == "s3cret")
            #expect(json["ARN"] as? String == arn)
            #expect(json["VersionStages"] as? [String] == ["AWSCURRENT"])
            #expect(json["CreatedDate"] as? Double == 1_700_000_000)
        }
    }

    @Test("a generated secret is made once, has the kinds of characters that were asked for, and survives a restart")
    func generation() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("roost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let definition = generated {
            $0.length = 64
            $0.excludePunctuation = true
        }
        var values: Set<String> = []
        for _ in 1...2 {
            let store = try SecretStore(location: .directory(directory), clock: ManualClock())
            try store.ensure([definition])
            values.insert(try #require(try store.currentValue(of: "roost/token")))
        }
        let value = try #require(values.first)
        #expect(values.count == 1)
        #expect(value.count == 64)
        #expect(value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
        #expect(value.contains(where: \.isUppercase) && value.contains(where: \.isLowercase) && value.contains(where: \.isNumber))
    }

    @Test("a template gets the generated value under its key")
    func template() throws {
        let store = try SecretStore(location: .inMemory, clock: ManualClock())
        try store.ensure([
            generated {
                $0.template = "{\"user\":\"me\"}"
                $0.key = "password"
            }
        ])
        let value = try #require(try store.currentValue(of: "roost/token"))
        let object = try JSONDecoder().decode([String: String].self, from: Data(value.utf8))
        #expect(object["user"] == "me")
        #expect(object["password"]?.count == 32)
    }

    @Test("a new value becomes current, and the one before stays as previous")
    func put() async throws {
        let bench = try await ServiceBench()
        let made = await bench.call(
            "secretsmanager.CreateSecret", "{\"Name\":\"a\",\"SecretString\":\"1\",\"ClientRequestToken\":\"t-1\"}")
        #expect(try made.json["VersionId"] as? String == "t-1")
        _ = await bench.call("secretsmanager.PutSecretValue", "{\"SecretId\":\"a\",\"SecretString\":\"2\"}")
        let previous = await bench.call(
            "secretsmanager.GetSecretValue", "{\"SecretId\":\"a\",\"VersionStage\":\"AWSPREVIOUS\"}")
        #expect(try previous.json["SecretString"] as? String == "1")
        let current = await bench.call("secretsmanager.GetSecretValue", "{\"SecretId\":\"a\"}")
        #expect(try current.json["SecretString"] as? String == "2")
        let again = await bench.call("secretsmanager.CreateSecret", "{\"Name\":\"a\",\"SecretString\":\"1\"}")
        #expect(try again.json["__type"] as? String == "ResourceExistsException")
    }

    @Test("what is not there and what is not built are refused")
    func refused() async throws {
        let bench = try await ServiceBench()
        let missing = await bench.call("secretsmanager.GetSecretValue", "{\"SecretId\":\"none\"}")
        #expect(
            missing.text
                == "{\"Message\":\"Secrets Manager can't find the specified secret.\",\"__type\":\"ResourceNotFoundException\"}")
        let unbuilt = await bench.call("secretsmanager.RotateSecret", "{\"SecretId\":\"none\"}")
        #expect(unbuilt.text.contains("The operation RotateSecret of Secrets Manager is not supported by the emulator."))
    }
}
