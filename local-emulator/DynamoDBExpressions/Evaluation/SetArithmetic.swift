import LambdaEvents

/// What ADD and DELETE do with numbers and sets. Both operands have one type, which was checked before.
enum SetArithmetic {
    /// The sum of two numbers, the union of two sets in their order.
    static func sum(_ current: AttributeValue, _ added: AttributeValue) throws(ExpressionError) -> AttributeValue {
        switch (current, added) {
        case (.number(let left), .number(let right)):
            return .number(try DecimalNumber(parsing: left).adding(DecimalNumber(parsing: right)).text)
        case (.stringSet(let left), .stringSet(let right)):
            return .stringSet(SetMembers.sorted(union(left, right) { Array($0.utf8) }))
        case (.numberSet(let left), .numberSet(let right)):
            return .numberSet(SetMembers.sorted(numbers: union(left, right, by: AttributeValue.decimal)))
        case (.binarySet(let left), .binarySet(let right)): return .binarySet(SetMembers.sorted(union(left, right) { $0 }))
        default: return current
        }
    }

    /// The first set without the second's members; nil if none remain.
    static func difference(_ current: AttributeValue, _ removed: AttributeValue) -> AttributeValue? {
        switch (current, removed) {
        case (.stringSet(let left), .stringSet(let right)):
            return rest(left, right) { Array($0.utf8) }.map(AttributeValue.stringSet)
        case (.numberSet(let left), .numberSet(let right)):
            return rest(left, right, by: AttributeValue.decimal).map(AttributeValue.numberSet)
        case (.binarySet(let left), .binarySet(let right)): return rest(left, right) { $0 }.map(AttributeValue.binarySet)
        default: return current
        }
    }

    private static func union<Member, Key: Hashable>(_ left: [Member], _ right: [Member], by key: (Member) -> Key) -> [Member] {
        let known = Set(left.map(key))
        return left + right.filter { !known.contains(key($0)) }
    }

    private static func rest<Member, Key: Hashable>(_ left: [Member], _ right: [Member], by key: (Member) -> Key) -> [Member]? {
        let removed = Set(right.map(key))
        let rest = left.filter { !removed.contains(key($0)) }
        return rest.isEmpty ? nil : rest
    }
}
