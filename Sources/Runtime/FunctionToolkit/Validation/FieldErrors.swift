/// What is wrong with the fields of an input: texts for people, by field.
///
/// A field of a field is written with dots, `address.street`, an element by its index, `tags.0`; the input as a whole is
/// the field with the empty name.
public struct FieldErrors: Error, Sendable, Equatable {
    public private(set) var fields: [String: [String]]

    public init(_ fields: [String: [String]] = [:]) {
        self.fields = fields
    }

    public var isEmpty: Bool { fields.isEmpty }

    public mutating func add(_ field: String, _ text: String) {
        fields[field, default: []].append(text)
    }

    /// Adds the text unless the condition holds.
    public mutating func require(_ condition: Bool, _ field: String, _ text: @autoclosure () -> String) {
        if !condition { add(field, text()) }
    }

    /// Takes over the errors of a part of the input.
    public mutating func merge(_ other: FieldErrors, under field: String) {
        for (name, texts) in other.fields {
            fields[name.isEmpty ? field : "\(field).\(name)", default: []] += texts
        }
    }

    /// Takes over the errors of the same input.
    public mutating func merge(_ other: FieldErrors) {
        fields.merge(other.fields, uniquingKeysWith: +)
    }

    /// Runs `body` on a part of the input, whose errors then stand under the part's name.
    mutating func under<Result>(_ field: String, _ body: (inout FieldErrors) -> Result) -> Result {
        var inner = FieldErrors()
        let result = body(&inner)
        if !inner.isEmpty { merge(inner, under: field) }
        return result
    }

    /// - Throws: itself, if there are any.
    public func throwIfAny() throws(FieldErrors) {
        if !isEmpty { throw self }
    }
}

extension FieldErrors {
    /// Says what a decoder found wrong with one field; nil where the document is none at all.
    public init?(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context): self.init(context.codingPath + [key], "This field is required")
        case .valueNotFound(_, let context): self.init(context.codingPath, "This field must not be null")
        case .typeMismatch(let type, let context): self.init(context.codingPath, "This field must be \(Self.name(of: type))")
        case .dataCorrupted(let context):
            // The decoder also says this of a text that is no JSON, then without a place.
            if context.codingPath.isEmpty { return nil }
            self.init(context.codingPath, "This field has a value that is not possible here")
        @unknown default: return nil
        }
    }

    private init(_ path: [any CodingKey], _ text: String) {
        self.init([path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "."): [text]])
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is any BinaryInteger.Type: "a whole number"
        case is any BinaryFloatingPoint.Type: "a number"
        case is [Any].Type: "a list"
        case is [String: Any].Type: "an object"
        default: "of another type"
        }
    }
}
