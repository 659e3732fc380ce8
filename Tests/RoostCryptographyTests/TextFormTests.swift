import Foundation
import RoostCryptography
import Testing

@Suite("Text forms and random bytes")
struct TextFormTests {
    @Test("base64url is RFC 7515's, appendix C, and RFC 4648's without padding")
    func base64URL() {
        #expect(Base64URL.encode(Data([3, 236, 255, 224, 193])) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == Data([3, 236, 255, 224, 193]))
        let words = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg")]
        for (plain, encoded) in words {
            #expect(Base64URL.encode(Data(plain.utf8)) == encoded)
            #expect(Base64URL.decode(encoded) == Data(plain.utf8))
        }
    }

    @Test(
        "other alphabets, padding, and a second form of the same bytes are refused",
        arguments: ["Zg==", "A+z/4ME", "Zh", "Z", "Z g", "Zm8\n"])
    func badBase64URL(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test("hexadecimal text reads both cases and writes lower case")
    func hex() {
        #expect(Hex.encode(Data([0, 0x0F, 0xA5, 0xFF])) == "000fa5ff")
        #expect(Hex.decode("000fA5Ff") == Data([0, 0x0F, 0xA5, 0xFF]))
        #expect(Hex.decode("0") == nil)
        #expect(Hex.decode("0g") == nil)
        #expect(Hex.decode("é0") == nil)
    }

    @Test("random bytes have the length asked for, and differ", arguments: [0, 1, 7, 8, 9, 33])
    func random(count: Int) {
        #expect(RandomBytes.make(count).count == count)
        if count > 8 { #expect(RandomBytes.make(count) != RandomBytes.make(count)) }
    }

    @Test("codes have their digits, leading zeros too")
    func codes() {
        let codes = (0..<2000).map { _ in RandomBytes.decimalCode(digits: 6) }
        #expect(codes.allSatisfy { $0.utf8.count == 6 && $0.utf8.allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains) })
        // Each digit stands in first place in a tenth of them; none in 2000 has a chance of 10^-91.
        #expect(Set(codes.map { $0.prefix(1) }).count == 10)
        #expect(RandomBytes.token().utf8.count == 43)
    }
}
