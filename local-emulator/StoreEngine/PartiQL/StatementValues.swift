internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// Turns literals and parameters of a statement into values.
struct StatementValues: Sendable {
    /// In normal form.
    let parameters: [AttributeValue]

    /// The value of a literal or a parameter, nil for anything else.
    func value(of expression: Expression) throws(StoreError) -> AttributeValue? {
        switch expression.kind {
        case .string, .number, .bool, .null, .list, .bag, .tuple: try normalized(expression)
        case .parameter(let index): try parameter(index)
        default: nil
        }
    }

    private func normalized(_ expression: Expression) throws(StoreError) -> AttributeValue {
        let value = try literal(expression, at: [])
        return try RequestExpressions.storeError { () throws(ExpressionError) in
            try AttributeValueValidation.normalized(value, wording: .older)
        }
    }

    /// A value where nothing else may stand, as in an item.
    func requiredValue(of expression: Expression) throws(StoreError) -> AttributeValue {
        guard let value = try value(of: expression) else { throw Self.unsupported(expression, []) }
        return value
    }

    func parameter(_ index: Int) throws(StoreError) -> AttributeValue {
        guard index < parameters.count else {
            throw .validation("Number of parameters in request and statement don't match.")
        }
        return parameters[index]
    }

    /// The item of an INSERT: parameters may stand for its attributes, not inside of them.
    func item(_ expression: Expression) throws(StoreError) -> AttributeMap {
        guard case .tuple(let members) = expression.kind else { throw Self.unsupported(expression, []) }
        var item: AttributeMap = [:]
        for (name, value) in members {
            guard case .string(let name) = name.kind else { throw Self.unsupported(name, []) }
            item[name] = try requiredValue(of: value)
        }
        guard item[""] == nil else { throw .validation("Empty attribute name") }
        return item
    }

    // MARK: Literals

    /// A place inside a literal, as the service's messages write it after `root`: `.name` and `[0]`.
    private typealias Place = [String]

    private static let maximumNesting = 32

    private static func text(_ place: Place) -> String { "root" + place.joined() }

    private static func unsupported(_ expression: Expression, _ place: Place) -> StoreError {
        .validation("Unsupported data type: \(expression.identifier) under key \(text(place)) at \(expression.position)")
    }

    private func literal(_ expression: Expression, at place: Place) throws(StoreError) -> AttributeValue {
        guard place.count < Self.maximumNesting else {
            throw .validation("Nesting Levels have exceeded supported limits under \(Self.text(place))")
        }
        switch expression.kind {
        case .string(let text): return .string(text)
        case .number(let digits): return .number(try number(digits, at: place).text)
        case .bool(let flag): return .bool(flag)
        case .null: return .null
        case .list(let elements): return .list(try list(elements, at: place))
        case .tuple(let members): return .map(try map(members, at: place))
        case .bag(let members): return try set(members, at: place)
        default: throw Self.unsupported(expression, place)
        }
    }

    private func list(_ elements: [Expression], at place: Place) throws(StoreError) -> [AttributeValue] {
        var values: [AttributeValue] = []
        for (index, element) in elements.enumerated() { values.append(try literal(element, at: place + ["[\(index)]"])) }
        return values
    }

    private func map(
        _ members: [(name: Expression, value: Expression)], at place: Place
    ) throws(StoreError) -> AttributeMap {
        var values: AttributeMap = [:]
        for (name, value) in members {
            guard case .string(let text) = name.kind else { throw Self.unsupported(name, place) }
            values[text] = try literal(value, at: place + [".\(text)"])
        }
        return values
    }

    private func number(_ digits: String, at place: Place) throws(StoreError) -> DecimalNumber {
        guard !DecimalText.wraps(digits) else { throw .validation("\(StatementParameters.underflow) under \(Self.text(place))") }
        do throws(ExpressionError) {
            return try DecimalNumber(parsing: digits)
        } catch {
            throw .validation("\(error.message) under \(Self.text(place))")
        }
    }

    /// A bag is a set of strings or of numbers; sets of binaries come as parameters only.
    private func set(_ members: [Expression], at place: Place) throws(StoreError) -> AttributeValue {
        guard !members.isEmpty else { throw .validation("Empty bags are not supported") }
        var strings: [String] = []
        var numbers: [String] = []
        for member in members {
            switch member.kind {
            case .string(let text): strings.append(text)
            case .number(let digits): numbers.append(digits)
            case .parameter: throw Self.unsupported(member, place)
            default: break
            }
        }
        if strings.count == members.count {
            try refuseDuplicates(Set(strings.map { Array($0.utf8) }).count, of: strings, "contains duplicates.")
            return .stringSet(strings)
        }
        guard numbers.count == members.count else {
            throw .validation("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags")
        }
        var values: [DecimalNumber] = []
        for digits in numbers { values.append(try number(digits, at: place)) }
        try refuseDuplicates(Set(values).count, of: numbers, "contains duplicates! under \(Self.text(place))")
        return .numberSet(values.map(\.text))
    }

    private func refuseDuplicates(_ distinct: Int, of members: [String], _ problem: String) throws(StoreError) {
        guard distinct < members.count else { return }
        throw .validation(
            "One or more parameter values were invalid: Input collection [\(members.joined(separator: ", "))] \(problem)")
    }
}
