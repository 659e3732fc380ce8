#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents

/// The rules that every attribute value of a request must keep, and the normal form in which it is stored.
///
/// Sets are not empty and hold no value twice, numbers are numbers and become their plain form, documents nest at most 32
/// levels. Empty strings and binaries are allowed here: only keys may not be empty, which the table's schema knows.
/// Source: "Naming rules and data types" and "Quotas in Amazon DynamoDB" in the Amazon DynamoDB Developer Guide.
package enum AttributeValueValidation {
    /// Levels of lists and maps within an attribute, the value itself included.
    package static let maximumNesting = 32

    package static func normalized(_ item: [String: AttributeValue]) throws(ExpressionError) -> [String: AttributeValue] {
        try normalized(item, depth: 0)
    }

    package static func normalized(_ value: AttributeValue) throws(ExpressionError) -> AttributeValue {
        try normalized(value, depth: 0)
    }

    private static func normalized(
        _ item: [String: AttributeValue], depth: Int
    ) throws(ExpressionError) -> [String: AttributeValue] {
        var result = item
        // In name order, so that one request always gets the same of its errors.
        for name in item.keys.sorted() {
            guard let value = item[name] else { continue }
            result[name] = try normalized(value, depth: depth)
        }
        return result
    }

    private static func normalized(_ value: AttributeValue, depth: Int) throws(ExpressionError) -> AttributeValue {
        switch value {
        case .string, .binary, .bool, .null: return value
        case .number(let text): return .number(try DecimalNumber(parsing: text).text)
        case .stringSet(let texts):
            try checkStringSet(texts)
            return value
        case .numberSet(let texts): return .numberSet(try normalizedNumberSet(texts))
        case .binarySet(let datas):
            try checkBinarySet(datas)
            return value
        case .list(let values):
            try checkDepth(depth)
            var result: [AttributeValue] = []
            result.reserveCapacity(values.count)
            for value in values { result.append(try normalized(value, depth: depth + 1)) }
            return .list(result)
        case .map(let values):
            try checkDepth(depth)
            return .map(try normalized(values, depth: depth + 1))
        }
    }

    private static func checkDepth(_ depth: Int) throws(ExpressionError) {
        guard depth < maximumNesting else {
            throw ExpressionError(
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit")
        }
    }

    /// Refuses a value that nests too deep where it is written, so many levels below its top-level attribute.
    static func checkNesting(of value: AttributeValue, under depth: Int) throws(ExpressionError) {
        switch value {
        case .list(let values):
            try checkDepth(depth)
            for value in values { try checkNesting(of: value, under: depth + 1) }
        case .map(let members):
            try checkDepth(depth)
            for value in members.values { try checkNesting(of: value, under: depth + 1) }
        default:
            break
        }
    }

    private static func checkStringSet(_ texts: [String]) throws(ExpressionError) {
        guard !texts.isEmpty else {
            throw ExpressionError("One or more parameter values were invalid: An string set  may not be empty")
        }
        // Compared as bytes: Swift's == takes canonically equivalent texts for one, DynamoDB does not.
        guard Set(texts.map { Array($0.utf8) }).count == texts.count else {
            throw ExpressionError(
                "One or more parameter values were invalid: Input collection [\(texts.joined(separator: ", "))] contains duplicates."
            )
        }
    }

    private static func normalizedNumberSet(_ texts: [String]) throws(ExpressionError) -> [String] {
        guard !texts.isEmpty else {
            throw ExpressionError("One or more parameter values were invalid: An number set  may not be empty")
        }
        var numbers: [DecimalNumber] = []
        for text in texts { numbers.append(try DecimalNumber(parsing: text)) }
        guard Set(numbers).count == numbers.count else { throw ExpressionError("Input collection contains duplicates") }
        return numbers.map(\.text)
    }

    private static func checkBinarySet(_ datas: [Data]) throws(ExpressionError) {
        guard !datas.isEmpty else {
            throw ExpressionError("One or more parameter values were invalid: Binary sets should not be empty")
        }
        guard Set(datas).count == datas.count else {
            let shown = datas.map { $0.base64EncodedString() }.joined(separator: ", ")
            throw ExpressionError(
                "One or more parameter values were invalid: Input collection [\(shown)]of type BS contains duplicates.")
        }
    }
}
