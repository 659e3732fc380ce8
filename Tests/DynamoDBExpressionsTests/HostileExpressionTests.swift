import DynamoDBExpressions
import Foundation
import LambdaEvents
import Testing

@Suite("Hostile expressions")
struct HostileExpressionTests {
    private static let words = [
        "a", "b.c", "d[0]", "#n", "#x", ":v", ":w", ":x", "AND", "OR", "NOT", "BETWEEN", "IN", "SET", "REMOVE", "ADD", "DELETE",
        "=", "<>", "<", "<=", ">", ">=", "(", ")", "[", "]", ",", ".", "+", "-", "0", "99999999999", "size(", "contains(",
        "begins_with(", "attribute_type(", "attribute_exists(", "if_not_exists(", "list_append(", "status", "\"", "é", "😀",
        "\u{0}",
    ]

    private static let item: AttributeMap = [
        "a": .number("1"), "b": .map(["c": .list([.string("x")])]), "d": .list([.stringSet(["x"])]), "n": .null,
    ]

    /// Parses a text as every kind of expression and runs what parses; any error is fine, and so is none.
    private static func run(_ text: String) {
        let values: AttributeMap = [":v": .number("7"), ":w": .list([.string("y")])]
        guard let context = try? ExpressionContext(names: ["#n": "n"], values: values) else { return }
        _ = (try? ConditionExpression.parse(text, context: context))?.evaluate(item)
        _ = try? UpdateExpression.parse(text, context: context).apply(to: item)
        _ = (try? ProjectionExpression.parse(text, context: context))?.project(item)
        _ = try? KeyConditionExpression.parse(text, context: context)
            .resolve(hashes: [KeyAttribute(name: "a", type: .number)], ranges: [])
    }

    @Test("20,000 random texts are read or refused, and none does harm")
    func random() {
        // The multiplier and increment of Knuth's MMIX: the same texts in every run.
        var state: UInt64 = 20_120_810
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        for _ in 0..<20_000 {
            let text = (0...next(14)).map { _ in Self.words[next(Self.words.count)] }.joined(separator: " ")
            Self.run(next(2) == 0 ? text : "SET " + text)
        }
    }

    @Test("the deepest expressions fit the 512 KB stack of a secondary thread")
    func smallStack() {
        let deepest = [
            "a<b " + String(repeating: "or (a<b ", count: 149) + String(repeating: ")", count: 149),
            String(repeating: "not (", count: 300) + "attribute_exists(a)" + String(repeating: ")", count: 300),
            "SET a = " + String(repeating: "if_not_exists(x,", count: 230) + ":v" + String(repeating: ")", count: 230),
            String(repeating: "(", count: 4096),
            "a < " + String(repeating: "size(", count: 680) + "b" + String(repeating: ")", count: 680),
        ]
        let finished = DispatchSemaphore(value: 0)
        let thread = Thread {
            for text in deepest { Self.run(text) }
            finished.signal()
        }
        thread.stackSize = 512 * 1024
        thread.start()
        #expect(finished.wait(timeout: .now() + 60) == .success)
    }
}
