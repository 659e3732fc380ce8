internal import LambdaEvents

/// A member of an object, or a parameter of a query: its name, what it must be, and whether it must be there.
///
/// null counts as missing.
public struct Field<Value: Sendable>: Sendable {
    public let name: String
    public let isRequired: Bool
    let reading: @Sendable (FieldInput?, inout FieldErrors) -> Value?
    private let describing: @Sendable () -> SchemaDocument

    /// Of the value itself, where it is there.
    public var document: SchemaDocument { describing() }

    /// Whether null reaches ``reading``.
    let keepsNull: Bool

    private init(
        _ name: String, isRequired: Bool, keepsNull: Bool = false, document: @escaping @Sendable () -> SchemaDocument,
        reading: @escaping @Sendable (FieldInput?, inout FieldErrors) -> Value?
    ) {
        self.name = name
        self.isRequired = isRequired
        self.keepsNull = keepsNull
        self.reading = reading
        describing = document
    }

    public static func required(_ name: String, _ schema: Schema<Value>) -> Field {
        Field(name, isRequired: true, document: { schema.document }) { input, errors in
            guard let input else {
                errors.add("", "This field is required")
                return nil
            }
            return schema.reading(input, &errors)
        }
    }

    public static func optional<Wrapped>(_ name: String, _ schema: Schema<Wrapped>) -> Field where Value == Wrapped? {
        Field(name, isRequired: false, document: { schema.document }) { input, errors in
            guard let input else { return .some(nil) }
            return schema.reading(input, &errors).map { .some($0) }
        }
    }

    /// - Parameter default: what it is where it is missing; its text stands in the document if it has a JSON form.
    public static func optional(_ name: String, _ schema: Schema<Value>, default: Value) -> Field {
        Field(
            name, isRequired: false,
            document: { JSONForm.of(`default`).map { schema.document.adding("default", $0) } ?? schema.document }
        ) { input, errors in
            guard let input else { return `default` }
            return schema.reading(input, &errors)
        }
    }

    /// A member of a partial update, where a missing one and one that is null differ.
    public static func change<Wrapped>(_ name: String, _ schema: Schema<Wrapped>) -> Field
    where Value == FieldChange<Wrapped> {
        Field(name, isRequired: false, keepsNull: true, document: { schema.document }) { input, errors in
            guard let input else { return .unchanged }
            if input.value.isNull { return .removed }
            return schema.reading(input, &errors).map { .set($0) }
        }
    }

    /// With a sentence for whoever reads the document.
    public func described(_ text: String) -> Field {
        Field(
            name, isRequired: isRequired, keepsNull: keepsNull,
            document: { describing().adding("description", .string(text)) }, reading: reading)
    }
}

/// What a partial update says of a member.
public enum FieldChange<Value: Sendable>: Sendable {
    /// It says nothing.
    case unchanged
    /// null: it shall be no more.
    case removed
    case set(Value)

    /// The new value, nil if there is none.
    public var value: Value? {
        if case .set(let value) = self { value } else { nil }
    }
}

extension FieldChange: Equatable where Value: Equatable {}
