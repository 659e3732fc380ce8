import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Item sizes")
struct ItemSizeTests {
    /// The figures follow "DynamoDB item sizes and formats" of the developer guide.
    @Test("each type counts as documented")
    func types() {
        #expect(ItemSize.bytes(of: ["é": .string("aé")]) == 5)
        #expect(ItemSize.bytes(of: .binary(Data(count: 7))) == 7)
        #expect(ItemSize.bytes(of: .bool(false)) == 1)
        #expect(ItemSize.bytes(of: .null) == 1)
        #expect(ItemSize.bytes(of: .stringSet(["a", "bc"])) == 3)
        #expect(ItemSize.bytes(of: .list([])) == 3)
        #expect(ItemSize.bytes(of: .list([.string("ab"), .null])) == 3 + 1 + 2 + 1 + 1)
        #expect(ItemSize.bytes(of: .map(["k": .string("ab")])) == 3 + 1 + 1 + 2)
    }

    @Test(
        "a number takes a byte, one for two digits on either side of the point, and one for a minus sign",
        arguments: [
            ("0", 1), ("1", 2), ("12", 2), ("123", 3), ("-1", 3), ("1200", 2), ("120", 2), ("0.12", 2), ("0.012", 2),
            ("1.2", 3), ("100.5", 4), ("3.14159", 5), ("123456", 4), ("1010", 3), ("1E125", 2), ("1e-100", 2), ("-0", 1),
            ("0042.10", 3), ("12345678901234567890123456789012345678", 20),
        ])
    func numbers(text: String, size: Int) {
        #expect(ItemSize.bytes(of: .number(text)) == size)
    }
}
