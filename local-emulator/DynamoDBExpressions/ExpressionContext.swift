package import LambdaEvents

/// The placeholders of one request: what `#names` and `:values` stand for, and which of them its expressions used.
///
/// Made once for a request, given to the parser of each of its expressions in the service's order (update, condition, filter,
/// projection, key condition), then asked with `checkAllUsed` for what no expression used. Not sendable: it belongs to the
/// call that made it.
package final class ExpressionContext {
    private let names: [String: String]
    private let values: [String: AttributeValue]
    private var usedNames: Set<String> = []
    private var usedValues: Set<String> = []

    /// The longest placeholder in bytes, its mark included.
    ///
    /// Source: "Quotas in Amazon DynamoDB", section "Expression parameters".
    private static let maximumPlaceholderBytes = 255

    /// Checks the placeholders themselves: both maps' keys, then the values, which are brought into normal form.
    ///
    /// - Parameters:
    ///   - wording: how the operation words what is wrong with a value.
    ///   - mayNestDeep: whether values may nest deeper than attributes.
    package init(
        names: [String: String]? = nil, values: [String: AttributeValue]? = nil, wording: ValueWording = .current,
        mayNestDeep: Bool = false
    ) throws(ExpressionError) {
        if let names { try Self.check(names: names) }
        self.names = names ?? [:]
        self.values =
            try values.map { values throws(ExpressionError) in try Self.normalized(values, wording, mayNestDeep) } ?? [:]
    }

    /// Refuses what no expression used, names first, as the service does.
    package func checkAllUsed() throws(ExpressionError) {
        try Self.refuse(unused: Set(names.keys).subtracting(usedNames), in: "ExpressionAttributeNames")
        try Self.refuse(unused: Set(values.keys).subtracting(usedValues), in: "ExpressionAttributeValues")
    }

    private static func refuse(unused: Set<String>, in parameter: String) throws(ExpressionError) {
        guard !unused.isEmpty else { return }
        let keys = unused.sorted().joined(separator: ", ")
        throw ExpressionError("Value provided in \(parameter) unused in expressions: keys: {\(keys)}")
    }

    /// Refuses placeholders that come without an expression that could use them.
    ///
    /// - Parameters:
    ///   - valueExpressions: the operation's expressions that may hold values, by name, in the service's order, with their text.
    ///   - projection: the projection expression's text, which can use names only.
    ///   - namingExpressions: whether the message about values says which expressions are missing. PutItem, UpdateItem and
    ///     DeleteItem do not.
    package static func checkPresence(
        names: [String: String]?, values: [String: AttributeValue]?,
        valueExpressions: [(kind: ExpressionKind, text: String?)], projection: String? = nil, namingExpressions: Bool = true
    ) throws(ExpressionError) {
        let withText = valueExpressions.filter { $0.text != nil }
        if names != nil, withText.isEmpty, projection == nil {
            throw ExpressionError("ExpressionAttributeNames can only be specified when using expressions")
        }
        if values != nil, withText.isEmpty, !valueExpressions.isEmpty {
            let kinds = valueExpressions.map(\.kind.rawValue)
            let missing = ": \(kinds.joined(separator: " and ")) \(kinds.count > 1 ? "are" : "is") null"
            throw ExpressionError(
                "ExpressionAttributeValues can only be specified when using expressions\(namingExpressions ? missing : "")")
        }
    }
}

// MARK: - Look-up

extension ExpressionContext {
    func name(_ placeholder: String, _ kind: ExpressionKind) throws(ExpressionError) -> String {
        guard let name = names[placeholder] else {
            throw kind.error(
                "An expression attribute name used in the document path is not defined; attribute name: \(placeholder)")
        }
        usedNames.insert(placeholder)
        return name
    }

    func value(_ placeholder: String, _ kind: ExpressionKind) throws(ExpressionError) -> AttributeValue {
        guard let value = values[placeholder] else {
            throw kind.error(
                "An expression attribute value used in expression is not defined; attribute value: \(placeholder)")
        }
        usedValues.insert(placeholder)
        return value
    }
}

// MARK: - Checks of the maps

extension ExpressionContext {
    private static func check(names: [String: String]) throws(ExpressionError) {
        let parameter = "ExpressionAttributeNames"
        guard !names.isEmpty else { throw ExpressionError("\(parameter) must not be empty") }
        for key in names.keys.sorted() { try check(key: key, mark: "#", in: parameter) }
        for (key, name) in names.sorted(by: { $0.key < $1.key }) {
            guard !name.isEmpty else {
                throw ExpressionError("\(parameter) contains invalid value: Empty attribute name for key \(key)")
            }
            guard name.utf8.count <= AttributeValueValidation.maximumNameBytes else {
                throw ExpressionError(
                    "Member must have length less than or equal to \(AttributeValueValidation.maximumNameBytes), Member must have length greater than or equal to 1"
                )
            }
        }
    }

    private static func normalized(
        _ values: [String: AttributeValue], _ wording: ValueWording, _ mayNestDeep: Bool
    ) throws(ExpressionError) -> [String: AttributeValue] {
        let parameter = "ExpressionAttributeValues"
        guard !values.isEmpty else { throw ExpressionError("\(parameter) must not be empty") }
        for key in values.keys.sorted() { try check(key: key, mark: ":", in: parameter) }
        var result = values
        for (key, value) in values.sorted(by: { $0.key < $1.key }) {
            do {
                result[key] = try AttributeValueValidation.normalized(value, wording: wording, mayNestDeep: mayNestDeep)
            } catch {
                throw wording.inExpressionValue(error, key)
            }
        }
        return result
    }

    private static func check(key: String, mark: Character, in parameter: String) throws(ExpressionError) {
        guard key.utf8.count <= maximumPlaceholderBytes else {
            throw ExpressionError(
                "\(parameter) contains invalid key: The expression attribute map contains a key that is too long; size of key: \(key.utf8.count)"
            )
        }
        let word = key.dropFirst()
        let isWord = !word.isEmpty && word.unicodeScalars.allSatisfy { $0.isASCII && ($0 == "_" || isLetterOrDigit($0)) }
        guard key.first == mark, isWord else {
            throw ExpressionError("\(parameter) contains invalid key: Syntax error; key: \"\(key)\"")
        }
    }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9": true
        default: false
        }
    }
}
