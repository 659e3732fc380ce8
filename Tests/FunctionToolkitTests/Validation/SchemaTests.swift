import Foundation
import FunctionToolkit
import LambdaEvents
import Testing

/// One of everything.
struct Todo: SchemaDeclaring, Equatable {
    enum Priority: String, CaseIterable, Sendable { case low, normal, high }
    struct Place: SchemaDeclaring, Equatable {
        var street: String
        var number: Int?
        static let schema = Schema.object(
            Place.init, .required("street", .text(length: 1...50)), .optional("number", .integer))
    }

    var title: String
    var due: Date?
    var tags: [String]
    var priority: Priority
    var place: Place?
    var share: Double?
    var done: Bool

    static let schema = Schema.object(
        Todo.init, .required("title", .text(length: 1...20)), .optional("due", .dateTime),
        .optional("tags", .list(of: .text(length: 1...5), count: 0...3), default: []),
        .optional("priority", .choice(), default: .normal), .optional("place", Place.schema),
        .optional("share", .number(in: 0...1)), .required("done", .flag))
}

@Suite("A schema")
struct SchemaTests {
    private func errors<Value>(_ schema: Schema<Value>, _ value: JSONValue) -> [String: [String]] {
        do {
            _ = try schema.value(of: value)
            return [:]
        } catch {
            return error.fields
        }
    }

    @Test("reads what fits, with defaults for what is missing or null")
    func reading() throws {
        let least = try Todo.schema.value(of: ["title": "a", "done": false, "due": nil, "tags": nil])
        #expect(least == Todo(title: "a", tags: [], priority: .normal, done: false))
        let most = try Todo.schema.value(of: [
            "title": "a", "done": true, "due": "2026-03-01T12:00:00Z", "tags": ["x"], "priority": "high",
            "place": ["street": "s", "number": 7.0], "share": 1,
        ])
        #expect(
            most
                == Todo(
                    title: "a", due: Date(timeIntervalSince1970: 1_772_366_400), tags: ["x"], priority: .high,
                    place: .init(street: "s", number: 7), share: 1, done: true))
        #expect(try Schema.dateTime.value(of: "2026-03-01T13:00:00.500+01:00").timeIntervalSince1970 == 1_772_366_400.5)
    }

    @Test("names everything that is wrong at once, each by its place")
    func problems() {
        let wrong: JSONValue = [
            "title": "", "due": "tomorrow", "tags": ["ok", "too long", 3], "priority": "urgent",
            "place": ["number": "7", "town": "x"], "share": 1.5, "colour": "red",
        ]
        #expect(
            errors(Todo.schema, wrong) == [
                "title": ["This must not be empty"],
                "due": ["This must be a time with its date and zone, as 2026-03-01T12:00:00Z"],
                "tags.1": ["This must have at most 5 characters"], "tags.2": ["This must be a text"],
                "priority": ["This must be one of low, normal, high"], "place.street": ["This field is required"],
                "place.number": ["This must be a whole number"], "place.town": ["This field is not known"],
                "share": ["This must be a number from 0.0 to 1.0"], "done": ["This field is required"],
                "colour": ["This field is not known"],
            ])
        #expect(errors(Todo.schema, []) == ["": ["This must be an object"]])
        #expect(errors(Todo.schema, ["title": "a", "done": 1]) == ["done": ["This must be true or false"]])
        #expect(errors(.list(of: .integer, count: 1...2), []) == ["": ["This must have at least 1 entries"]])
        #expect(errors(.list(of: .integer, count: 1...2), [1, 2, 3]) == ["": ["This must have at most 2 entries"]])
    }

    @Test("ignores members that nobody declared, if it shall")
    func unknown() throws {
        let schema = Schema.object(unknown: .ignored, .required("a", .integer))
        #expect(try schema.value(of: ["a": 1, "b": 2]) == 1)
    }

    @Test(
        "a name is one line, a text has as many as it may, and what draws nothing may stand in neither",
        arguments: [
            ("a\nb", true), ("a\r\nb", true), ("a\tb", true), ("a\u{2028}b", true), ("a\u{1b}[0m", false), ("\u{0}", false),
        ])
    func lines(text: String, isLayout: Bool) {
        #expect(errors(.text(), .string(text)) == ["": ["This must not hold control characters or line breaks"]])
        #expect(errors(.text(lines: true), .string(text)).isEmpty == isLayout)
    }

    @Test("the length of a text is counted in Unicode scalars, as JSON Schema counts it")
    func lengths() {
        #expect(errors(.text(length: 1...4), "👍🏽é").isEmpty)
        #expect(errors(.text(length: 1...4), "abcde") == ["": ["This must have at most 4 characters"]])
        #expect(errors(.text(length: 1...4), " \t ").count == 1)
    }

    @Test("goes on to a type of one's own, with checks that concern several fields")
    func mapping() throws {
        struct Span: Equatable { var start: Int; var end: Int }
        let schema = Schema.object(Span.init, .required("start", .integer), .required("end", .integer))
            .checked { span, errors in errors.require(span.end > span.start, "end", "This must be after start") }
        #expect(try schema.value(of: ["start": 1, "end": 2]) == Span(start: 1, end: 2))
        #expect(errors(schema, ["start": 2, "end": 2]) == ["end": ["This must be after start"]])
        let list = Schema.object(.required("spans", .list(of: schema, count: 0...9)))
        #expect(errors(list, ["spans": [["start": 2, "end": 2]]]) == ["spans.0.end": ["This must be after start"]])
        let even = Schema.integer.mapped("This must be even") { $0.isMultiple(of: 2) ? $0 / 2 : nil }
        #expect(try even.value(of: 4) == 2)
        #expect(errors(even, 3) == ["": ["This must be even"]])
    }

    @Test("a partial update tells a member that is missing from one that is null")
    func changes() throws {
        let schema = Schema.object(.change("bio", .text()))
        #expect(try schema.value(of: [:]) == .unchanged)
        #expect(try schema.value(of: ["bio": nil]) == .removed)
        #expect(try schema.value(of: ["bio": "x"]) == .set("x"))
        #expect(errors(schema, ["bio": 1]) == ["bio": ["This must be a text"]])
    }

    @Test("a decoder's type is read too, with its first error")
    func decoded() throws {
        struct Part: Decodable, Equatable { var size: Int }
        #expect(try Schema<Part>.decoded().value(of: ["size": 1, "more": 2]) == Part(size: 1))
        #expect(errors(Schema<Part>.decoded(), ["size": "x"]) == ["size": ["This field must be a whole number"]])
        #expect(errors(Schema<Part>.decoded(), [:]) == ["size": ["This field is required"]])
    }

    @Test("describes itself as the JSON Schema of what it takes")
    func document() {
        #expect(
            Todo.schema.document.json == [
                "type": "object", "additionalProperties": false, "required": ["title", "done"],
                "properties": [
                    "title": ["type": "string", "minLength": 1, "maxLength": 20],
                    "due": ["type": ["string", "null"], "format": "date-time"],
                    "tags": [
                        "type": ["array", "null"], "items": ["type": "string", "minLength": 1, "maxLength": 5], "minItems": 0,
                        "maxItems": 3, "default": [],
                    ],
                    "priority": ["type": ["string", "null"], "enum": ["low", "normal", "high", nil], "default": "normal"],
                    "place": [
                        "type": ["object", "null"], "additionalProperties": false, "required": ["street"],
                        "properties": [
                            "street": ["type": "string", "minLength": 1, "maxLength": 50],
                            "number": ["type": ["integer", "null"]],
                        ],
                    ],
                    "share": ["type": ["number", "null"], "minimum": 0.0, "maximum": 1.0], "done": ["type": "boolean"],
                ],
            ])
        let named = Schema.object(.optional("place", Todo.Place.schema.named("Place")))
        #expect(
            named.document.json["properties"]?["place"] == [
                "anyOf": [["$ref": "#/components/schemas/Place"], ["type": "null"]]
            ])
        #expect(named.document.definitions.keys.sorted() == ["Place"])
    }
}

