import AWSClients

/// Text messages, by SNS.
struct SMSSender: Sendable {
    let client: SNSClient

    /// - Parameter phone: E.164.
    /// - Returns: SNS's message id.
    func send(_ text: String, to phone: String) async throws -> String {
        try await client.publish(
            .init(
                phoneNumber: phone, message: text,
                // Amazon SNS Developer Guide, "Sending SMS messages": transactional ones are sent for reliability.
                messageAttributes: ["AWS.SNS.SMS.SMSType": .string("Transactional")])
        ).messageID
    }
}
