import Foundation
import Testing

@testable import Platform

@Suite struct SecurityTests {
    private let secret = String(repeating: "s", count: 64)
    private let id = "0199a000-0000-7000-8000-000000000001"

    private func user() -> User {
        User(
            id: id, organizationID: "o", fullName: "Ada", sealedPhone: "", phoneHash: "",
            createdAt: Date(timeIntervalSince1970: 0))
    }

    @Test("a sealed number opens where it stands and nowhere else, and shows nothing of itself")
    func vault() throws {
        let vault = try ContactVault(secret: secret)
        var ada = user()
        try vault.setPhone(try #require(PhoneNumber("+41790000001")), of: &ada)
        #expect(try vault.phone(of: ada) == "+41790000001")
        #expect(ada.sealedPhone.hasPrefix("k1.") && !"\(ada.item)".contains("790000001"))
        var moved = ada
        moved.id = "0199a000-0000-7000-8000-000000000002"
        #expect(throws: ContactVault.OpenError.self) { try vault.phone(of: moved) }
        let other = try ContactVault(secret: String(repeating: "t", count: 64))
        #expect(throws: ContactVault.OpenError.self) { try other.phone(of: ada) }
        let first = ada.sealedPhone
        try vault.setPhone(try #require(PhoneNumber("+41790000001")), of: &ada)
        #expect(ada.sealedPhone != first)
    }

    @Test("a number has one hash in one organization, another in another")
    func hashes() throws {
        let vault = try ContactVault(secret: secret)
        let phone = try #require(PhoneNumber("+41790000001"))
        #expect(vault.hash(phone, organization: "o") == vault.hash(phone, organization: "o"))
        #expect(vault.hash(phone, organization: "o") != vault.hash(phone, organization: "p"))
        #expect(vault.hash(phone, organization: "o").count == 64)
    }

    @Test("an access token has the seed's claims and lasts for fifteen minutes")
    func accessToken() throws {
        let signer = try AccessTokenSigner(secret: secret)
        let start = Date(timeIntervalSince1970: 1_699_999_999)
        let text = try signer.sign(AccessToken(user: user(), sessionID: "s", at: start))
        var part = String(text.split(separator: ".")[1]).replacing("-", with: "+").replacing("_", with: "/")
        part += String(repeating: "=", count: (4 - part.count % 4) % 4)
        let data = try #require(Data(base64Encoded: part))
        let claims = try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
        #expect(
            claims == [
                "sub": id, "name": "Ada", "role": "member", "iat": 1_699_999_999, "exp": 1_700_000_899, "org": "o", "sid": "s",
            ])
        #expect(signer.verify(text, at: start.addingTimeInterval(899))?.sub == id)
        #expect(signer.verify(text, at: start.addingTimeInterval(900)) == nil)
        #expect(try AccessTokenSigner(secret: String(repeating: "t", count: 64)).verify(text, at: start) == nil)
        #expect(signer.verify("a.b.c", at: start) == nil)
    }

    @Test("a refresh token says where its session is; anything else is nil")
    func refreshToken() throws {
        let token = RefreshToken(organizationID: "o", userID: id, sessionID: id)
        #expect(RefreshToken(token.text) == token)
        #expect(!token.hash.contains(token.secret) && token.hash.count == 64)
        for text in ["", "a.b.c.d", "o.\(id).\(id).short", "O.\(id).\(id).\(token.secret)", token.text + ".x"] {
            #expect(RefreshToken(text) == nil)
        }
    }
}

@Suite struct RecordTests {
    private let date = Date(milliseconds: 1_700_000_000_123)
    private let id = "0199a000-0000-7000-8000-000000000001"

    @Test("every record comes back from its item as it was")
    func roundTrips() throws {
        var user = User(id: id, organizationID: "o", fullName: "Ada", sealedPhone: "k1.x", phoneHash: "h", createdAt: date)
        user.profile.graduatingClass = 1990
        user.profile.schoolActivities = ["chess"]
        user.sealedEmail = "k1.y"
        #expect(try User(item: user.item) == user)
        var preferences = Preferences(organizationID: "o", userID: id, at: date)
        preferences.quietHours = QuietHours(start: "22:00", end: "07:00")
        #expect(try Preferences(organizationID: "o", item: preferences.item) == preferences)
        var delivery = Delivery(
            organizationID: "o", eventID: "message-created:m", messageID: "m", recipientID: id, channel: .sms, createdAt: date)
        delivery.waiting = .init(.quietHours, until: Date(timeIntervalSince1970: 1_700_000_060))
        #expect(try Delivery(item: delivery.item) == delivery)
        #expect(delivery.item["due_at"] == .number("1700000060"))
        let message = Message(
            id: "m", organizationID: "o", senderID: id, senderName: "Ada", destination: .forum("f", name: "F"), content: "Hi",
            announcement: true, createdAt: date)
        #expect(try Message(item: message.item) == message)
    }

    @Test("an unverified user is listed apart, and a private forum in no index")
    func indexes() throws {
        var user = User(id: id, organizationID: "o", fullName: "Ada", sealedPhone: "", phoneHash: "h", createdAt: date)
        #expect(user.item["gsi1pk"] == .string("o#users#unverified"))
        user.phoneVerified = true
        #expect(user.item["gsi1pk"] == .string("o#users#pending"))
        let forum = Forum(id: "f", organizationID: "o", name: "F", type: .private, createdBy: id, createdAt: date)
        #expect(forum.item["gsi1pk"] == nil && forum.item["gsi2pk"] == nil)
    }

    @Test("an item that lacks something names it, and nothing of its contents")
    func broken() throws {
        var item = Message(
            id: "m", organizationID: "o", senderID: id, senderName: "Ada", destination: .user("u"), content: "secret",
            createdAt: date
        ).item
        item["created_at"] = .string("yesterday")
        let error = try #require(throws: RecordError.self) { try Message(item: item) }
        #expect(error.description == "the item of kind message has no valid created_at")
    }
}
