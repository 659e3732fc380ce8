internal import Foundation
internal import Inbox

/// Amazon SNS in the query protocol: `Publish` to a phone number, which lands in the inbox.
struct SNSService: Sendable {
    /// "The total size limit for a single SMS Publish action is 1,600 characters" (Amazon SNS API Reference, "Publish").
    private static let maximumCharacters = 1600
    private static let version = "2010-03-31"

    var context: ServiceContext
    var inbox: Inbox

    func handle(_ request: ServiceRequest) -> ServiceReply {
        let form = FormBody(String(decoding: request.body, as: UTF8.self))
        let action = form["Action"] ?? ""
        do throws(ServiceError) {
            guard form["Version"] == Self.version else {
                throw .notBuilt("\(action) (version \(form["Version"] ?? "none"))", of: "the query protocol")
            }
            guard action == "Publish" else { throw .notBuilt(action, of: "SNS") }
            let message = try read(form)
            do {
                try inbox.add(message)
            } catch {
                throw .internalError(error)
            }
            context.record("inbox", "SMS sent by SNS Publish", for: request, ["messageId": message.id])
            return success(message.id)
        } catch {
            return failure(error)
        }
    }

    /// Checked in SNS's order: the target, the number, the message.
    private func read(_ form: FormBody) throws(ServiceError) -> InboxMessage {
        for name in ["TopicArn", "TargetArn", "Subject", "MessageStructure", "MessageGroupId", "MessageDeduplicationId"]
        where form[name] != nil {
            throw invalid("\(name) Reason: the emulator publishes texts to a PhoneNumber only")
        }
        guard let number = form["PhoneNumber"] else {
            throw invalid("TopicArn or TargetArn Reason: no value for required parameter")
        }
        guard Self.isPhoneNumber(number) else { throw invalid("PhoneNumber Reason: \(number) is not valid to publish to") }
        guard let message = form["Message"], !message.isEmpty else { throw invalid("Empty message") }
        guard message.count <= Self.maximumCharacters else { throw invalid("Message too long") }
        return InboxMessage(
            id: UUID().uuidString.lowercased(), channel: .sms, to: [number],
            from: attributes(form)["AWS.SNS.SMS.SenderID"], text: message, details: attributes(form))
    }

    /// `MessageAttributes.entry.N.Name` and `.Value.StringValue`.
    private func attributes(_ form: FormBody) -> [String: String] {
        var attributes: [String: String] = [:]
        var index = 1
        while let name = form["MessageAttributes.entry.\(index).Name"] {
            attributes[name] = form["MessageAttributes.entry.\(index).Value.StringValue"] ?? ""
            index += 1
        }
        return attributes
    }

    /// E.164: a plus and up to 15 digits, the first of them not 0.
    private static func isPhoneNumber(_ text: String) -> Bool {
        let digits = text.dropFirst().utf8
        return text.hasPrefix("+") && (2...15).contains(digits.count) && digits.allSatisfy { (0x30...0x39).contains($0) }
            && digits.first != 0x30
    }

    private func invalid(_ what: String) -> ServiceError {
        ServiceError(code: "InvalidParameter", message: "Invalid parameter: \(what)")
    }

    private func success(_ messageID: String) -> ServiceReply {
        xml(
            200,
            "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult><MessageId>\(messageID)</MessageId>"
                + "</PublishResult><ResponseMetadata><RequestId>\(ServiceReply.newRequestID())</RequestId></ResponseMetadata>"
                + "</PublishResponse>")
    }

    private func failure(_ error: ServiceError) -> ServiceReply {
        let type = error.status < 500 ? "Sender" : "Receiver"
        return xml(
            error.status,
            "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>\(type)</Type>"
                + "<Code>\(Self.escape(error.code))</Code><Message>\(Self.escape(error.message))</Message></Error>"
                + "<RequestId>\(ServiceReply.newRequestID())</RequestId></ErrorResponse>")
    }

    private func xml(_ status: Int, _ body: String) -> ServiceReply {
        ServiceReply(status: status, headers: [("Content-Type", "text/xml")], body: Data(body.utf8))
    }

    private static func escape(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
