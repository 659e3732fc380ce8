package import LambdaEvents

/// The placeholders of one request: what `#names` and `:values` stand for, and which of them its expressions used.
///
/// Made once for a request, given to the parser of each of its expressions in the service's order (update, condition, filter,
/// projection, key condition), then asked with `checkAllUsed` for what no expression used. Not sendable: it belongs to the
/// call that made it.
package final class ExpressionContext {
    private var names: Placeholders<String>
    private var values: Placeholders<AttributeValue>

    /// The longest placeholder in bytes, its mark included.
    ///
    /// Source: "Quotas in Amazon DynamoDB", section "Expression parameters".
    private static let maximumPlaceholderBytes = 255

    /// Checks the placeholders themselves: both maps' keys, then the values, which are brought into normal form.
    ///
    /// - Parameters:
    ///   - wording: how the operation words what is wrong with a value.
    ///   - inTransaction: whether values may nest one level deeper than attributes.
    package init(
        names: [String: String]? = nil, values: AttributeMap? = nil, wording: ValueWording = .current,
        inTransaction: Bool = false
    ) throws(ExpressionError) {
        if let names { try Self.check(names: names) }
        self.names = names.map { Placeholders($0) } ?? Placeholders()
        self.values = Placeholders()
        if let values { self.values = try Self.normalized(values, wording, inTransaction) }
    }

    /// Refuses what no expression used, names first, as the service does.
    package func checkAllUsed() throws(ExpressionError) {
        try Self.refuse(unused: names.unused, in: "ExpressionAttributeNames")
        try Self.refuse(unused: values.unused, in: "ExpressionAttributeValues")
    }

    private static func refuse(unused: [String], in parameter: String) throws(ExpressionError) {
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
        names: [String: String]?, values: AttributeMap?,
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
        guard let name = names.use(placeholder) else {
            throw kind.error(
                "An expression attribute name used in the document path is not defined; attribute name: \(placeholder)")
        }
        return name
    }

    func value(_ placeholder: String, _ kind: ExpressionKind) throws(ExpressionError) -> AttributeValue {
        guard let value = values.use(placeholder) else {
            throw kind.error(
                "An expression attribute value used in expression is not defined; attribute value: \(placeholder)")
        }
        return value
    }
}

// MARK: - Checks of the maps

extension ExpressionContext {
    /// Each check goes through the map as it is; only what finds something wrong goes through it in the keys' order, so that
    /// one request always gets the same of its errors.
    private static func check(names: [String: String]) throws(ExpressionError) {
        let parameter = "ExpressionAttributeNames"
        guard !names.isEmpty else { throw ExpressionError("\(parameter) must not be empty") }
        try checkKeys(names.keys, mark: UInt8(ascii: "#"), in: parameter)
        let isRight = names.values.allSatisfy {
            !$0.isEmpty && $0.utf8.count <= AttributeValueValidation.maximumNameBytes
        }
        guard !isRight else { return }
        for (key, name) in names.sorted(by: { $0.key < $1.key }) {
            do throws(ExpressionError) {
                try AttributeValueValidation.checkName(name)
            } catch {
                throw ExpressionError("\(parameter) contains invalid value: \(error.message) for key \(key)")
            }
        }
    }

    private static func normalized(
        _ values: AttributeMap, _ wording: ValueWording, _ inTransaction: Bool
    ) throws(ExpressionError) -> Placeholders<AttributeValue> {
        let parameter = "ExpressionAttributeValues"
        guard !values.isEmpty else { throw ExpressionError("\(parameter) must not be empty") }
        try checkKeys(values.keys, mark: UInt8(ascii: ":"), in: parameter)
        do throws(ExpressionError) {
            var result: [(key: String, value: AttributeValue)] = []
            result.reserveCapacity(values.count)
            for (key, value) in values {
                result.append(
                    (key, try AttributeValueValidation.normalized(value, wording: wording, inTransaction: inTransaction)))
            }
            return Placeholders(result)
        } catch {
            for (key, value) in values.inOrder {
                do throws(ExpressionError) {
                    _ = try AttributeValueValidation.normalized(value, wording: wording, inTransaction: inTransaction)
                } catch {
                    throw wording.inExpressionValue(error, key)
                }
            }
            throw error
        }
    }

    private static func checkKeys(
        _ keys: some Collection<String>, mark: UInt8, in parameter: String
    ) throws(ExpressionError) {
        guard !keys.allSatisfy({ isPlaceholder($0, mark) }) else { return }
        for key in keys.sorted() where !isPlaceholder(key, mark) {
            guard key.utf8.count <= maximumPlaceholderBytes else {
                throw ExpressionError(
                    "\(parameter) contains invalid key: The expression attribute map contains a key that is too long; size of key: \(key.utf8.count)"
                )
            }
            throw ExpressionError("\(parameter) contains invalid key: Syntax error; key: \"\(key)\"")
        }
    }

    private static func isPlaceholder(_ key: String, _ mark: UInt8) -> Bool {
        let bytes = key.utf8
        return (2...maximumPlaceholderBytes).contains(bytes.count) && bytes.first == mark
            && bytes.dropFirst().allSatisfy(isWord)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
