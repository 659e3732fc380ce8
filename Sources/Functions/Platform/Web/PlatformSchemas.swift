package import FunctionToolkit
import LambdaEvents

// What the platform's inputs are made of, besides what the toolkit has.

extension Schema where Value == String {
    package static var identifier: Schema {
        Schema.text().mapped("This must be an id") { Identifier.isValid($0) ? $0 : nil }.documented { $0.identifier }
    }

    /// An id in a path: what is none names nothing, and so is a 404 of the handler's, not a field's error.
    package static var identifierInPath: Schema {
        Schema(document: { SchemaDocument(["type": "string"]).identifier }) { input, _ in input.value.stringValue }
    }

    /// An address that a browser may load a picture from: `https://`, no spaces, quotes or angle brackets.
    package static func webAddress(maximumLength: Int) -> Schema {
        let scheme = "https://"
        return Schema.text(length: 1...maximumLength).mapped("This must be an address that begins with https://") { text in
            let forbidden = Set(" \"'<>\\^`{|}".utf8)
            let isAddress =
                text.hasPrefix(scheme) && text.utf8.count > scheme.utf8.count
                && text.utf8.allSatisfy { $0 > 32 && $0 < 127 && !forbidden.contains($0) }
            return isAddress ? text : nil
        }.documented { $0.adding("format", "uri").adding("pattern", .string("^" + scheme)) }
    }
}

extension SchemaDocument {
    fileprivate var identifier: SchemaDocument { adding("format", "uuid") }
}

extension Schema where Value == PhoneNumber {
    package static var phone: Schema {
        Schema<String>.text()
            .mapped("This must be a phone number with its country code, as +41790000001") { PhoneNumber($0) }
            .documented { $0.adding("examples", ["+41790000001"]) }
    }
}

extension Schema where Value == EmailAddress {
    package static var email: Schema {
        Schema<String>.text().mapped("This must be an email address") { EmailAddress($0) }
            .documented { $0.adding("format", "email") }
    }
}

extension Schema where Value == TimeOfDay {
    package static var timeOfDay: Schema {
        Schema<String>.text(length: 5...5).mapped("This must be a time of day, as 22:00") { TimeOfDay($0) }
            .documented { $0.adding("pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$") }
    }
}

// Members by what a blueprint says of their field.

extension ResourceField {
    /// The value as text, whose kind has one.
    fileprivate var textSchema: Schema<String>? {
        switch kind {
        case .text(let length): .text(length: length)
        case .lines(let length): .text(length: length, lines: true)
        case .url(let maximum): .webAddress(maximumLength: maximum)
        case .choice(let choices): .choice(of: choices)
        case .integer, .texts: nil
        }
    }

    fileprivate var integerSchema: Schema<Int>? {
        if case .integer(let range) = kind { .integer(in: range) } else { nil }
    }

    fileprivate var textsSchema: Schema<[String]>? {
        if case .texts(let count, let length) = kind { .list(of: .text(length: length), count: 0...count) } else { nil }
    }

    fileprivate var document: SchemaDocument {
        textSchema?.document ?? integerSchema?.document ?? textsSchema?.document ?? SchemaDocument([:])
    }
}

extension ResourceType {
    /// The fields as members of an object: as it is created, or as it is changed, where none is required.
    package func document(isChange: Bool = false, and more: [String: SchemaDocument] = [:]) -> SchemaDocument {
        var properties = more.mapValues { $0.orNull.json }
        var required: [JSONValue] = []
        for field in fields {
            properties[field.name] = (field.isRequired ? field.document : field.document.orNull).json
            if field.isRequired, !isChange { required.append(.string(field.name)) }
        }
        let document = SchemaDocument([
            "type": "object", "properties": .object(properties), "additionalProperties": false,
        ])
        return required.isEmpty ? document : document.adding("required", .array(required))
    }
}

/// A field that the blueprint does not have is not read, so that it is refused as unknown.
extension FieldReader {
    package mutating func text(_ name: String, of type: ResourceType) -> String? {
        guard let field = type.field(name), let schema = field.textSchema else { return nil }
        return read(name, schema, required: field.isRequired)
    }

    package mutating func integer(_ name: String, of type: ResourceType) -> Int? {
        type.field(name)?.integerSchema.flatMap { read(name, $0) }
    }

    package mutating func texts(_ name: String, of type: ResourceType) -> [String]? {
        type.field(name)?.textsSchema.flatMap { read(name, $0) }
    }

    /// A choice that both the blueprint and the platform know.
    package mutating func choice<Choice: RawRepresentable & Sendable>(_ name: String, of type: ResourceType) -> Choice?
    where Choice.RawValue == String {
        guard let schema = type.field(name)?.textSchema else { return nil }
        return read(name, schema.mapped("This is not built") { Choice(rawValue: $0) })
    }
}
