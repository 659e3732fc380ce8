internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// Turns what stands behind WHERE into a condition, with the checks that need no table. The messages are those of condition
/// expressions without the parameter's name in front.
///
/// Source: "PartiQL functions for DynamoDB" and "PartiQL arithmetic, comparison, and logical operators" in the Developer Guide.
struct StatementCondition {
    let values: StatementValues

    /// The operands that IN takes after the first.
    private static let maximumMembers = 100
    private static let ordered: [AttributeValue.Descriptor] = [.string, .number, .binary]

    func condition(_ expression: Expression) throws(StoreError) -> Condition {
        switch expression.kind {
        case .all(let operands): return .all(try conditions(operands))
        case .any(let operands): return .any(try conditions(operands))
        case .not(let operand): return .not(try condition(operand))
        default: return try leaf(expression)
        }
    }

    private func conditions(_ expressions: [Expression]) throws(StoreError) -> [Condition] {
        var conditions: [Condition] = []
        for expression in expressions { conditions.append(try condition(expression)) }
        return conditions
    }

    private func leaf(_ expression: Expression) throws(StoreError) -> Condition {
        switch expression.kind {
        case .binary(let name, let left, let right): return try comparison(name, left, right)
        case .between(let operand, let low, let high): return try between(operand, low, high)
        case .in(let operand, let members): return try membership(operand, members)
        case .isType(let operand, let type): return try isType(operand, type)
        case .call(let name, let arguments): return try call(name, arguments, expression)
        case .like: throw Self.unsupported("LIKE")
        default: throw .validation("Unsupported token in expression: \(expression.identifier)")
        }
    }

    private static func unsupported(_ name: String) -> StoreError {
        .validation("Unsupported operator in Condition Expression. Operator: \(name)")
    }

    // MARK: Operands

    private func operand(_ expression: Expression) throws(StoreError) -> Operand {
        if let path = try DocumentPath(expression) { return .path(path) }
        if let value = try values.value(of: expression) { return .value(value) }
        switch expression.kind {
        case .call("size", let arguments): return try size(arguments)
        case .negative: throw Self.incorrectCount("-", 1)
        case .positive: throw Self.incorrectCount("+", 1)
        case .missing, .star, .select: throw .validation("Unsupported token in expression: \(expression.identifier)")
        default: return .truth(try condition(expression))
        }
    }

    private func operands(_ expressions: [Expression]) throws(StoreError) -> [Operand] {
        var operands: [Operand] = []
        for expression in expressions { operands.append(try operand(expression)) }
        return operands
    }

    private func size(_ arguments: [Expression]) throws(StoreError) -> Operand {
        let arguments = try operands(arguments, of: "size", count: 1)
        try Self.check(
            arguments[0], isOneOf: [.string, .binary, .stringSet, .numberSet, .binarySet, .list, .map], for: "size")
        return .size(arguments[0])
    }

    private func operands(_ expressions: [Expression], of name: String, count: Int) throws(StoreError) -> [Operand] {
        guard expressions.count == count else { throw Self.incorrectCount(name, expressions.count) }
        let operands = try operands(expressions)
        try Self.checkDistinct(operands[0], operands.dropFirst(), for: name)
        return operands
    }

    private static func incorrectCount(_ name: String, _ count: Int) -> StoreError {
        .validation(
            "Incorrect number of operands for operator or function; operator or function: \(name), number of operands: \(count)")
    }

    /// Refuses an operand whose type is known and is none of these.
    static func check(
        _ operand: Operand, isOneOf types: [AttributeValue.Descriptor], for name: String
    ) throws(StoreError) {
        guard let type = operand.staticType, !types.contains(type) else { return }
        throw incorrectType(type.rawValue, for: name)
    }

    private static func incorrectType(_ type: String, for name: String) -> StoreError {
        .validation("Incorrect operand type for operator or function; operator or function: \(name), operand type: \(type)")
    }

    private static func checkDistinct(
        _ first: Operand, _ others: some Sequence<Operand>, for name: String
    ) throws(StoreError) {
        guard let path = first.path, others.contains(where: { $0.path == path }) else { return }
        throw .validation(
            "The first operand must be distinct from the remaining operands for this operator or function; "
                + "operator: \(name), first operand: \(path.description)")
    }

    // MARK: Comparisons

    private func comparison(_ name: String, _ left: Expression, _ right: Expression) throws(StoreError) -> Condition {
        guard let comparator = Comparator(rawValue: name == "!=" ? "<>" : name) else { throw Self.unsupported(name) }
        let (left, right) = (try operand(left), try operand(right))
        try Self.checkDistinct(left, [right], for: name)
        if comparator != .equal, comparator != .notEqual {
            for operand in [left, right] { try Self.check(operand, isOneOf: Self.ordered, for: name) }
        }
        return .comparison(comparator, left, right)
    }

