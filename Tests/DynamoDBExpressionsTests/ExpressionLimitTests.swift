import DynamoDBExpressions
import LambdaEvents
import Testing

@Suite("Limits of expressions")
struct ExpressionLimitTests {
    private func message(_ text: String, _ values: AttributeMap? = nil) -> String? {
        ConditionErrorTests.message(text, values: values, kind: .condition)
    }

    @Test("an empty expression is refused")
    func empty() { #expect(message("") == "Invalid ConditionExpression: The expression can not be empty;") }

    @Test("4096 bytes are read and 4097 are refused before anything else")
    func size() {
        #expect(message("attribute_exists(a" + String(repeating: " ", count: 4077) + ")") == nil)
        #expect(
            message(String(repeating: "(", count: 4097))
                == "Invalid ConditionExpression: Expression size has exceeded the maximum allowed size; expression size: 4097")
    }

    @Test("the size of an update's text is not told")
    func updateSize() throws {
        let context = try ExpressionContext()
        #expect(
            throws: ExpressionError("Invalid UpdateExpression: Expression size has exceeded the maximum allowed size;")
        ) { try UpdateExpression.parse("SET " + String(repeating: "a", count: 4096) + " = b", context: context) }
    }

    @Test("300 operators are read and the 301st is refused")
    func operators() {
        let nested = "a<b " + String(repeating: "or (a<b ", count: 149) + String(repeating: ")", count: 149)
        #expect(message(nested) == nil)
        let tooMany = "Invalid ConditionExpression: The expression contains too many operators; operator count: 301"
        #expect(message("a<b " + String(repeating: "or a<b ", count: 150)) == tooMany)
        #expect(message(String(repeating: "not ", count: 300) + "attribute_exists(a)") == nil)
        #expect(message(String(repeating: "not ", count: 1000) + "a<b") == tooMany)
    }

    @Test("nesting that no valid expression has ends in an error, not in a deep stack")
    func nesting() {
        #expect(
            message(String(repeating: "(", count: 4096))
                == "Invalid ConditionExpression: Syntax error; token: \"<EOF>\", near: \"(\"")
        #expect(
            message(String(repeating: "(", count: 2046) + "a<b" + String(repeating: ")", count: 2046))
                == "Invalid ConditionExpression: The expression has redundant parentheses;")
        #expect(
            message("a < " + String(repeating: "f(", count: 1355) + "b" + String(repeating: ")", count: 1355))
                == "Invalid ConditionExpression: Invalid function name; function: f")
        #expect(
            message("a < " + String(repeating: "size(", count: 680) + "b" + String(repeating: ")", count: 680)) != nil)
        #expect(
            message(String(repeating: "(a=b or ", count: 400) + "a=b" + String(repeating: ")", count: 400))
                == "Invalid ConditionExpression: The expression contains too many operators; operator count: 301")
    }

    @Test("IN takes 100 operands and refuses the 101st")
    func members() {
        func text(_ count: Int) -> String { "a IN (" + Array(repeating: "b", count: count).joined(separator: ",") + ")" }
        #expect(message(text(100)) == nil)
        #expect(
            message(text(101))
                == "Invalid ConditionExpression: The IN operator is provided with too many operands; number of operands: 101")
    }

    @Test("a document path of 32 levels is read and one of 33 is refused")
    func pathDepth() throws {
        let context = try ExpressionContext()
        _ = try ProjectionExpression.parse("a" + String(repeating: ".b", count: 31), context: context)
        #expect(
            throws: ExpressionError(
                "Invalid ProjectionExpression: The document path has too many nesting levels; nesting levels: 33")
        ) { try ProjectionExpression.parse("a" + String(repeating: ".b", count: 32), context: context) }
    }

    @Test("all 573 documented words are reserved, whatever their case, and their neighbours are not")
    func reserved() {
        for word in ["ABORT", "zone", "LocalTimestamp", "status", "name", "ttl", "Deterministic", "count"] {
            #expect(
                message("\(word) = :v")
                    == "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: \(word)")
        }
        #expect(message("zones = b AND abort2 = b AND pk = b") == nil)
    }
}
