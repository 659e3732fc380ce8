internal import DynamoDBExpressions
internal import LambdaEvents

/// What a write may not put into a vector index, with the texts that the service was seen to answer (eu-west-2, August 2026).
/// What is missing is no mistake: the item is left out of the index, or of a filter ("Writing items with vector data",
/// Developer Guide).
///
/// Checks: the indexes by name; in each of them the vector (that it is a list, its length, its elements), then the search
/// schema's attributes (their types, and that the one that divides the index is neither empty nor too long).
extension Table {
    /// - Parameter old: the item before an update, whose values may stay what they are; nil for a put.
    func checkVectors(
        of item: AttributeMap, replacing old: AttributeMap?, in operation: IndexKeyRule
    ) throws(StoreError) {
        guard !vectorIndexes.isEmpty else { return }
        for index in vectorIndexes.sorted(by: { $0.name < $1.name }) {
            if let value = item[index.attribute], old?[index.attribute] != value { try index.check(vector: value) }
            for attribute in index.schema {
                guard let value = item[attribute.name], old?[attribute.name] != value else { continue }
                try index.check(value, of: attribute, in: operation)
            }
        }
    }
}

extension TableVectorIndex {
    fileprivate func check(vector value: AttributeValue) throws(StoreError) {
        guard case .list(let elements) = value else {
            throw invalid("Invalid type for parameter \(attribute), Expected: 32-bit floating point number list")
        }
        guard elements.count == dimensions else {
            throw invalid("Invalid size for parameter \(attribute), Expected: \(dimensions), Actual: \(elements.count)")
        }
        for (number, element) in elements.enumerated() {
            guard case .number(let text) = element else {
                throw invalid(
                    "Invalid type for parameter \(attribute)[\(number)], Expected: 32-bit floating point number, Actual: "
                        + "\(element.descriptor.rawValue).")
            }
            guard FloatVector.float(text) != nil else {
                throw invalid(
                    "Invalid value for parameter \(attribute)[\(number)], Value: \(Self.scientific(text)) is outside valid range "
                        + "[-3.4028235E38, 3.4028235E38].")
            }
        }
    }

    fileprivate func check(
        _ value: AttributeValue, of attribute: KeyAttributes.Attribute, in operation: IndexKeyRule
    ) throws(StoreError) {
        guard value.descriptor.rawValue == attribute.type.rawValue else {
            throw invalid(
                "Attribute '\(attribute.name)' type mismatch. Expected: \(attribute.type.rawValue), Actual: "
                    + "\(value.descriptor.rawValue).")
        }
        guard attribute == hash else { return }
        if let problem = value.emptiness {
            throw .validation(operation.empty(problem, attribute: attribute.name, index: name))
        }
        _ = try KeyAttributes.partition([value])
    }

    /// The full stop behind the first sentence, and that there is one before the index's name in some cases only, are the
    /// service's.
    private func invalid(_ text: String) -> StoreError {
        .validation("One or more parameter values were invalid. \(text) IndexName: \(name)")
    }

    /// A number as the service shows one that is out of range: 1.3E+40.
    private static func scientific(_ text: String) -> String {
        guard let number = try? DecimalNumber(parsing: text) else { return text }
        var digits = String(number.coefficient)
        if digits.utf8.count > 1 { digits.insert(".", at: digits.index(after: digits.startIndex)) }
        return "\(number.isNegative ? "-" : "")\(digits)E\(number.exponent < 0 ? "" : "+")\(number.exponent)"
    }
}