    private func between(_ operand: Expression, _ low: Expression, _ high: Expression) throws(StoreError) -> Condition {
        let operands = try operands([operand, low, high])
        try Self.checkDistinct(operands[0], operands.dropFirst(), for: "BETWEEN")
        for operand in operands { try Self.check(operand, isOneOf: Self.ordered, for: "BETWEEN") }
        if let low = operands[1].value, let high = operands[2].value { try Self.checkBounds(low, high) }
        return .between(operands[0], operands[1], operands[2])
    }

    private static func checkBounds(_ low: AttributeValue, _ high: AttributeValue) throws(StoreError) {
        let bounds =
            "lower bound operand: AttributeValue: \(ValueDescription.text(low)), "
            + "upper bound operand: AttributeValue: \(ValueDescription.text(high))"
        guard low.descriptor == high.descriptor else {
            throw .validation("The BETWEEN operator requires same data type for lower and upper bounds; \(bounds)")
        }
        guard let order = low.order(relativeTo: high), order > 0 else { return }
        throw .validation(
            "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; \(bounds)")
    }

    private func membership(_ operand: Expression, _ members: [Expression]) throws(StoreError) -> Condition {
        guard members.count <= Self.maximumMembers else {
            throw .validation("The IN operator is provided with too many operands; number of operands: \(members.count)")
        }
        let first = try self.operand(operand)
        let others = try operands(members)
        try Self.checkDistinct(first, others, for: "IN")
        return .in(first, others)
    }

    // MARK: IS

    private func isType(_ expression: Expression, _ type: String) throws(StoreError) -> Condition {
        let operand = try operand(expression)
        if type == "MISSING" {
            guard let path = operand.path else { throw Self.needsPath("IS MISSING") }
            return .notExists(path)
        }
        guard let descriptor = Self.descriptor(type) else {
            throw .validation(
                "Unsupported data type for IS operator: \(type). Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, "
                    + "NUMERIC, STRUCT, TUPLE, LIST]")
        }
        return .hasType(operand, descriptor)
    }

    private static func descriptor(_ type: String) -> AttributeValue.Descriptor? {
        switch type {
        case "NULL": .null
        case "BOOL", "BOOLEAN": .bool
        case "BLOB": .binary
        case "STRING": .string
        case "NUMERIC": .number
        case "STRUCT", "TUPLE": .map
        case "LIST": .list
        default: nil
        }
    }

    // MARK: Functions

    private func call(_ name: String, _ arguments: [Expression], _ call: Expression) throws(StoreError) -> Condition {
        switch name {
        case "attribute_exists": return .exists(try path(arguments, of: name))
        case "attribute_not_exists": return .notExists(try path(arguments, of: name))
        case "attribute_type":
            let arguments = try operands(arguments, of: name, count: 2)
            return .hasType(arguments[0], try typeName(arguments[1]))
        case "begins_with":
            let arguments = try operands(arguments, of: name, count: 2)
            for argument in arguments { try Self.check(argument, isOneOf: [.string, .binary], for: name) }
            return .beginsWith(arguments[0], arguments[1])
        case "contains":
            let arguments = try operands(arguments, of: name, count: 2)
            return .contains(arguments[0], arguments[1])
        default: throw .validation("Unrecognized function: \(name) at \(call.position)")
        }
    }

    private func path(_ arguments: [Expression], of name: String) throws(StoreError) -> DocumentPath {
        guard let path = try operands(arguments, of: name, count: 1)[0].path else { throw Self.needsPath(name) }
        return path
    }

    private static func needsPath(_ name: String) -> StoreError {
        .validation("Operator or function requires a document path; operator or function: \(name)")
    }

    /// The type that `attribute_type` asks for.
    private func typeName(_ operand: Operand) throws(StoreError) -> AttributeValue.Descriptor {
        let types = "{N,BS,L,B,NULL,M,S,SS,NS,BOOL}"
        guard let type = operand.staticType else { throw Self.incorrectType(types, for: "attribute_type") }
        guard case .string(let text)? = operand.value else {
            throw Self.incorrectType(type.rawValue, for: "attribute_type")
        }
        guard let descriptor = AttributeValue.Descriptor(rawValue: text) else {
            throw .validation("Invalid attribute type name found; type: \(text), valid types: \(types)")
        }
        return descriptor
    }
}
