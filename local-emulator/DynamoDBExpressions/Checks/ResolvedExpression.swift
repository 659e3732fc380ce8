import LambdaEvents

/// An operand with its placeholders looked up.
indirect enum Operand: Sendable {
    case path(DocumentPath)
    case value(AttributeValue)
    case size(Operand)
    case ifNotExists(DocumentPath, Operand)
    case listAppend(Operand, Operand)

    var path: DocumentPath? {
        guard case .path(let path) = self else { return nil }
        return path
    }

    var value: AttributeValue? {
        guard case .value(let value) = self else { return nil }
        return value
    }

    /// The type that is known without an item: a value's, a number for `size`. Nil for a document path, whose type the item
    /// decides, and for the functions of updates.
    var staticType: AttributeValue.Descriptor? {
        switch self {
        case .value(let value): value.descriptor
        case .size: .number
        case .path, .ifNotExists, .listAppend: nil
        }
    }
}

/// A condition with its placeholders looked up and its operands checked.
indirect enum Condition: Sendable {
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
