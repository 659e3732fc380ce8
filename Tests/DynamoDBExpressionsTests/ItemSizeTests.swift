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
        "a number takes a byte for two digits and one more",
        arguments: [("0", 1), ("1", 2), ("12", 2), ("123", 3), ("-1", 3), ("1200", 2), ("0.12", 2), ("1.2", 3)])
    func numbers(text: String, size: Int) {
        #expect(ItemSize.bytes(of: .number(text)) == size)
    }
}
