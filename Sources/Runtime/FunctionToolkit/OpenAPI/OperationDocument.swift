import LambdaEvents

enum ParameterPlace: String, Sendable {
    case path, query, header, cookie
}

/// An operation of an OpenAPI document, filled by what its route declares.
struct OperationDocument {
    private var parameters: [JSONValue] = []
    private var body: JSONValue?
    private var answers: [String: JSONValue] = [:]
    private(set) var definitions: [String: JSONValue] = [:]
    /// Whether anything is read that may be wrong.
    private(set) var hasInputs = false
    private(set) var hasBody = false
    private(set) var hasJSONBody = false

    mutating func add<Value>(_ field: Field<Value>, in place: ParameterPlace) {
        parameter(field.name, in: place, isRequired: field.isRequired, schema: take(field.document))
    }

    private mutating func parameter(_ name: String, in place: ParameterPlace, isRequired: Bool, schema: JSONValue) {
        hasInputs = true
        var members = schema.objectValue ?? [:]
        var parameter: [String: JSONValue] = [
            "name": .string(name), "in": .string(place.rawValue), "required": .bool(isRequired || place == .path),
        ]
        // It belongs to the parameter, where tools look for it.
        if let description = members.removeValue(forKey: "description") { parameter["description"] = description }
        parameter["schema"] = .object(members)
        parameters.append(.object(parameter))
    }

    /// The members of an object as parameters.
    mutating func addQuery(_ document: SchemaDocument) {
        let schema = take(document)
        let required = Set((schema["required"]?.arrayValue ?? []).compactMap(\.stringValue))
        for (name, property) in (schema["properties"]?.objectValue ?? [:]).sorted(by: { $0.key < $1.key }) {
            parameter(name, in: .query, isRequired: required.contains(name), schema: Self.withoutNull(property))
        }
    }

    /// A query has no null: what may be null in an object is a parameter that may be missing.
    private static func withoutNull(_ schema: JSONValue) -> JSONValue {
        guard case .object(var members) = schema else { return schema }
        if let choices = members["anyOf"]?.arrayValue, choices.count == 2, choices[1] == ["type": "null"] { return choices[0] }
        if let types = members["type"]?.arrayValue { members["type"] = types.first { $0 != "null" } }
        if let choices = members["enum"]?.arrayValue { members["enum"] = .array(choices.filter { !$0.isNull }) }
        return .object(members)
    }

    mutating func addBody(_ mediaType: String, _ document: SchemaDocument) {
        hasInputs = true
        hasBody = true
        hasJSONBody = mediaType == "application/json"
        body = ["required": true, "content": [mediaType: ["schema": take(document)]]]
    }

    mutating func answer(_ status: Int, _ content: (mediaType: String, schema: SchemaDocument)?) {
        answer(
            status,
            AnswerDocument(
                Self.name(of: status), mediaType: content?.mediaType ?? "application/json", schema: content?.schema))
    }

    /// The first one said of a status stays.
    mutating func answer(_ status: Int, _ document: AnswerDocument) {
        guard answers[String(status)] == nil else { return }
        var members: [String: JSONValue] = ["description": .string(document.description)]
        if let schema = document.schema { members["content"] = [document.mediaType: ["schema": take(schema)]] }
        if !document.headers.isEmpty {
            members["headers"] = .object(
                document.headers.mapValues { ["description": .string($0), "schema": ["type": "string"]] })
        }
        answers[String(status)] = .object(members)
    }

    private mutating func take(_ document: SchemaDocument) -> JSONValue {
        definitions.merge(document.definitions) { first, _ in first }
        return document.json
    }

    private static func name(of status: Int) -> String {
        switch status {
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No content"
        default: "Success"
        }
    }

    /// The finished operation.
    func json(_ operation: Operation, id: String) -> JSONValue {
        var members: [String: JSONValue] = ["operationId": .string(id), "responses": .object(answers)]
        members["summary"] = operation.summary.map(JSONValue.string)
        members["description"] = operation.description.map(JSONValue.string)
        if !operation.tags.isEmpty { members["tags"] = .array(operation.tags.map(JSONValue.string)) }
        if !parameters.isEmpty { members["parameters"] = .array(parameters) }
        members["requestBody"] = body
        if operation.isDeprecated { members["deprecated"] = true }
        if let security = operation.security {
            let needed = JSONValue.object(Dictionary(uniqueKeysWithValues: Set(security).map { ($0, JSONValue.array([])) }))
            members["security"] = security.isEmpty ? [] : [needed]
        }
        return .object(members)
    }
}
