import AWSClients
import Foundation
import Testing

struct SecretsManagerClientTests {
    @Test("GetSecretValue in JSON 1.1, for text and for bytes")
    func getSecretValue() async throws {
        let transport = ScriptedTransport(
            .json(
                #"{"ARN":"arn","Name":"n","VersionId":"v","SecretString":"s","VersionStages":["AWSCURRENT"],"CreatedDate":1.5e9}"#
            ),
            .json(#"{"ARN":"arn","Name":"n","SecretBinary":"AP8="}"#))
        let client = SecretsManagerClient(transport: transport)
        let text = try await client.getSecretValue(secretId: "n")
        #expect(text.secretString == "s" && text.versionStages == ["AWSCURRENT"] && text.createdDate == 1_500_000_000)
        #expect(try await client.getSecretValue(secretId: "n", versionStage: "AWSPREVIOUS").secretBinary == Data([0, 0xFF]))
        #expect(
            transport.requests[0].headers.map(\.value) == ["application/x-amz-json-1.1", "secretsmanager.GetSecretValue"])
        #expect(
            try transport.requests.map { try $0.sortedJSON } == [
                #"{"SecretId":"n"}"#, #"{"SecretId":"n","VersionStage":"AWSPREVIOUS"}"#,
            ])
    }
}
