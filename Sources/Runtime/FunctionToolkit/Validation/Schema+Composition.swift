public import LambdaEvents

/// What becomes of members or parameters that nobody declared.
public enum UnknownFields: Sendable {
    /// Each is an error: a misspelt name is told and not ignored. `additionalProperties: false` in the document.
    case refused
    case ignored
}

extension Schema {
    /// A list; its elements' errors carry their index, `tags.0`.
    ///
    /// Of a query it takes a parameter that is repeated.
    public static func list<Element>(of element: Schema<Element>, count: ClosedRange<Int>) -> Schema where Value == [Element] {
        Schema(document: {
            let document = element.document
            return SchemaDocument(
                [
                    "type": "array", "items": document.json, "minItems": .integer(Int64(count.lowerBound)),
                    "maxItems": .integer(Int64(count.upperBound)),
                ], definitions: document.definitions)
        }) { input, errors in
            let values = input.value.arrayValue ?? (input.isText ? [input.value] : nil)
            guard let values else {
                errors.add("", "This must be a list")
                return nil
            }
            if values.count < count.lowerBound { errors.add("", "This must have at least \(count.lowerBound) entries") }
            if values.count > count.upperBound {
                // Not looked at one by one: they may be many.
                errors.add("", "This must have at most \(count.upperBound) entries")
                return nil
            }
            return values.enumerated().compactMap { index, value in
                errors.under("\(index)") { element.reading(FieldInput(value, isText: input.isText), &$0) }
            }
        }
    }

    /// An object with these members, made into a value by its initializer, whose parameters they are in order.
    ///
    /// - Parameters:
    ///   - make: gets all values at once, and only if every one of them is right.
    ///   - unknown: what becomes of other members.
    public static func object<each Member>(
        _ make: @escaping @Sendable (repeat each Member) -> Value, unknown: UnknownFields = .refused,
        _ fields: repeat Field<each Member>
    ) -> Schema {
        let fields = (repeat each fields)
        return Schema(document: {
            var document = ObjectDocument(unknown: unknown)
            for field in repeat each fields { document.add(field) }
            return document.document
        }) { input, errors in
            Self.members(of: input, &errors, unknown: unknown) { reader in
                let values = (repeat reader.read(each fields))
                return Self.made(make, repeat each values)
            }
        }
    }

    /// An object whose members are known only when it is read, or depend on each other.
    ///
    /// - Parameters:
    ///   - document: nobody can tell it from what `read` does.
    ///   - read: its value counts only if nothing was reported.
    public static func object(
        unknown: UnknownFields = .refused, document: @escaping @Sendable () -> SchemaDocument,
        read: @escaping @Sendable (inout FieldReader) -> Value?
    ) -> Schema {
        Schema(document: document) { input, errors in Self.members(of: input, &errors, unknown: unknown, read) }
    }

    private static func members(
        of input: FieldInput, _ errors: inout FieldErrors, unknown: UnknownFields, _ read: (inout FieldReader) -> Value?
    ) -> Value? {
        guard let members = input.value.objectValue else {
            errors.add("", "This must be an object")
            return nil
        }
        var reader = FieldReader(members, isText: input.isText)
        let value = read(&reader)
        if unknown == .refused { reader.refuseUnknown() }
        errors.merge(reader.errors)
        return reader.errors.isEmpty ? value : nil
    }

    /// Of an object: that exactly one of these optional members is there, or at most one.
    public func one(of members: [String], isRequired: Bool = true) -> Schema {
        Schema(document: {
            let choices = members.map { JSONValue.object(["required": [.string($0)]]) }
            return document.adding("oneOf", .array(choices + (isRequired ? [] : [["not": ["anyOf": .array(choices)]]])))
        }) { input, errors in
            let value = reading(input, &errors)
            let given = members.filter { input.value[$0].map { !$0.isNull } ?? false }
            if given.count > 1 {
                errors.add(given[0], "Only one of this and \(given.dropFirst().joined(separator: ", ")) may be given")
            } else if isRequired, given.isEmpty, input.value.objectValue != nil {
                errors.add(members[0], "Either this or \(members.dropFirst().joined(separator: " or ")) is required")
            }
            return value
        }
    }

    /// An object with one member, whose value is all there is to it.
    public static func object(unknown: UnknownFields = .refused, _ field: Field<Value>) -> Schema {
        Schema.object(Self.itself, unknown: unknown, field)
    }

    @Sendable private static func itself(_ value: Value) -> Value { value }

    /// nil where a field was: then it has been reported, but for one whose value is there or an error is.
    private static func made<each Member>(
        _ make: (repeat each Member) -> Value, _ values: repeat (each Member)?
    ) -> Value? {
        for value in repeat each values {
            if value == nil { return nil }
        }
        return make(repeat (each values)!)
    }

    /// What another type's decoder makes of it, for a type that is decoded elsewhere too. Only its first error is told,
    /// as `JSONDecoder` stops there.
    ///
    /// - Parameter document: nothing can be known of it from the type.
    public static func decoded(
        as type: Value.Type = Value.self, document: SchemaDocument = SchemaDocument(["type": "object"])
    ) -> Schema where Value: Decodable {
        Schema(document: { document }) { input, errors in
            do {
                return try input.value.decode(type)
            } catch let error as DecodingError {
                errors.merge(FieldErrors(error) ?? FieldErrors(["": ["This does not fit"]]))
            } catch {
                errors.add("", "This does not fit")
            }
            return nil
        }
    }
}

/// The JSON Schema of an object, field by field.
struct ObjectDocument {
    private let unknown: UnknownFields
    private var properties: [String: JSONValue] = [:]
    private var required: [JSONValue] = []
    private var definitions: [String: JSONValue] = [:]

    init(unknown: UnknownFields) {
        self.unknown = unknown
    }

    mutating func add<Value>(_ field: Field<Value>) {
        let document = field.document
        properties[field.name] = (field.isRequired ? document : document.orNull).json
        if field.isRequired { required.append(.string(field.name)) }
        definitions.merge(document.definitions) { first, _ in first }
    }

    var document: SchemaDocument {
        var members: [String: JSONValue] = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { members["required"] = .array(required) }
        if unknown == .refused { members["additionalProperties"] = false }
        return SchemaDocument(.object(members), definitions: definitions)
    }
}
