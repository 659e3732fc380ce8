import Foundation
import RoostCryptography
import Testing

@Suite("JSON Web Tokens")
struct JSONWebTokenTests {
    struct Claims: Codable, Equatable {
        var iss: String
        var exp: Int
    }

    /// RFC 7515, appendix A.1: the claims have line breaks and a member with a URL as its name.
    static let token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
        + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let key = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"

    let tokens: JSONWebToken
    let before = Date(timeIntervalSince1970: 1_300_819_379)

    init() throws {
        tokens = try JSONWebToken(key: #require(Base64URL.decode(Self.key)))
    }

    @Test("the RFC's token is valid until its last second")
    func published() throws {
        #expect(try tokens.verify(Self.token, as: Claims.self, now: before) == Claims(iss: "joe", exp: 1_300_819_380))
        #expect(throws: JSONWebToken.Failure.expired) {
            try tokens.verify(Self.token, as: Claims.self, now: before.addingTimeInterval(1))
        }
    }

    @Test("what is signed is three parts of base64url with the known header, and verifies")
    func signed() throws {
        let text = try tokens.sign(Claims(iss: "joe", exp: 1_300_819_380))
        // {"alg":"HS256","typ":"JWT"} and {"exp":1300819380,"iss":"joe"}
        #expect(text.hasPrefix("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjEzMDA4MTkzODAsImlzcyI6ImpvZSJ9."))
        #expect(try tokens.verify(text, as: Claims.self, now: before).iss == "joe")
    }

    @Test("a changed token, or one of another key, is refused")
    func forged() throws {
        let parts = Self.token.split(separator: ".").map(String.init)
        let otherClaims = Base64URL.encode(Data(#"{"iss":"eve","exp":1300819380}"#.utf8))
        let other = try JSONWebToken(key: Data(count: 32)).sign(Claims(iss: "joe", exp: 1_300_819_380))
        for token in ["\(parts[0]).\(otherClaims).\(parts[2])", "\(parts[0]).\(parts[1]).", other] {
            #expect(throws: JSONWebToken.Failure.badSignature) { try tokens.verify(token, as: Claims.self, now: before) }
        }
    }

    @Test(
        "another algorithm is refused whatever its signature",
        arguments: [#"{"alg":"none"}"#, #"{"alg":"HS512"}"#, #"{"alg":"hs256"}"#, #"{"alg":"HS256","crit":["exp"]}"#, "{}", "x"])
    func algorithms(header: String) throws {
        let key = try #require(Base64URL.decode(Self.key))
        let signed = Base64URL.encode(Data(header.utf8)) + "." + Self.token.split(separator: ".")[1]
        let code = Base64URL.encode(HMACSHA256.authenticationCode(for: Data(signed.utf8), key: key))
        for token in ["\(signed).\(code)", "\(signed)."] {
            #expect(throws: JSONWebToken.Failure.malformed) { try tokens.verify(token, as: Claims.self, now: before) }
        }
    }

    @Test(
        "what is no token is malformed",
        arguments: ["", ".", "..", "a.b", "a.b.c.d", "=.=.=", String(repeating: "a", count: 9000)])
    func malformed(text: String) {
        #expect(throws: JSONWebToken.Failure.malformed) { try tokens.verify(text, as: Claims.self, now: before) }
    }

    @Test("a token without an end, or of other claims, is refused")
    func claims() throws {
        let endless = try tokens.sign(["iss": "joe"])
        #expect(throws: JSONWebToken.Failure.unexpectedClaims) { try tokens.verify(endless, as: Claims.self, now: before) }
        let other = try tokens.sign(["exp": 1_300_819_380])
        #expect(throws: JSONWebToken.Failure.unexpectedClaims) { try tokens.verify(other, as: Claims.self, now: before) }
        let early = try tokens.sign(["exp": 1_300_819_380, "nbf": 1_300_819_379.5])
        #expect(throws: JSONWebToken.Failure.notYetValid) { try tokens.verify(early, as: Claims.self, now: before) }
    }

    @Test("a short key is refused")
    func shortKey() {
        #expect(throws: CryptographyError.keyLength(expected: "at least 32", got: 31)) { try JSONWebToken(key: Data(count: 31)) }
    }
}
