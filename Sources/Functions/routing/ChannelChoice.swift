import Platform

/// By which channel somebody gets a message (`docs/data-model.md`, "What routing decides").
enum ChannelChoice {
    /// The preferred channel, or the app where that one cannot or should not carry it.
    static func channel(for recipient: User, preferences: Preferences, message: Message) -> Channel {
        switch preferences.primaryChannel {
        case .app: .app
        case .sms: message.isImportant && recipient.phoneVerified ? .sms : .app
        case .whatsapp: recipient.phoneVerified ? .whatsapp : .app
        case .email: recipient.sealedEmail != nil ? .email : .app
        }
    }
}
