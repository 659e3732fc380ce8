#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
package import LambdaEvents

/// The rules that every attribute value of a request must keep, and the normal form in which it is stored.
///
/// Names are not empty, sets are not empty, hold no value twice and come in order, numbers are numbers and become their plain
/// form, documents nest at most 32 levels. Empty strings and binaries are allowed here: only keys may not be empty, which the
/// table's schema knows.
///
/// Names of top-level attributes come first, then the nesting, then everything else in the order of the names.
/// Source: "Naming rules and data types" and "Quotas in Amazon DynamoDB" in the Amazon DynamoDB Developer Guide.
package enum AttributeValueValidation {
    /// Levels of a document, its innermost value included: 31 lists or maps in each other and what is in the last of them.
    package static let maximumNesting = 32
    /// The longest name of an attribute in bytes.
    package static let maximumNameBytes = 65_535

    package static let emptyStringSet = ExpressionError(
        "One or more parameter values were invalid: An string set  may not be empty")
    package static let emptyBinarySet = ExpressionError(
        "One or more parameter values were invalid: Binary sets should not be empty")

    package static func normalized(
        _ item: AttributeMap, wording: ValueWording = .current
    ) throws(ExpressionError) -> AttributeMap {
        for name in item.keys { try checkName(name) }
        for value in item.values { try checkNesting(of: value, under: 0) }
        return try rewritten(item, wording) ?? item
    }

    /// - Parameter inTransaction: whether the value may nest one level deeper than an attribute. A transaction compares one
    ///   with 32 levels around its innermost value and refuses one with 40; where between them it stops is not known.
    package static func normalized(
        _ value: AttributeValue, wording: ValueWording = .current, inTransaction: Bool = false
    ) throws(ExpressionError) -> AttributeValue {
        try checkNesting(of: value, under: inTransaction ? -1 : 0)
        return try rewritten(value, wording) ?? value
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

    private static func checkDepth(_ depth: Int) throws(ExpressionError) {
        guard depth < maximumNesting - 1 else {
            throw ExpressionError(
                "Nesting Levels have exceeded supported limits: "
                    + "Attributes in the item have nested levels beyond supported limit")
        }
    }

    static func checkName(_ name: String) throws(ExpressionError) {
        guard !name.isEmpty else { throw ExpressionError("Empty attribute name") }
        guard name.utf8.count <= maximumNameBytes else {
            throw ExpressionError(
                "One or more parameter values were invalid: Attribute name is too large, must be less than "
                    + "\(maximumNameBytes + 1) bytes")
        }
    }
}

// MARK: - The normal form

// Most values are in it, and an item of such values is not copied: nil says so.

extension AttributeValueValidation {
    private static func rewritten(
        _ members: AttributeMap, _ wording: ValueWording
    ) throws(ExpressionError) -> AttributeMap? {
        do throws(ExpressionError) {
            var result: AttributeMap?
            for (name, value) in members {
                guard let new = try rewritten(value, wording) else { continue }
                if result == nil { result = members }
                result?[name] = new
            }
            return result
        } catch {
            // Once more in the names' order, so that one request always gets the same of its errors.
            for (_, value) in members.inOrder { _ = try rewritten(value, wording) }
            throw error
        }
    }

    private static func rewritten(_ value: AttributeValue, _ wording: ValueWording) throws(ExpressionError) -> AttributeValue? {
        switch value {
        case .string, .binary, .bool, .null: return nil
        case .number(let text):
            return NumberText.isNormal(text) ? nil : .number(try DecimalNumber(parsing: text, wording: wording).text)
        case .stringSet(let texts):
            if !texts.isEmpty, SetMembers.isInOrder(texts) { return nil }
            return .stringSet(try normalized(strings: texts, wording))
        case .numberSet(let texts): return .numberSet(try normalized(numbers: texts, wording))
        case .binarySet(let datas):
            if !datas.isEmpty, SetMembers.isInOrder(datas) { return nil }
            return .binarySet(try normalized(binaries: datas, wording))
        case .list(let values):
            var result: [AttributeValue]?
            for (index, value) in values.enumerated() {
                guard let new = try rewritten(value, wording) else { continue }
                if result == nil { result = values }
                result?[index] = new
            }
            return result.map(AttributeValue.list)
        case .map(let members):
            for name in members.keys { try checkName(name) }
            return try rewritten(members, wording).map(AttributeValue.map)
        }
    }

    private static func normalized(strings texts: [String], _ wording: ValueWording) throws(ExpressionError) -> [String] {
        guard !texts.isEmpty else {
            throw emptyStringSet
        }
        // Compared as bytes: Swift's == takes canonically equivalent texts for one, DynamoDB does not.
        if let index = SetMembers.firstRepeat(texts, by: { Array($0.utf8) }) {
            throw wording.duplicates(
                inStrings: texts, firstRepeat: index, ordered: SetMembers.sorted(Array(texts[..<index])))
        }
        return SetMembers.sorted(texts)
    }

    private static func normalized(numbers texts: [String], _ wording: ValueWording) throws(ExpressionError) -> [String] {
        guard !texts.isEmpty else {
            throw ExpressionError("One or more parameter values were invalid: An number set  may not be empty")
        }
        var numbers: [DecimalNumber] = []
        for text in texts { numbers.append(try DecimalNumber(parsing: text, wording: wording)) }
        guard Set(numbers).count == numbers.count else { throw wording.duplicatesInNumbers }
        return numbers.sorted().map(\.text)
    }

    private static func normalized(binaries datas: [Data], _ wording: ValueWording) throws(ExpressionError) -> [Data] {
        guard !datas.isEmpty else {
            throw emptyBinarySet
        }
        if let index = SetMembers.firstRepeat(datas, by: { $0 }) {
            throw wording.duplicates(
                inBinaries: datas.map { $0.base64EncodedString() }, firstRepeat: index,
                ordered: SetMembers.sorted(Array(datas[..<index])).map { $0.base64EncodedString() })
        }
        return SetMembers.sorted(datas)
    }
}
