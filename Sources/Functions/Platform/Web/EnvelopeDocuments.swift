package import FunctionToolkit
import LambdaEvents

// What OpenAPI documents say of the platform's answers.

extension SchemaDocument {
    package static let string = SchemaDocument(["type": "string"])
    package static let whole = SchemaDocument(["type": "integer"])
    package static let boolean = SchemaDocument(["type": "boolean"])
    package static let time = SchemaDocument(["type": "string", "format": "date-time"])
    package static let id = SchemaDocument(["type": "string", "format": "uuid"])
    package static let null = SchemaDocument(["type": "null"])

    package static func one(of texts: [String]) -> SchemaDocument {
        SchemaDocument(["type": "string", "enum": .array(texts.map(JSONValue.string))])
    }

    package static func list(of element: SchemaDocument) -> SchemaDocument {
        SchemaDocument(["type": "array", "items": element.json], definitions: element.definitions)
    }

    /// An object that always has all of these members and no other; what may be missing is null.
    package static func record(_ members: [String: SchemaDocument], optional: [String: SchemaDocument] = [:]) -> SchemaDocument {
        let all = members.merging(optional) { first, _ in first }
        return SchemaDocument(
            [
                "type": "object", "properties": .object(all.mapValues(\.json)), "additionalProperties": false,
                "required": .array(members.keys.sorted().map(JSONValue.string)),
            ],
            definitions: all.values.reduce(into: [:]) { $0.merge($1.definitions) { first, _ in first } })
    }
}

extension AnswerDocument {
    /// A success with this `data`.
    package static func enveloped(_ data: SchemaDocument, _ description: String = "Success") -> AnswerDocument {
        AnswerDocument(
            description,
            schema: .record(["success": SchemaDocument(["const": true]), "data": data, "meta": .null, "error": .null]))
    }

    /// A success with a part of a list.
    package static func enveloped(list element: SchemaDocument) -> AnswerDocument {
        let meta = SchemaDocument.record([
            "page": .whole, "per_page": .whole, "total": .whole, "next_cursor": .string.orNull,
        ])
        return AnswerDocument(
            "A part of the list",
            schema: .record([
                "success": SchemaDocument(["const": true]), "data": .list(of: element), "meta": meta.named("Page"),
                "error": .null,
            ]))
    }

    package static func refusal(_ description: String, headers: [String: String] = [:]) -> AnswerDocument {
        AnswerDocument(description, schema: failure, headers: headers)
    }

    private static let failure = SchemaDocument.record([
        "success": SchemaDocument(["const": false]), "data": .null,
        "error": .record(
            [
                "code": .one(of: PlatformError.Code.allCases.map(\.rawValue)), "message": .string, "request_id": .string,
                "timestamp": .time,
            ],
            optional: [
                "fields": SchemaDocument([
                    "type": "object", "description": "What is wrong, by field.",
                    "additionalProperties": ["type": "array", "items": ["type": "string"]],
                ])
            ]),
    ]).named("Failure")

    /// What API Gateway itself answers to a request without a good token.
    private static let gatewayRefusal = SchemaDocument(["type": "object", "properties": ["message": ["type": "string"]]])

    /// What every route of the platform may answer.
    package static let always: [Int: AnswerDocument] = [
        400: refusal("Something of the request is wrong"), 413: refusal("The body is too large"),
        415: refusal("The body is no JSON"), 429: refusal("Too many requests", headers: ["Retry-After": "In so many seconds."]),
        500: refusal("A failure on our side"),
        503: refusal("Busy; please try again", headers: ["Retry-After": "In so many seconds."]),
    ]

    /// What routes for callers with a token may answer besides.
    package static let forCallers: [Int: AnswerDocument] = [
        401: AnswerDocument(
            "No good token",
            schema: SchemaDocument(["anyOf": [failure.json, gatewayRefusal.json]], definitions: failure.definitions)),
        403: refusal("The caller may not do this"),
    ]
}

extension OpenAPIInfo {
    package init(title: String, description: String) {
        self.init(
            title: title, version: "1", description: description,
            // Relative to the document's own address, and so the stage's or the domain's.
            servers: ["/"], securitySchemes: ["token": .bearer(format: "JWT")], answers: AnswerDocument.always)
    }
}
