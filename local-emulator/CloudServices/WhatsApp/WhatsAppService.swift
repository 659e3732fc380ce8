internal import Foundation
internal import Inbox

/// A stand-in for WhatsApp's Cloud API: `POST /whatsapp/{phone-number-id}/messages` (Meta, "Cloud API: Messages").
///
/// The bearer token must be the `access_token` of one of the emulator's secrets, where functions find it.
struct WhatsAppService: Sendable {
    /// Meta: "Maximum 4096 characters" of a text message's body.
    private static let maximumCharacters = 4096

    private struct Input: Decodable {
        struct Text: Decodable {
            var body: String
            var preview_url: Bool?
        }

        struct Template: Decodable {
            struct Language: Decodable {
                var code: String
            }

            struct Component: Decodable {
                struct Parameter: Decodable {
                    var type: String
                    var text: String?
                }

                var type: String
                var parameters: [Parameter]?
            }

            var name: String
            var language: Language
            var components: [Component]?
        }

        var messaging_product: String?
        var recipient_type: String?
        var to: String?
        var type: String?
        var text: Text?
        var template: Template?
        var biz_opaque_callback_data: String?
    }

    private struct Answer: Encodable {
        struct Contact: Encodable {
            var input: String
            var wa_id: String
        }

        struct Message: Encodable {
            var id: String
        }

        var messaging_product = "whatsapp"
        var contacts: [Contact]
        var messages: [Message]
    }

    private struct Failure: Encodable {
        struct Reason: Encodable {
            var message: String
            var type = "OAuthException"
            var code: Int
            var fbtrace_id: String
        }

        var error: Reason
    }

    var context: ServiceContext
    var inbox: Inbox
    var secrets: SecretStore

    /// Checked in Meta's order: the path, the token, the parameters.
    func handle(_ request: ServiceRequest) -> ServiceReply {
        let parts = request.path.split(separator: "/")
        guard request.method == "POST", parts.count == 3, parts[2] == "messages" else {
            return failure(
                404, 100, "Unsupported \(request.method.lowercased()) request: \(request.path) is not supported by the emulator")
        }
        guard let token = request.header("Authorization")?.suffix(after: "Bearer "), isKnown(token) else {
            return failure(401, 190, "Invalid OAuth access token - Cannot parse access token")
        }
        do throws(ServiceError) {
            let message = try read(request.body, phoneNumberID: String(parts[1]))
            do {
                try inbox.add(message)
            } catch {
                throw .internalError(error)
            }
            context.record("inbox", "WhatsApp message sent", for: request, ["messageId": message.id])
            let number = message.to[0]
            let contact = Answer.Contact(input: number, wa_id: number.filter(\.isNumber))
            return .json(Answer(contacts: [contact], messages: [.init(id: message.id)]), contentType: "application/json")
        } catch {
            return failure(error.status, error.status < 500 ? 100 : 131_000, error.message)
        }
    }

    private func isKnown(_ token: String) -> Bool {
        // A store that cannot be read knows no token.
        (try? secrets.hasValue(token, forKey: "access_token")) ?? false
    }

    private func read(_ body: Data, phoneNumberID: String) throws(ServiceError) -> InboxMessage {
        guard let input = try? JSONDecoder().decode(Input.self, from: body) else {
            throw invalid("the body is not JSON of a message")
        }
        guard input.messaging_product == "whatsapp" else {
            throw ServiceError(code: "100", message: "(#100) The parameter messaging_product is required.")
        }
        guard let to = input.to, to.filter(\.isNumber).count >= 5 else {
            throw ServiceError(code: "100", message: "(#100) The parameter to is required.")
        }
        guard input.recipient_type ?? "individual" == "individual" else {
            throw invalid("only individual recipients are supported")
        }
        var message = InboxMessage(id: newMessageID(), channel: .whatsapp, to: [to], from: phoneNumberID)
        switch input.type ?? "text" {
        case "text":
            guard let text = input.text, !text.body.isEmpty, text.body.count <= Self.maximumCharacters else {
                throw invalid("text.body has 1 to \(Self.maximumCharacters) characters")
            }
            message.text = text.body
        case "template":
            guard let template = input.template else { throw invalid("template is required") }
            message.details = ["template": template.name, "language": template.language.code]
            let texts = (template.components ?? []).flatMap { $0.parameters ?? [] }.compactMap(\.text)
            message.text = texts.isEmpty ? nil : texts.joined(separator: "\n")
        case let type:
            throw invalid("messages of type \(type) are not supported by the emulator")
        }
        if let data = input.biz_opaque_callback_data { message.details["biz_opaque_callback_data"] = data }
        return message
    }

    private func invalid(_ reason: String) -> ServiceError {
        ServiceError(code: "100", message: "(#100) Invalid parameter: \(reason)")
    }

    private func newMessageID() -> String {
        "wamid.\(Data(UUID().uuidString.utf8).base64EncodedString())"
    }

    private func failure(_ status: Int, _ code: Int, _ message: String) -> ServiceReply {
        .json(
            Failure(error: .init(message: message, code: code, fbtrace_id: ServiceReply.newRequestID())), status: status,
            contentType: "application/json")
    }
}
