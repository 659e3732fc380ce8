import DynamoDBExpressions
import LambdaEvents
import Testing

@Suite("AttributeUpdates")
struct AttributeUpdateTests {
    private func updated(
        _ item: AttributeMap, _ updates: NameMap<AttributeUpdate>, exists: Bool = true
    ) throws -> AttributeMap? {
        try UpdateExpression.attributeUpdates(updates, .current)?.apply(to: item, exists: exists)
    }

    @Test("puts, adds and deletes")
    func actions() throws {
        let item: AttributeMap = [
            "n": .number("7"), "set": .stringSet(["a", "b"]), "list": .list([.number("1")]), "gone": .null,
            "whole": .numberSet(["1"]),
        ]
        let updates: NameMap<AttributeUpdate> = [
            "n": AttributeUpdate(.add, .number("-3.5")), "new": AttributeUpdate(.add, .number("2")),
            "set": AttributeUpdate(.delete, .stringSet(["b", "c"])), "list": AttributeUpdate(.add, .list([.string("x")])),
            "made": AttributeUpdate(.add, .list([.number("9")])), "gone": AttributeUpdate(.delete),
            "whole": AttributeUpdate(.delete, .numberSet(["1.0"])), "dotted.name": AttributeUpdate(.put, .string("")),
            "union": AttributeUpdate(.add, .stringSet(["z", "y"])),
        ]
        #expect(
            try updated(item, updates) == [
                "n": .number("3.5"), "new": .number("2"), "set": .stringSet(["a"]), "list": .list([.number("1"), .string("x")]),
                "made": .list([.number("9")]), "dotted.name": .string(""), "union": .stringSet(["y", "z"]),
            ])
    }

    static let refused: [(AttributeUpdate, String)] = [
        (AttributeUpdate(.put), "Only DELETE action is allowed when no attribute value is specified"),
        (AttributeUpdate(.add), "Only DELETE action is allowed when no attribute value is specified"),
        (AttributeUpdate(.delete, .list([])), "DELETE action with value is not supported for the type L"),
        (AttributeUpdate(.delete, .number("1")), "DELETE action with value is not supported for the type N"),
        (AttributeUpdate(.add, .string("a")), "ADD action is not supported for the type S"),
        (AttributeUpdate(.add, .map([:])), "ADD action is not supported for the type M"),
    ]

    @Test("an action takes only some types", arguments: refused)
    func types(update: AttributeUpdate, reason: String) {
        #expect(throws: ExpressionError("One or more parameter values were invalid: \(reason)")) {
            try updated([:], ["a": update])
        }
    }

    static let mismatched: [(AttributeValue, AttributeUpdate)] = [
        (.string("a"), AttributeUpdate(.add, .number("1"))), (.stringSet(["a"]), AttributeUpdate(.add, .numberSet(["1"]))),
        (.stringSet(["a"]), AttributeUpdate(.add, .list([]))), (.number("1"), AttributeUpdate(.delete, .numberSet(["1"]))),
    ]

    @Test("what is there must have the type of what is added or deleted", arguments: mismatched)
    func mismatch(value: AttributeValue, update: AttributeUpdate) {
        #expect(throws: ExpressionError("Type mismatch for attribute to update")) {
            try updated(["a": value], ["a": update])
        }
    }

    @Test("only what takes away leaves a missing item missing")
    func takesAway() throws {
        let delete = AttributeUpdate(.delete)
        #expect(try UpdateExpression.attributeUpdates(["a": delete], .current)?.createsItem == false)
        #expect(
            try UpdateExpression.attributeUpdates(["a": delete, "b": AttributeUpdate(.put, .null)], .current)?.createsItem
                == true)
        #expect(try UpdateExpression.attributeUpdates([:], .current) == nil)
    }
}
