public import LambdaEvents

/// Reads the members of an object, or the parameters of a query, one by one, and collects what is wrong with each.
///
/// For input whose fields are known only when it is read; what is known beforehand is declared (``Schema``), which this
/// reads as well.
///
/// ```swift
/// var reader = FieldReader(members)
/// let name = reader.read(.required("name", .text(length: 1...255)))
/// if name == "root" { reader.report("name", "This name is taken") }
/// try reader.finish()
/// ```
public struct FieldReader: Sendable {
    private let members: [String: JSONValue]
    private let isText: Bool
    private var known: Set<String> = []
    /// What was reported so far.
    public private(set) var errors = FieldErrors()

    public init(_ members: [String: JSONValue], isText: Bool = false) {
        self.members = members
        self.isText = isText
    }

    /// The parameters of a query.
    public init(query items: [(name: String, value: String)]) {
        self.init(Self.members(ofQuery: items).objectValue ?? [:], isText: true)
    }

    /// Repeated ones together.
    static func members(ofQuery items: [(name: String, value: String)]) -> JSONValue {
        let values = Dictionary(grouping: items, by: \.name).mapValues { $0.map { JSONValue.string($0.value) } }
        return .object(values.mapValues { $0.count == 1 ? $0[0] : .array($0) })
    }

    /// Whether the object has this member, be it null.
    public func has(_ field: String) -> Bool { members[field] != nil }

    public mutating func report(_ field: String, _ problem: String) {
        errors.add(field, problem)
    }

    /// nil if it has been reported; an optional field that is missing is nil in itself.
    public mutating func read<Value>(_ field: Field<Value>) -> Value? {
        known.insert(field.name)
        var input = members[field.name].map { FieldInput($0, isText: isText) }
        if input?.value.isNull == true, !field.keepsNull { input = nil }
        return errors.under(field.name) { field.reading(input, &$0) }
    }

    /// The member if it is there and right.
    public mutating func read<Value>(_ name: String, _ schema: Schema<Value>, required: Bool = false) -> Value? {
        required ? read(Field.required(name, schema)) : read(Field.optional(name, schema)) ?? nil
    }

    /// Reports the members that nobody asked for.
    public mutating func refuseUnknown() {
        for field in members.keys where !known.contains(field) {
            errors.add(field, isText ? "This parameter is not known" : "This field is not known")
        }
    }

    /// The end of the reading: refuses members that nobody asked for, and throws what was collected.
    public mutating func finish() throws(FieldErrors) {
        refuseUnknown()
        try errors.throwIfAny()
    }
}
