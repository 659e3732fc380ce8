import Foundation
import RoostCryptography
import Testing

@Suite("SHA-256 and HMAC")
struct HashTests {
    @Test(
        "SHA-256 gives FIPS 180-4's digests",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func sha256(text: String, digest: String) {
        #expect(SHA256.hex(Data(text.utf8)) == digest)
    }

    @Test("a million times the letter a")
    func sha256OfAMillion() {
        let digest = SHA256.hex(Data(repeating: UInt8(ascii: "a"), count: 1_000_000))
        #expect(digest == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    @Test(
        "HMAC gives RFC 4231's codes",
        arguments: [
            (
                String(repeating: "0b", count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Hex.encode(Data("Jefe".utf8)), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                String(repeating: "aa", count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ])
    func hmac(key: String, text: String, code: String) throws {
        let key = try #require(Hex.decode(key))
        let made = HMACSHA256.authenticationCode(for: Data(text.utf8), key: key)
        #expect(Hex.encode(made) == code)
        #expect(HMACSHA256.isValid(made, for: Data(text.utf8), key: key))
        #expect(!HMACSHA256.isValid(made.dropLast(), for: Data(text.utf8), key: key))
        #expect(!HMACSHA256.isValid(made, for: Data((text + ".").utf8), key: key))
    }

    @Test("an empty key and empty data have a code too")
    func emptyHMAC() {
        // Python: hmac.new(b"", b"", "sha256").hexdigest()
        #expect(
            Hex.encode(HMACSHA256.authenticationCode(for: Data(), key: Data()))
                == "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
    }

    @Test("comparing in constant time finds every difference")
    func equality() {
        let secret = Data([1, 2, 3, 4])
        #expect(constantTimeEquals(secret, Data([0, 1, 2, 3, 4]).dropFirst()))
        #expect(constantTimeEquals(Data(), Data()))
        #expect(!constantTimeEquals(secret, Data([1, 2, 3, 5])))
        #expect(!constantTimeEquals(secret, Data([9, 2, 3, 4])))
        #expect(!constantTimeEquals(secret, secret + [0]))
    }
}
