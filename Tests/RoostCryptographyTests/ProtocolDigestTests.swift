import Foundation
import RoostCryptography
import Testing

@Suite("Digests that protocols name")
struct ProtocolDigestTests {
    @Test("SHA-1 of FIPS 180-4's example")
    func sha1() throws {
        #expect(Hex.encode(try ProtocolDigest.sha1(Data("abc".utf8))) == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    @Test("MD5 of RFC 1321's test suite")
    func md5() throws {
        #expect(Hex.encode(try ProtocolDigest.md5(Data())) == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Hex.encode(try ProtocolDigest.md5(Data("message digest".utf8))) == "f96b697d7cb7938d525a2f31aaf161d0")
    }
}
