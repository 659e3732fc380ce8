import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

/// Swift's `==` takes "é" in one scalar and in two for one text; the service compares bytes.
@Suite("Values compare by their bytes")
struct ByteOrderTests {
    private static let composed = "\u{E9}"
    private static let decomposed = "e\u{301}"

    private static func holds(_ condition: String, _ item: AttributeMap, _ value: AttributeValue) throws -> Bool {
        let context = try ExpressionContext(values: [":v": value])
        return try ConditionExpression.parse(condition, context: context).evaluate(item)
    }

    @Test(
        "a condition tells composed from decomposed",
        arguments: [
            ("a = :v", false), ("a <> :v", true), ("a > :v", true), ("begins_with(a, :v)", false), ("contains(a, :v)", false),
        ])
    func conditions(text: String, expected: Bool) throws {
        #expect(try Self.holds(text, ["a": .string(Self.composed)], .string(Self.decomposed)) == expected)
    }

    @Test("a set holds both, and one of them is taken out alone")
    func sets() throws {
        let item: AttributeMap = ["s": .stringSet([Self.composed])]
        let values: AttributeMap = [":v": .stringSet([Self.decomposed])]
        let added = try UpdateExpression.parse("ADD s :v", context: ExpressionContext(values: values)).apply(to: item)
        #expect(added["s"] == .stringSet([Self.decomposed, Self.composed]))
        let removed = try UpdateExpression.parse("DELETE s :v", context: ExpressionContext(values: values)).apply(to: added)
        guard case .stringSet(let rest)? = removed["s"] else { throw ExpressionError("no set") }
        #expect(rest.map { Array($0.utf8) } == [Array(Self.composed.utf8)])
        #expect(try Self.holds("contains(s, :v)", item, .string(Self.decomposed)) == false)
        #expect(try Self.holds("s = :v", item, .stringSet([Self.decomposed])) == false)
    }

    @Test("binaries compare as unsigned bytes, a prefix first")
    func binaries() throws {
        #expect(try Self.holds("a > :v", ["a": .binary(Data([0x80]))], .binary(Data([0x7F, 1]))))
        #expect(try Self.holds("a < :v", ["a": .binary(Data([1]))], .binary(Data([1, 0]))))
        #expect(try Self.holds("contains(a, :v)", ["a": .binary(Data([1, 2, 2, 3]))], .binary(Data([2, 3]))))
        #expect(try Self.holds("contains(a, :v)", ["a": .binary(Data([1, 2]))], .binary(Data())))
    }

    @Test("sets are equal in any order, as an earlier version stored them")
    func storedOrder() throws {
        #expect(try Self.holds("s = :v", ["s": .stringSet(["b", "a"])], .stringSet(["a", "b"])))
        #expect(try Self.holds("s = :v", ["s": .numberSet(["2", "1"])], .numberSet(["1", "2.0"])))
    }
}
