import Foundation
import Testing

@testable import Platform

@Suite struct BasicsTests {
    @Test(
        "times are written as RFC 3339 says, and read back",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (1_700_000_000_123, "2023-11-14T22:13:20.123Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
        ] as [(Int64, String)])
    func timestamps(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(Date(milliseconds: milliseconds)) == text)
        #expect(Timestamp.date(text)?.wholeMilliseconds == milliseconds)
    }

    @Test(
        "what is no time in our form is nil",
        arguments: [
            "2023-02-29T00:00:00.000Z", "2023-01-01T24:00:00.000Z", "2023-01-01T00:00:00Z", "2023-01-01 00:00:00.000Z", "",
        ])
    func invalidTimestamps(text: String) {
        #expect(Timestamp.date(text) == nil)
    }

    @Test("new ids are UUIDs of version 7 that begin with their time")
    func identifiers() {
        let date = Date(milliseconds: 0x0123_4567_89ab)
        let id = Identifier.new(at: date)
        #expect(id.hasPrefix("01234567-89ab-7"))
        #expect(UUID(uuidString: id) != nil)
        #expect("89ab".contains(id.dropFirst(19).first ?? " "))
        #expect(Identifier.isValid(id))
        #expect(Identifier.new(at: date) != id)
        #expect(Identifier.new(at: date.addingTimeInterval(0.001)) > id)
        for text in ["", "0123", id.uppercased(), id + "0", id.replacing("-", with: "_")] where text != id {
            #expect(!Identifier.isValid(text))
        }
    }

    @Test("a delivery's id is the first half of the SHA-256 that the data model names")
    func deliveryID() {
        // printf 'message-created:m|u|sms' | sha256sum
        #expect(
            Identifier.delivery(event: Identifier.messageCreated("m"), recipient: "u", channel: .sms)
                == "bc80adab4e335173471b84fc7232cfc2")
    }

    @Test("a conversation is the same from both sides")
    func conversations() {
        #expect(Identifier.conversation(between: "b", and: "a") == "direct:a:b")
        #expect(Identifier.conversation(between: "a", and: "b") == "direct:a:b")
        #expect(Identifier.conversation(forum: "f") == "forum:f")
    }

    @Test("an organization's id is made from its name")
    func slugs() {
        #expect(OrganizationID.slug(of: "Lincoln High, '90") == "lincoln-high-90")
        #expect(OrganizationID.slug(of: "  École 1  ") == "cole-1")
        #expect(OrganizationID.slug(of: "学校") == nil)
        #expect(OrganizationID.slug(of: String(repeating: "a", count: 39) + " b")?.count == 39)
        #expect(OrganizationID.isValid("a"))
        for id in ["", "-a", "a-", "A", "a#b", "a b", String(repeating: "a", count: 41)] { #expect(!OrganizationID.isValid(id)) }
    }
}

@Suite struct ContactFormTests {
    @Test(
        "numbers with their country code are accepted and written as E.164",
        arguments: [
            ("+41790000001", "+41790000001"), ("+1 (415) 555-2671", "+14155552671"), ("+44.20.7946.0958", "+442079460958"),
        ])
    func phoneNumbers(written: String, canonical: String) {
        #expect(PhoneNumber(written)?.text == canonical)
    }

    @Test(
        "what is no number in E.164 is refused",
        arguments: ["0790000001", "+0790000001", "+1234567", "+1234567890123456", "+41 79 abc", "41790000001", "", "+", "+４１７９"])
    func invalidPhoneNumbers(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(
        "addresses of RFC 5322's dot-atom form are accepted",
        arguments: [
            "a@example.com", "first.last+tag@sub.example.co.uk", "o'brien@example.com", "x!#$%&'*+/=?^_`{|}~-@example.org",
        ])
    func addresses(text: String) {
        #expect(EmailAddress(text)?.text == text)
    }

    @Test(
        "what is no such address is refused",
        arguments: [
            "", "a", "a@b", "@example.com", "a@", "a..b@example.com", ".a@example.com", "a.@example.com", "a b@example.com",
            "a@-example.com", "a@example-.com", "a@exam_ple.com", "a@example.1", "a@[127.0.0.1]", "\"a b\"@example.com",
            "a@b@example.com",
            "a@example.com\n", "a\r\nBcc: x@example.com",
        ])
    func invalidAddresses(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test("an address keeps its local part and shares one canonical form")
    func canonicalAddress() {
        #expect(EmailAddress("Ada.L@Example.COM")?.text == "Ada.L@example.com")
        #expect(EmailAddress("Ada.L@Example.COM")?.canonical == EmailAddress("ada.l@example.com")?.canonical)
        #expect(EmailAddress(String(repeating: "a", count: 65) + "@example.com") == nil)
    }
}
