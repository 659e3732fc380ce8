internal import DynamoDBExpressions
internal import LambdaEvents

/// The item that the condition of a write names, and what else it asks of it.
struct StatementKey: Sendable {
    private(set) var key: AttributeMap = [:]
    private(set) var rest: [Condition] = []
    /// An attribute of the key that is to be two values at once.
    private(set) var conflict: String?

    /// Takes the equalities with key attributes out of the conditions that must all hold.
    init(_ condition: Condition?, _ attributes: KeyAttributes) {
        if let condition { add(condition, attributes) }
    }

    private mutating func add(_ condition: Condition, _ attributes: KeyAttributes) {
        if case .all(let conditions) = condition {
            for condition in conditions { add(condition, attributes) }
            return
        }
        guard let (name, value) = condition.equality, attributes.contains(name) else {
            rest.append(condition)
            return
        }
        guard let known = key[name] else {
            key[name] = value
            return
        }
        guard !known.equals(value) else { return }
        conflict = conflict ?? name
        rest.append(condition)
    }

    func isComplete(_ attributes: KeyAttributes) -> Bool { key.count == attributes.all.count }
}

extension Condition {
    /// The attribute and the value of `name = value`.
    var equality: (name: String, value: AttributeValue)? {
        guard case .comparison(.equal, let left, let right) = self else { return nil }
        if let name = left.attributeName, let value = right.value { return (name, value) }
        if let name = right.attributeName, let value = left.value { return (name, value) }
        return nil
    }
}

extension Operand {
    /// The name of a top-level attribute.
    var attributeName: String? {
        guard let path, path.steps.isEmpty else { return nil }
        return path.root
    }
}
