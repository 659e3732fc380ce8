internal import Foundation

/// The request of SES v2's SendEmail; names are the wire's (Amazon SES API v2 Reference, "SendEmail").
struct SendEmailInput: ServiceInput {
    static let members = ["Content", "Destination", "EmailTags", "FromEmailAddress", "ReplyToAddresses"]

    struct Destination: Decodable {
        var ToAddresses: [String]?
        var CcAddresses: [String]?
        var BccAddresses: [String]?

        var all: [String] { (ToAddresses ?? []) + (CcAddresses ?? []) + (BccAddresses ?? []) }
    }

    struct Part: Decodable {
        var Data: String
        var Charset: String?
    }

    struct Body: Decodable {
        var Text: Part?
        var Html: Part?
    }

    struct Header: Decodable {
        var Name: String
        var Value: String
    }

    struct Simple: Decodable {
        var Subject: Part
        var Body: Body
        var Headers: [Header]?
        var Attachments: [Ignored]?
    }

    struct Raw: Decodable {
        var Data: Foundation.Data
    }

    struct Content: Decodable {
        var Simple: Simple?
        var Raw: Raw?
        var Template: Ignored?
    }

    struct Tag: Decodable {
        var Name: String
        var Value: String
    }

    /// What is refused by name, so that its shape does not matter.
    struct Ignored: Decodable {
        init(from decoder: any Decoder) {}
    }

    var FromEmailAddress: String?
    var Destination: Destination?
    var ReplyToAddresses: [String]?
    var EmailTags: [Tag]?
    var Content: Content
}
