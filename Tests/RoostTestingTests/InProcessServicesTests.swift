import AWSClients
import Foundation
import RoostTesting
import Testing

@Suite("The in-process cloud's other services")
struct InProcessServicesTests {
    @Test("a message that is not deleted comes back when its visibility ends, and goes to the dead-letter queue in the end")
    func queue() async throws {
        let cloud = try InProcessCloud()
        let dead = try await cloud.makeQueue("dead")
        let url = try await cloud.makeQueue("work", visibilityTimeoutSeconds: 10, deadLetterQueue: "dead", maximumReceives: 2)
        let sqs = SQSClient(transport: cloud.transport)
        let sent = try await sqs.sendMessage(.init(queueURL: url, messageBody: "hello"))
        for _ in 1...2 {
            let got = try await sqs.receiveMessage(.init(queueURL: url)).messages
            #expect(got.map(\.body) == ["hello"])
            #expect(got.first?.messageID == sent.messageID)
            #expect(try await sqs.receiveMessage(.init(queueURL: url)).messages.isEmpty)
            cloud.advanceTime(bySeconds: 11)
        }
        #expect(try await sqs.receiveMessage(.init(queueURL: url)).messages.isEmpty)
        #expect(try await sqs.receiveMessage(.init(queueURL: dead)).messages.map(\.body) == ["hello"])
    }

    @Test("a text message and an email are in the cloud's inbox")
    func sentMessages() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 5_000))
        let published = try await SNSClient(transport: cloud.transport).publish(
            .init(phoneNumber: "+41790000001", message: "your code"))
        _ = try await SESClient(transport: cloud.transport).sendEmail(
            .init(
                fromEmailAddress: "school@example.com", destination: .init(toAddresses: ["ada@example.com"]),
                content: .simple(.init(subject: .init(data: "News"), body: .init(text: .init(data: "All is well"))))))
        let all = try cloud.sentMessages()
        #expect(all.map(\.channel) == [.sms, .email])
        #expect(all[0].id == published.messageID)
        #expect(all[0].to == ["+41790000001"])
        #expect(all[0].text == "your code")
        #expect(all[0].time == Date(timeIntervalSince1970: 5_000))
        let mail = try cloud.sentMessages(to: "ada@example.com")
        #expect(mail.map(\.subject) == ["News"])
        #expect(mail.map(\.text) == ["All is well"])
    }

    @Test("a secret has the text that it was given last")
    func secret() async throws {
        let cloud = try InProcessCloud()
        let arn = try cloud.makeSecret("data-key", "one")
        try cloud.makeSecret("data-key", "two")
        let client = SecretsManagerClient(transport: cloud.transport)
        #expect(try await client.getSecretValue(secretId: "data-key").secretString == "two")
        #expect(try await client.getSecretValue(secretId: arn, versionStage: "AWSPREVIOUS").secretString == "one")
        let error = try await #require(throws: AWSServiceError.self) { try await client.getSecretValue(secretId: "none") }
        #expect(error.code == "ResourceNotFoundException")
    }

    @Test("a client gets what is posted to it, and one that has gone is gone")
    func connections() async throws {
        let cloud = try InProcessCloud(start: Date(timeIntervalSince1970: 86_400))
        let client = ConnectionsClient(
            transport: cloud.transport, endpoint: "https://abc.execute-api.us-east-1.amazonaws.com/v1")
        cloud.connections.connect("L0SM9cOFvHcCIhw=")
        try await client.post(Data("hi".utf8), to: "L0SM9cOFvHcCIhw=")
        #expect(cloud.connections.messages(to: "L0SM9cOFvHcCIhw=") == [Data("hi".utf8)])
        #expect(try await client.get("L0SM9cOFvHcCIhw=").connectedAt == Date(timeIntervalSince1970: 86_400))
        let error = try await #require(throws: AWSServiceError.self) {
            try await client.post(Data(count: 128 * 1024 + 1), to: "L0SM9cOFvHcCIhw=")
        }
        #expect(error.code == "PayloadTooLargeException")
        try await client.delete("L0SM9cOFvHcCIhw=")
        #expect(!cloud.connections.isConnected("L0SM9cOFvHcCIhw="))
        await #expect(throws: ConnectionError.gone(connectionID: "L0SM9cOFvHcCIhw=")) {
            try await client.post(Data("hi".utf8), to: "L0SM9cOFvHcCIhw=")
        }
    }
}
