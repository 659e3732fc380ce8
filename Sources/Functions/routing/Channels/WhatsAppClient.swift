#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents
import RoostHTTPClient

/// WhatsApp's Cloud API: text messages (Meta, "Cloud API: Messages").
struct WhatsAppClient: Sendable {
    /// A provider that is slower than that is as good as down; the attempt is made again later.
    private static let timeout: Duration = .seconds(10)

    private let url: String
    private let accessToken: String
    private let exchange: @Sendable (HTTPClientRequest) async throws -> HTTPClientResponse

    /// The secret is no JSON object with an `access_token`.
    struct UnusableSecret: Error, Sendable, Equatable {}

    /// - Parameters:
    ///   - baseURL: `https://graph.facebook.com/v21.0`.
    ///   - phoneNumberID: the sender, as Meta names it.
    ///   - send: carries one request; an HTTP client's `send`.
    init(
        baseURL: String, phoneNumberID: String, accessToken: String,
        send: @escaping @Sendable (HTTPClientRequest) async throws -> HTTPClientResponse
    ) {
        url = "\(baseURL)/\(phoneNumberID)/messages"
        self.accessToken = accessToken
        exchange = send
    }

    static func accessToken(inSecret text: String) throws -> String {
        struct Secret: Decodable {
            var access_token: String
        }
        guard let secret = try? JSONDecoder().decode(Secret.self, from: Data(text.utf8)), !secret.access_token.isEmpty else {
            // Why it does not decode would quote the secret.
            throw UnusableSecret()
        }
        return secret.access_token
    }

    /// Sends a text.
    ///
    /// - Parameters:
    ///   - phone: E.164.
    ///   - deliveryID: comes back with every status of the message (`biz_opaque_callback_data`).
    /// - Returns: WhatsApp's message id, `wamid.…`.
    /// - Throws: ``SendFailure`` for a refusal; the HTTP client's error if there is no answer.
    func send(_ text: String, to phone: String, deliveryID: String) async throws -> String {
        let body: JSONValue = [
            "messaging_product": "whatsapp", "recipient_type": "individual", "to": .string(phone), "type": "text",
            "text": ["preview_url": false, "body": .string(text)], "biz_opaque_callback_data": .string(deliveryID),
        ]
        let response = try await exchange(
            HTTPClientRequest(
                method: "POST", url: url,
                headers: [("Authorization", "Bearer \(accessToken)"), ("Content-Type", "application/json")],
                body: try JSONEncoder().encode(body), timeout: Self.timeout, maximumResponseBytes: 1 << 20))
        // An answer that is no JSON has neither an id nor an error's code.
        let answer = try? JSONDecoder().decode(JSONValue.self, from: response.body)
        guard (200..<300).contains(response.status) else { throw Self.failure(response.status, answer) }
        guard let id = answer?["messages"]?[0]?["id"]?.stringValue else {
            throw SendFailure.passing("whatsapp \(response.status) without a message id")
        }
        return id
    }

    private static func failure(_ status: Int, _ answer: JSONValue?) -> SendFailure {
        let code = answer?["error"]?["code"]?.intValue
        let reason = "whatsapp \(status)" + (code.map { " code \($0)" } ?? "")
        // Only the request itself is refused for good; a token that is not accepted is an operator's to mend.
        let isAboutTheRequest = (400..<500).contains(status) && ![401, 403, 429].contains(status)
        return isAboutTheRequest && !passingCodes.contains(code ?? 0) ? .final(reason) : .passing(reason)
    }

    /// Limits and outages that come with a status in the 400s. Source: Meta, "Cloud API: Error codes".
    private static let passingCodes: Set<Int> = [4, 80_007, 130_429, 131_000, 131_016, 131_048, 131_056, 133_004, 190]
}
