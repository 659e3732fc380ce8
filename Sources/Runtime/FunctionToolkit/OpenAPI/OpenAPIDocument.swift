import LambdaEvents

/// The OpenAPI 3.1 document of a router's routes.
///
/// Source: OpenAPI Specification 3.1.1; its schemas are JSON Schema, draft 2020-12.
struct OpenAPIDocument {
    let routes: [HTTPRoutes.Route]
    let info: OpenAPIInfo

    var json: JSONValue {
        var paths: [String: [String: JSONValue]] = [:]
        var definitions: [String: JSONValue] = [:]
        for route in routes {
            let document = document(of: route)
            definitions.merge(document.definitions) { first, _ in first }
            let path = Self.templated(route.path)
            paths[path, default: [:]][route.method.lowercased()] = document.json(
                route.operation, id: route.operation.id ?? Self.operationID(route))
        }
        var components: [String: JSONValue] = [:]
        if !definitions.isEmpty { components["schemas"] = .object(definitions) }
        if !info.securitySchemes.isEmpty { components["securitySchemes"] = .object(info.securitySchemes.mapValues(\.json)) }
        var about: [String: JSONValue] = ["title": .string(info.title), "version": .string(info.version)]
        about["description"] = info.description.map(JSONValue.string)
        var document: [String: JSONValue] = [
            "openapi": "3.1.1", "info": .object(about), "paths": .object(paths.mapValues(JSONValue.object)),
        ]
        if !components.isEmpty { document["components"] = .object(components) }
        if !info.servers.isEmpty { document["servers"] = .array(info.servers.map { ["url": .string($0)] }) }
        return .object(document)
    }

    private func document(of route: HTTPRoutes.Route) -> OperationDocument {
        var document = OperationDocument()
        for (status, answer) in route.operation.answers where status == route.status { document.answer(status, answer) }
        route.describe(&document)
        for (status, answer) in route.operation.answers { document.answer(status, answer) }
        for parameter in RoutePattern(route.path)?.parameters ?? [] where !route.pathParameters.contains(parameter) {
            document.add(Field.required(parameter, Self.anyText), in: .path)
        }
        if let answers = info.answers {
            for (status, answer) in answers { document.answer(status, answer) }
            return document
        }
        let problems: [(Int, String, Bool)] = [
            (400, "The body is not what it says it is", document.hasBody), (413, "The body is too large", document.hasBody),
            (415, "The body is of another media type", document.hasJSONBody),
            (422, "What is wrong, by field", document.hasInputs), (500, "A failure on our side", true),
        ]
        for (status, text, applies) in problems where applies {
            document.answer(
                status,
                AnswerDocument(text, mediaType: "application/problem+json", schema: HTTPErrorAnswers.problemSchema))
        }
        return document
    }

    /// Of a parameter that the handler looks up by itself.
    private static let anyText = Schema<JSONValue>.json.mapped { value, _ in value.stringValue }
        .documented { $0.adding("type", "string") }

    /// `{proxy+}` is not OpenAPI's: a parameter there holds no slash, which is said nowhere in a document.
    private static func templated(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.hasSuffix("+}") ? part.dropLast(2) + "}" : part
        }.joined(separator: "/")
    }

    /// `get_todos_id`.
    private static func operationID(_ route: HTTPRoutes.Route) -> String {
        let words = route.path.split { !($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return ([route.method.lowercased()[...]] + words).joined(separator: "_")
    }
}
