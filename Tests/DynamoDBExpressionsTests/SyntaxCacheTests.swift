import LambdaEvents
import Testing

@testable import DynamoDBExpressions

@Suite("Expressions that come again")
struct SyntaxCacheTests {
    @Test("one text with other placeholders is another condition")
    func placeholders() throws {
        for (name, value, expected) in [("a", 1, true), ("a", 2, false), ("b", 2, true)] {
            let context = try ExpressionContext(names: ["#n": name], values: [":v": .number("\(value)")])
            let condition = try ConditionExpression.parse("#n = :v AND attribute_exists(a)", context: context)
            try context.checkAllUsed()
            #expect(condition.evaluate(["a": .number("1"), "b": .number("2")]) == expected)
        }
    }

    @Test("a text that was right as a condition is right as a filter, and its errors name the filter")
    func kinds() throws {
        let text = "attribute_exists(zz.#n)"
        let context = try ExpressionContext(names: ["#n": "x"])
        _ = try ConditionExpression.parse(text, kind: .condition, context: context)
        let message =
            "Invalid FilterExpression: An expression attribute name used in the document path is not defined; attribute name: #n"
        #expect(throws: ExpressionError(message)) {
            try ConditionExpression.parse(text, kind: .filter, context: ExpressionContext())
        }
    }

    @Test("an error is found each time")
    func errors() throws {
        for _ in 0..<2 {
            #expect(throws: ExpressionError.self) {
                try UpdateExpression.parse("SET status = :v", context: ExpressionContext(values: [":v": .null]))
            }
        }
    }

    @Test("a text that Swift takes for the same is read for itself")
    func canonicallyEquivalent() throws {
        let text = "attribute_exists(Kelvin)"
        let kelvinSign = "attribute_exists(\u{212A}elvin)"
        #expect(text == kelvinSign)
        _ = try ConditionExpression.parse(text, context: ExpressionContext())
        #expect(throws: ExpressionError.self) { try ConditionExpression.parse(kelvinSign, context: ExpressionContext()) }
    }

    @Test("a full cache begins anew; a long text is never in it")
    func limits() throws {
        let cache = SyntaxCache<Int>(limit: 4)
        var reads = 0
        func read(_ text: String) throws -> Int {
            try cache.syntax(of: text) { (text) throws(ExpressionError) in
                reads += 1
                return text.utf8.count
            }
        }
        for text in ["a", "b", "c", "d", "a", "b"] { #expect(try read(text) == 1) }
        #expect(reads == 4)
        for text in ["e", "a", "e", "a"] { _ = try read(text) }
        #expect(reads == 6)
        let long = String(repeating: "x", count: 4096)
        for _ in 0..<2 { #expect(try read(long) == 4096) }
        #expect(reads == 8)
    }

    @Test("many placeholders are found too, and those that were not used told in their order")
    func manyPlaceholders() throws {
        let names = Dictionary(uniqueKeysWithValues: (10..<60).map { ("#n\($0)", "a\($0)") })
        let context = try ExpressionContext(names: names)
        let used = (12..<60).map { "#n\($0)" }.joined(separator: ", ")
        #expect(try ProjectionExpression.parse(used, context: context).paths.count == 48)
        #expect(
            throws: ExpressionError("Value provided in ExpressionAttributeNames unused in expressions: keys: {#n10, #n11}")
        ) { try context.checkAllUsed() }
    }
}
