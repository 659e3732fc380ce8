internal import Foundation
internal import Inbox

/// Amazon SES v2: `POST /v2/email/outbound-emails` (SendEmail) with simple or raw content, which lands in the inbox.
struct SESService: Sendable {
    /// "a maximum of 50 recipients per message" (Amazon SES API v2 Reference, "SendEmail").
    private static let maximumRecipients = 50
    /// 40 MB with attachments (Amazon SES Developer Guide, "Service quotas").
    private static let maximumBytes = 40 * 1_048_576

    private struct Answer: Encodable {
        var MessageId: String
    }

    private struct Failure: Encodable {
        var message: String
    }

    var context: ServiceContext
    var inbox: Inbox

    func handle(_ request: ServiceRequest) -> ServiceReply {
        do throws(ServiceError) {
            guard request.method == "POST", request.path == "/v2/email/outbound-emails" else {
                throw .notBuilt("\(request.method) \(request.path)", of: "SES v2")
            }
            guard request.body.count <= Self.maximumBytes else {
                throw ServiceError(
                    code: "BadRequestException", message: "Message length is more than \(Self.maximumBytes) bytes long.")
            }
            let message = try read(try SendEmailInput.read(request.body))
            do {
                try inbox.add(message)
            } catch {
                throw .internalError(error)
            }
            context.record("inbox", "email sent by SES SendEmail", for: request, ["messageId": message.id])
            return .json(Answer(MessageId: message.id), contentType: "application/json")
        } catch {
            // REST JSON errors carry their name in a header (Smithy, "AWS restJson1 protocol").
            let code = error.code == "ValidationException" ? "BadRequestException" : error.code
            return .json(
                Failure(message: error.message), status: error.status, contentType: "application/json",
                headers: [("x-amzn-ErrorType", code)])
        }
    }

    private func read(_ input: SendEmailInput) throws(ServiceError) -> InboxMessage {
        if input.Content.Template != nil { throw refused("Content.Template is not supported by the emulator.") }
        var message: InboxMessage
        switch (input.Content.Simple, input.Content.Raw) {
        case (let simple?, nil): message = try read(simple)
        case (nil, let raw?): message = read(raw.Data)
        default: throw refused("Exactly one of Simple, Raw and Template must stand in Content.")
        }
        if let from = input.FromEmailAddress { message.from = from }
        if let destination = input.Destination, !destination.all.isEmpty { message.to = destination.all }
        if let replyTo = input.ReplyToAddresses, !replyTo.isEmpty {
            message.details["Reply-To"] = replyTo.joined(separator: ", ")
        }
        for tag in input.EmailTags ?? [] { message.details["tag:\(tag.Name)"] = tag.Value }
        try check(message)
        return message
    }

    private func read(_ simple: SendEmailInput.Simple) throws(ServiceError) -> InboxMessage {
        if simple.Attachments?.isEmpty == false { throw refused("Content.Simple.Attachments is not supported by the emulator.") }
        guard simple.Body.Text != nil || simple.Body.Html != nil else { throw refused("Body must have Text or Html.") }
        var details: [String: String] = [:]
        for header in simple.Headers ?? [] { details[header.Name] = header.Value }
        return InboxMessage(
            id: newMessageID(), channel: .email, to: [], subject: simple.Subject.Data, text: simple.Body.Text?.Data,
            html: simple.Body.Html?.Data, details: details)
    }

    /// A MIME message is kept as it came; its own headers name those who are not named beside it.
    private func read(_ raw: Data) -> InboxMessage {
        let headers = MIMEHeaders(raw)
        return InboxMessage(
            id: newMessageID(), channel: .email, to: headers.addresses("To") + headers.addresses("Cc") + headers.addresses("Bcc"),
            from: headers["From"], subject: headers["Subject"], raw: raw)
    }

    private func check(_ message: InboxMessage) throws(ServiceError) {
        guard let from = message.from, Self.isAddress(from) else { throw refused("Missing or illegal FromEmailAddress.") }
        guard !message.to.isEmpty else { throw refused("There are no recipients.") }
        guard message.to.count <= Self.maximumRecipients else {
            throw refused("Recipient count exceeds \(Self.maximumRecipients).")
        }
        guard message.to.allSatisfy(Self.isAddress) else { throw refused("Illegal address") }
    }

    /// `name@domain`, alone or as `Name <name@domain>`. SES says "Illegal address" without saying which.
    private static func isAddress(_ text: String) -> Bool {
        var address = text[...]
        if let open = text.lastIndex(of: "<") {
            guard text.hasSuffix(">") else { return false }
            address = text[text.index(after: open)...].dropLast()
        }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !address.contains(where: \.isWhitespace)
    }

    private func refused(_ text: String) -> ServiceError {
        ServiceError(code: "BadRequestException", message: text)
    }

    /// As SES's own look: `0100018f…-uuid-000000`.
    private func newMessageID() -> String {
        let milliseconds = String(context.clock.nowMilliseconds, radix: 16)
        return
            "0100\(String(repeating: "0", count: max(0, 12 - milliseconds.count)))\(milliseconds)-\(UUID().uuidString.lowercased())-000000"
    }
}
