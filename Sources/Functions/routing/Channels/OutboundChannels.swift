import Platform

/// The providers that carry a message out.
struct OutboundChannels: Sendable {
    var sms: SMSSender
    var email: EmailSender
    var whatsApp: WhatsAppClient

    /// Formats and sends one message.
    ///
    /// - Returns: what the provider calls it.
    func send(_ job: DeliveryJob, deliveryID: String, vault: ContactVault) async throws -> String {
        let words = MessageWords(job.message, organization: job.organization, templates: job.templates)
        switch job.channel {
        case .sms:
            return try await sms.send(words.sms, to: try vault.phone(of: job.recipient))
        case .whatsapp:
            return try await whatsApp.send(words.whatsApp, to: try vault.phone(of: job.recipient), deliveryID: deliveryID)
        case .email:
            guard let address = try vault.email(of: job.recipient) else { throw SendFailure.final("there is no address") }
            return try await email.send(words.email, to: address, as: job.organization.name, deliveryID: deliveryID)
        case .app:
            throw SendFailure.final("the app is served by sockets")
        }
    }
}
