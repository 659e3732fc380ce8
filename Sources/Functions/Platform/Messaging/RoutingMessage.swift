/// The body of a message on the delivery queue; `docs/data-model.md` has examples.
package enum RoutingMessage: Sendable, Equatable {
    /// A new message for up to 40 recipients.
    case message(NewMessage)
    /// One delivery, again.
    case delivery(DeliveryAgain)

    package static let maximumRecipients = 40

    package struct NewMessage: Sendable, Equatable, Codable {
        package var organizationID: String
        package var eventID: String
        package var messageID: String
        package var recipientIDs: [String]
        /// Those of the recipients whose socket took the push.
        package var pushedTo: [String]

        package init(organizationID: String, eventID: String, messageID: String, recipientIDs: [String], pushedTo: [String]) {
            self.organizationID = organizationID
            self.eventID = eventID
            self.messageID = messageID
            self.recipientIDs = recipientIDs
            self.pushedTo = pushedTo
        }

        enum CodingKeys: String, CodingKey {
            case organizationID = "organization_id"
            case eventID = "event_id"
            case messageID = "message_id"
            case recipientIDs = "recipient_ids"
            case pushedTo = "pushed_to"
        }
    }

    package struct DeliveryAgain: Sendable, Equatable, Codable {
        package var organizationID: String
        package var eventID: String
        package var messageID: String
        package var recipientID: String
        package var channel: Channel

        package init(_ delivery: Delivery) {
            organizationID = delivery.organizationID
            eventID = delivery.eventID
            messageID = delivery.messageID
            recipientID = delivery.recipientID
            channel = delivery.channel
        }

        enum CodingKeys: String, CodingKey {
            case organizationID = "organization_id"
            case eventID = "event_id"
            case messageID = "message_id"
            case recipientID = "recipient_id"
            case channel
        }
    }
}

extension RoutingMessage: Codable {
    private static let version = 1

    private enum Header: String, CodingKey {
        case version
        case kind
    }

    private enum Kind: String, Codable {
        case message
        case delivery
    }

    package init(from decoder: any Decoder) throws {
        let header = try decoder.container(keyedBy: Header.self)
        let version = try header.decode(Int.self, forKey: .version)
        guard version == Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version, in: header, debugDescription: "version \(version) of a routing message is not known")
        }
        switch try header.decode(Kind.self, forKey: .kind) {
        case .message: self = .message(try NewMessage(from: decoder))
        case .delivery: self = .delivery(try DeliveryAgain(from: decoder))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var header = encoder.container(keyedBy: Header.self)
        try header.encode(Self.version, forKey: .version)
        switch self {
        case .message(let message):
            try header.encode(Kind.message, forKey: .kind)
            try message.encode(to: encoder)
        case .delivery(let delivery):
            try header.encode(Kind.delivery, forKey: .kind)
            try delivery.encode(to: encoder)
        }
    }
}
