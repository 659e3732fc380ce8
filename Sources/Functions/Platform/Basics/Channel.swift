/// How a message reaches a person.
package enum Channel: String, Sendable, CaseIterable, Codable {
    case app
    case whatsapp
    case email
    case sms
}
