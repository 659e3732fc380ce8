import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Key encoding")
struct KeyEncodingTests {
    @Test("the bytes of numbers sort as the numbers do")
    func numbersSort() throws {
        let ascending = [
            "-9.9e125", "-1e125", "-100", "-99.5", "-99", "-12.34", "-12.3", "-12", "-1.23", "-1.2", "-1", "-0.5", "-1e-130", "0",
            "1e-130", "0.05", "0.5", "1", "1.001", "1.2", "1.23", "9", "10", "10.5", "12", "99", "100", "101", "1e38", "9e125",
        ]
        let keys = try ascending.map { text in try KeyEncoding.bytes(for: .number(text)) }
        for (low, high) in zip(keys, keys.dropFirst()) {
            #expect(low.lexicographicallyPrecedes(high), "\(low) before \(high)")
        }
    }

    @Test("one number written in several ways is one key", arguments: ["1", "1.0", "1e0", "10e-1", "+01.000"])
    func oneKey(text: String) throws {
        #expect(try KeyEncoding.bytes(for: .number(text)) == [3, 130, 11])
    }

    @Test("a number takes at most 22 bytes")
    func length() throws {
        let longest = "-9.9999999999999999999999999999999999999E-130"
        #expect(throws: Never.self) { try DecimalNumber(parsing: "-9.9999999999999999999999999999999999999E-90") }
        #expect(try KeyEncoding.bytes(for: .number("-9.9999999999999999999999999999999999999E+125")).count == 22)
        #expect(try KeyEncoding.bytes(for: .number(longest)).count == 22)
        #expect(try KeyEncoding.bytes(for: .number("0")).count == 1)
    }

    @Test("strings and binaries are their bytes")
    func bytes() throws {
        #expect(try KeyEncoding.bytes(for: .string("aé")) == [0x61, 0xC3, 0xA9])
        #expect(try KeyEncoding.bytes(for: .binary(Data([0, 255]))) == [0, 255])
    }

    @Test("other types make no key")
    func noKey() {
        #expect(throws: ExpressionError.self) { try KeyEncoding.bytes(for: .bool(true)) }
    }
}
