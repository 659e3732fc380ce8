public import LambdaEvents

/// Takes personal data out of documents, before they are logged, stored or sent on.
///
/// ```swift
/// let masked = try DataMasking().erase(order, fields: ["customer.email", "items[*].serial"])
/// let shown = try DataMasking().erase(card, fields: ["number"], mask: .keepingLast(4))
/// ```
public struct DataMasking: Sendable {
    public enum MissingField: Sendable {
        /// A path that leads nowhere is an error: a renamed field would otherwise go out in the open.
        case fail
        case ignore
    }

    private let missingField: MissingField

    public init(missingField: MissingField = .fail) {
        self.missingField = missingField
    }

    /// No value stands where the path leads.
    public struct FieldNotFound: Error, Sendable, Equatable, CustomStringConvertible {
        public var path: String

        public init(path: String) {
            self.path = path
        }

        public var description: String { "there is no field \(path)" }
    }

    /// - Parameter fields: paths as ``FieldPath`` has them.
    /// - Throws: ``FieldPath/Malformed``, ``FieldNotFound``; `EncodingError` for a value that does not encode.
    public func erase(_ value: some Encodable, fields: [String], mask: Mask = .erased) throws -> JSONValue {
        try erase(value, rules: fields.map { ($0, mask) })
    }

    /// The whole value.
    public func erase(_ value: some Encodable, mask: Mask = .erased) throws -> JSONValue {
        mask.apply(to: try JSONValue(encoding: value))
    }

    /// Each field with a mask of its own, in this order.
    public func erase(_ value: some Encodable, rules: [(field: String, mask: Mask)]) throws -> JSONValue {
        var document = try JSONValue(encoding: value)
        for (field, mask) in rules { try change(&document, field) { mask.apply(to: $0) } }
        return document
    }

    /// - Throws: what ``erase(_:fields:mask:)`` does.
    public func encrypt(_ value: some Encodable, fields: [String], cipher: FieldCipher) throws -> JSONValue {
        var document = try JSONValue(encoding: value)
        for field in fields { try change(&document, field, cipher.encrypt) }
        return document
    }

    /// - Throws: for a field that was not encrypted with the cipher's key and context, too.
    public func decrypt(_ value: some Encodable, fields: [String], cipher: FieldCipher) throws -> JSONValue {
        var document = try JSONValue(encoding: value)
        for field in fields { try change(&document, field, cipher.decrypt) }
        return document
    }

    private func change(_ document: inout JSONValue, _ field: String, _ transform: (JSONValue) throws -> JSONValue) throws {
        let count = try FieldPath(field).change(&document, transform)
        if count == 0, missingField == .fail { throw FieldNotFound(path: field) }
    }
}