@Suite("A field reader")
struct FieldReaderTests {
    @Test("collects what is wrong with each field, and refuses those that nobody asked for")
    func fields() {
        var reader = FieldReader(["name": "", "age": 7.5, "extra": 1])
        #expect(reader.read("name", .text(length: 1...3)) == nil)
        #expect(reader.read("age", .integer(in: 1...9)) == nil)
        #expect(reader.read("note", .text()) == nil)
        #expect(reader.read("phone", .text(), required: true) == nil)
        reader.report("age", "And odd")
        #expect(
            throws: FieldErrors([
                "name": ["This must not be empty"], "age": ["This must be a whole number from 1 to 9", "And odd"],
                "phone": ["This field is required"], "extra": ["This field is not known"],
            ])
        ) { try reader.finish() }
    }

    @Test("reads the texts of a query")
    func query() throws {
        var reader = FieldReader(query: [("n", "7"), ("tag", "a"), ("tag", "b"), ("flag", "true"), ("one", "x")])
        #expect(reader.read("n", .integer(in: 1...9)) == 7)
        #expect(reader.read("tag", .list(of: .text(), count: 0...5)) == ["a", "b"])
        #expect(reader.read("one", .list(of: .text(), count: 0...5)) == ["x"])
        #expect(reader.read("flag", .flag) == true)
        try reader.finish()
        var wrong = FieldReader(query: [("n", "x"), ("tag", "a"), ("tag", "b"), ("more", "")])
        #expect(wrong.read("n", .integer) == nil && wrong.read("tag", .text()) == nil)
        #expect(
            throws: FieldErrors([
                "n": ["This must be a whole number"], "tag": ["This must be given once"], "more": ["This parameter is not known"],
            ])
        ) { try wrong.finish() }
    }
}
