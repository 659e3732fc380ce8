package import LambdaEvents

/// An operand with its placeholders looked up.
package indirect enum Operand: Sendable {
    case path(DocumentPath)
    case value(AttributeValue)
    case size(Operand)
    case ifNotExists(DocumentPath, Operand)
    case listAppend(Operand, Operand)
    /// Sums and differences inside an operand, which only statements have: an update expression has at most one, outside.
    case sum(Operand, Operand)
    case difference(Operand, Operand)
    /// What a condition comes to, which only statements compare with something: `attribute_exists(a) = false`.
    case truth(Condition)

    package var path: DocumentPath? {
        guard case .path(let path) = self else { return nil }
        return path
    }

    package var value: AttributeValue? {
        guard case .value(let value) = self else { return nil }
        return value
    }

    /// The type that is known without an item: a value's, a number for `size`. Nil for a document path, whose type the item
    /// decides, and for the functions of updates.
    package var staticType: AttributeValue.Descriptor? {
        switch self {
        case .value(let value): value.descriptor
        case .size, .sum, .difference: .number
        case .truth: .bool
        case .path, .ifNotExists, .listAppend: nil
        }
    }
}

/// A condition with its placeholders looked up and its operands checked.
package indirect enum Condition: Sendable {
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case comparison(Comparator, Operand, Operand)
    case between(Operand, Operand, Operand)
    case `in`(Operand, [Operand])
    case exists(DocumentPath)
    case notExists(DocumentPath)
    case hasType(Operand, AttributeValue.Descriptor)
    case beginsWith(Operand, Operand)
    case contains(Operand, Operand)
}
