import AWSClients

/// Mail, by SES: HTML, with plain text for readers that show none.
struct EmailSender: Sendable {
    let client: SESClient
    /// The address that mail comes from.
    let from: String

    /// - Parameter organization: stands as the sender's name.
    /// - Returns: SES's message id.
    func send(
        _ words: MessageWords.Email, to address: String, as organization: String, deliveryID: String
    ) async throws -> String {
        try await client.sendEmail(
            .init(
                fromEmailAddress: sender(named: organization), destination: .init(toAddresses: [address]),
                content: .simple(
                    .init(
                        subject: .init(data: words.subject),
                        body: .init(text: .init(data: words.text), html: .init(data: words.html)),
                        headers: [
                            .init(name: "X-Roost-Delivery-Id", value: deliveryID),
                            // RFC 3834, 5: asks others not to answer automatically.
                            .init(name: "Auto-Submitted", value: "auto-generated"),
                        ])))
        ).messageID
    }

    /// `"Name" <address>` (RFC 5322, 3.4), or the address alone for a name that is not ASCII, which would need encoding.
    func sender(named name: String) -> String {
        guard !name.isEmpty, name.utf8.allSatisfy({ (32..<127).contains($0) }) else { return from }
        let quoted = name.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(quoted)\" <\(from)>"
    }
}
