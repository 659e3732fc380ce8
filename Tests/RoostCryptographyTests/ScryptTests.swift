import Foundation
import RoostCryptography
import Testing

@Suite("scrypt")
struct ScryptTests {
    @Test(
        "keys are RFC 7914's",
        arguments: [
            (
                "", "", Scrypt.Parameters(logCost: 4, blockSize: 1, parallelization: 1),
                "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                    + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
            ),
            (
                "password", "NaCl", Scrypt.Parameters(logCost: 10, blockSize: 8, parallelization: 16),
                "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                    + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
            ),
            (
                "pleaseletmein", "SodiumChloride", Scrypt.Parameters(logCost: 14, blockSize: 8, parallelization: 1),
                "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                    + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
            ),
        ])
    func published(password: String, salt: String, parameters: Scrypt.Parameters, key: String) throws {
        let derived = try Scrypt.derive(Data(password.utf8), salt: Data(salt.utf8), parameters: parameters, length: 64)
        #expect(Hex.encode(derived) == key)
    }

    @Test("a text of Passlib's documentation is verified, and only for its password")
    func passlib() throws {
        let encoded = "$scrypt$ln=16,r=8,p=1$aM15713r3Xsvxbi31lqr1Q$nFNh2CVHVjNldFVKDHDlm4CbdRSCdEBsjjJxD+iCs5E"
        #expect(try Scrypt.verify("password", against: encoded))
        #expect(try !Scrypt.verify("Password", against: encoded))
    }

    @Test("a hash has its parameters in it, a salt of its own, and is verified")
    func ownHash() throws {
        let cheap = Scrypt.Parameters(logCost: 4, blockSize: 8, parallelization: 1)
        let first = try Scrypt.hash("pässword", parameters: cheap)
        let second = try Scrypt.hash("pässword", parameters: cheap)
        #expect(first.hasPrefix("$scrypt$ln=4,r=8,p=1$"))
        #expect(first != second)
        #expect(try Scrypt.verify("pässword", against: first))
        #expect(try !Scrypt.verify("", against: first))
    }

    @Test("the standard hash says what OWASP asks for")
    func standard() throws {
        let encoded = try Scrypt.hash("long enough")
        #expect(encoded.hasPrefix("$scrypt$ln=14,r=8,p=5$"))
        #expect(try Scrypt.verify("long enough", against: encoded))
    }

    @Test(
        "what is no scrypt text, or would take too much, is refused",
        arguments: [
            "", "password", "$scrypt$ln=4,r=8,p=1$AAAA", "$argon2$ln=4,r=8,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$r=8,ln=4,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA", "$scrypt$ln=4,r=8,p=1$AAAA$",
            "$scrypt$ln=4,r=8,p=1$!!$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=20,r=32,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA", "$scrypt$ln=63,r=8,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
            "$scrypt$ln=-1,r=8,p=1$AAAA$AAAAAAAAAAAAAAAAAAAAAA",
        ])
    func malformed(encoded: String) {
        #expect(throws: CryptographyError.self) { try Scrypt.verify("password", against: encoded) }
    }
}
