public import LambdaEvents

/// What a value must be: one declaration that reads it, says everything that is wrong with it, and describes itself.
///
/// ```swift
/// struct NewTodo: SchemaDeclaring {
///     var title: String
///     var due: Date?
///     var tags: [String]
///
///     static let schema = Schema.object(
///         NewTodo.init,
///         .required("title", .text(length: 1...200)),
///         .optional("due", .dateTime),
///         .optional("tags", .list(of: .text(length: 1...20), count: 0...10), default: []))
/// }
/// ```
///
/// A `JSONDecoder` stops at the first field that does not fit; a schema goes on and names each. The same declaration is
/// the JSON Schema in an OpenAPI document (``HTTPRouter/openAPI(_:)``), so that the two cannot differ.
public struct Schema<Value: Sendable>: Sendable {
    let reading: @Sendable (FieldInput, inout FieldErrors) -> Value?
    private let describing: @Sendable () -> SchemaDocument

    /// - Parameters:
    ///   - document: asked for only when somebody wants to see it, so that it costs a cold start nothing.
    ///   - read: nil only after it has reported why.
    public init(
        document: @escaping @Sendable () -> SchemaDocument,
        read: @escaping @Sendable (_ input: FieldInput, _ errors: inout FieldErrors) -> Value?
    ) {
        describing = document
        reading = read
    }

    /// The JSON Schema (draft 2020-12, that of OpenAPI 3.1).
    public var document: SchemaDocument { describing() }

    /// The value, or nil with all that is wrong in `errors`.
    public func read(_ value: JSONValue, into errors: inout FieldErrors) -> Value? {
        reading(FieldInput(value), &errors)
    }

    /// - Throws: all that is wrong.
    public func value(of value: JSONValue) throws(FieldErrors) -> Value {
        try self.value(of: FieldInput(value))
    }

    /// The same of a query, whose parameters are texts.
    ///
    /// - Throws: all that is wrong.
    public func value(ofQuery items: [(name: String, value: String)]) throws(FieldErrors) -> Value {
        try value(of: FieldInput(FieldReader.members(ofQuery: items), isText: true))
    }

    private func value(of input: FieldInput) throws(FieldErrors) -> Value {
        var errors = FieldErrors()
        guard let result = reading(input, &errors), errors.isEmpty else { throw errors }
        return result
    }
}

/// A type whose values come from outside, with the one declaration of what they must be.
public protocol SchemaDeclaring: Sendable {
    static var schema: Schema<Self> { get }
}

/// What a schema reads: a part of a JSON document, or the text of a path, a query or a header.
public struct FieldInput: Sendable {
    public var value: JSONValue
    /// Whether it comes as text: `"7"` is a number then. Repeated parameters are an array of texts.
    public var isText: Bool

    public init(_ value: JSONValue, isText: Bool = false) {
        self.value = value
        self.isText = isText
    }
}

/// A JSON Schema, and those it names by `#/components/schemas/…`.
public struct SchemaDocument: Sendable, Equatable {
    public var json: JSONValue
    public var definitions: [String: JSONValue]

    public init(_ json: JSONValue, definitions: [String: JSONValue] = [:]) {
        self.json = json
        self.definitions = definitions
    }

    /// With one more keyword; an older value of it gives way.
    public func adding(_ keyword: String, _ value: JSONValue) -> SchemaDocument {
        var members = json.objectValue ?? [:]
        members[keyword] = value
        return SchemaDocument(.object(members), definitions: definitions)
    }

    /// The same, or null.
    public var orNull: SchemaDocument {
        guard case .object(var members) = json, case .string(let type)? = members["type"] else {
            return SchemaDocument(["anyOf": [json, ["type": "null"]]], definitions: definitions)
        }
        members["type"] = [.string(type), "null"]
        if case .array(let choices)? = members["enum"] { members["enum"] = .array(choices + [.null]) }
        return SchemaDocument(.object(members), definitions: definitions)
    }

    /// Written once under `components`, and referred to.
    public func named(_ name: String) -> SchemaDocument {
        var all = definitions
        all[name] = json
        return SchemaDocument(["$ref": .string("#/components/schemas/\(name)")], definitions: all)
    }
}

extension Schema {
    /// Goes on with what was read: to another type, or with checks that concern more than one field.
    ///
    /// - Parameter transform: nil only after it has reported why; the empty field name is the value itself.
    public func mapped<New>(_ transform: @escaping @Sendable (Value, inout FieldErrors) -> New?) -> Schema<New> {
        Schema<New>(document: describing) { input, errors in
            reading(input, &errors).flatMap { transform($0, &errors) }
        }
    }

    /// Goes on to another type, with the text for a value that is none of it.
    public func mapped<New>(_ problem: String, _ transform: @escaping @Sendable (Value) -> New?) -> Schema<New> {
        mapped { value, errors in
            if let new = transform(value) { return new }
            errors.add("", problem)
            return nil
        }
    }

    /// Checks what was read; `errors.require(value.end > value.start, "end", "This must be after start")`.
    public func checked(_ check: @escaping @Sendable (Value, inout FieldErrors) -> Void) -> Schema {
        mapped { value, errors in
            check(value, &errors)
            return value
        }
    }

    /// Changes what the document says: a keyword that a check stands for, an example.
    public func documented(_ change: @escaping @Sendable (SchemaDocument) -> SchemaDocument) -> Schema {
        Schema(document: { change(describing()) }, read: reading)
    }

    /// With a sentence for whoever reads the document.
    public func described(_ text: String) -> Schema { documented { $0.adding("description", .string(text)) } }

    /// Under a name of its own in the document's `components`.
    public func named(_ name: String) -> Schema { documented { $0.named(name) } }
}
