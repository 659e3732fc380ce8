internal import Foundation
internal import Inbox

/// `GET /_roost/inbox?channel=sms&to=%2B15550001&after=0&limit=100`: what went out, oldest first.
///
/// The answer is `{"messages": [{"number", "received", "channel", "id", "to", "from", "subject", "text", "html", "details",
/// "raw"}]}`; `received` is RFC 3339 in UTC, `raw` is base64.
struct InboxEndpoint: Sendable {
    private struct Page: Encodable {
        struct Message: Encodable {
            var number: Int64
            var received: String
            var channel: String
            var id: String
            var to: [String]
            var from: String?
            var subject: String?
            var text: String?
            var html: String?
            var details: [String: String]
            var raw: Data?
        }

        var messages: [Message]
    }

    /// What one answer holds at most.
    private static let pageLimit = 1000

    var inbox: Inbox

    func handle(_ request: ServiceRequest) -> ServiceReply {
        guard request.method == "GET" else {
            return refusal(405, "MethodNotAllowed", "\(request.method) is not supported here; only GET is.")
        }
        do throws(ServiceError) {
            return .json(try page(FormBody(request.rawQuery)), contentType: "application/json")
        } catch {
            return refusal(error.status, error.code, error.message)
        }
    }

    private func page(_ query: FormBody) throws(ServiceError) -> Page {
        for name in query.names where !["after", "channel", "limit", "to"].contains(name) {
            throw ServiceError(
                code: "ValidationException", message: "there is no parameter \(name): channel, to, after and limit are")
        }
        var channel: InboxMessage.Channel?
        if let name = query["channel"] {
            guard let known = InboxMessage.Channel(rawValue: name) else {
                let names = InboxMessage.Channel.allCases.map(\.rawValue).joined(separator: ", ")
                throw ServiceError(code: "ValidationException", message: "channel is one of \(names), not \(name)")
            }
            channel = known
        }
        let after = try number(query, "after", in: 0...Int64.max, otherwise: 0)
        let limit = try number(query, "limit", in: 1...Int64(Self.pageLimit), otherwise: Int64(Self.pageLimit))
        do {
            let entries = try inbox.list(channel: channel, to: query["to"], after: after, limit: Int(limit))
            return Page(messages: entries.map(Self.message))
        } catch {
            throw .internalError(error)
        }
    }

    private func number(
        _ query: FormBody, _ name: String, in range: ClosedRange<Int64>, otherwise: Int64
    ) throws(ServiceError) -> Int64 {
        guard let text = query[name] else { return otherwise }
        guard let number = Int64(text), range.contains(number) else {
            throw ServiceError(
                code: "ValidationException", message: "\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func message(_ entry: InboxEntry) -> Page.Message {
        let message = entry.message
        return Page.Message(
            number: entry.number, received: entry.received.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            channel: message.channel.rawValue, id: message.id, to: message.to, from: message.from, subject: message.subject,
            text: message.text, html: message.html, details: message.details, raw: message.raw)
    }

    private func refusal(_ status: Int, _ code: String, _ message: String) -> ServiceReply {
        .json(ErrorBody(__type: code, message: message), status: status, contentType: "application/json")
    }
}
