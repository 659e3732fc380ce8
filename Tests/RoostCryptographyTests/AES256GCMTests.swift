import Foundation
import Testing

@testable import RoostCryptography

@Suite("AES-256-GCM")
struct AES256GCMTests {
    /// Test cases 13, 14 and 16 of "The Galois/Counter Mode of Operation" (McGrew and Viega), which NIST took over.
    struct Vector: Sendable {
        var key, nonce, plaintext, context, ciphertext, tag: String
    }

    static let vectors = [
        Vector(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12), plaintext: "", context: "",
            ciphertext: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            key: String(repeating: "00", count: 32), nonce: String(repeating: "00", count: 12),
            plaintext: String(repeating: "00", count: 16), context: "", ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308", nonce: "cafebabefacedbaddecaf888",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test("the published vectors seal and open", arguments: vectors)
    func published(vector: Vector) throws {
        let cipher = try AES256GCM(key: #require(Hex.decode(vector.key)))
        let plaintext = try #require(Hex.decode(vector.plaintext))
        let context = try #require(Hex.decode(vector.context))
        let sealed = try #require(Hex.decode(vector.nonce + vector.ciphertext + vector.tag))
        #expect(try cipher.seal(plaintext, nonce: #require(Hex.decode(vector.nonce)), context: context) == sealed)
        #expect(try cipher.open(sealed, context: context) == plaintext)
    }

    @Test("every changed byte is noticed")
    func changed() throws {
        let cipher = try AES256GCM(key: RandomBytes.make(32))
        let sealed = try cipher.seal(Data("+491701234567".utf8), context: Data("user".utf8))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(throws: CryptographyError.notAuthentic) { try cipher.open(changed, context: Data("user".utf8)) }
        }
    }

    @Test("another key or another context opens nothing")
    func otherKeyOrContext() throws {
        let cipher = try AES256GCM(key: RandomBytes.make(32))
        let sealed = try cipher.seal(Data("secret".utf8), context: Data("a".utf8))
        #expect(throws: CryptographyError.notAuthentic) { try cipher.open(sealed, context: Data("b".utf8)) }
        #expect(throws: CryptographyError.notAuthentic) { try cipher.open(sealed) }
        let other = try AES256GCM(key: RandomBytes.make(32))
        #expect(throws: CryptographyError.notAuthentic) { try other.open(sealed, context: Data("a".utf8)) }
    }

    @Test("the same text never seals to the same bytes")
    func freshNonce() throws {
        let cipher = try AES256GCM(key: RandomBytes.make(32))
        let sealed = try (0..<100).map { _ in try cipher.seal(Data("same".utf8)) }
        #expect(Set(sealed).count == 100)
        #expect(sealed.allSatisfy { $0.count == 12 + 4 + 16 })
    }

    @Test("a slice of larger data seals and opens as its own bytes")
    func slices() throws {
        let cipher = try AES256GCM(key: Data(repeating: 7, count: 40).dropFirst(8))
        let sealed = try cipher.seal(Data("..text".utf8).dropFirst(2))
        #expect(try cipher.open((Data([1, 2]) + sealed).dropFirst(2)) == Data("text".utf8))
    }

    @Test("a key of another length and data that is too short are refused")
    func wrongLengths() throws {
        #expect(throws: CryptographyError.keyLength(expected: "32", got: 16)) { try AES256GCM(key: Data(count: 16)) }
        let cipher = try AES256GCM(key: Data(count: 32))
        #expect(throws: CryptographyError.malformed("sealed data is too short")) { try cipher.open(Data(count: 27)) }
    }
}
