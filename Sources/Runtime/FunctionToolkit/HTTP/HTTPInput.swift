#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import LambdaEvents

/// A part of the request that a handler takes: a parameter of the path or the query, a header, a cookie, the body.
///
/// Everything that a route declares is read before its handler runs, and all that is wrong is told at once.
public struct HTTPInput<Value: Sendable>: Sendable {
    let read: @Sendable (HTTPRequest, inout FieldErrors) throws -> Value?
    let describe: @Sendable (inout OperationDocument) -> Void
    /// The names of path parameters it reads.
    let pathParameters: [String]
    /// The names of the query's parameters it reads.
    let queryParameters: @Sendable () -> [String]

    private static func parameter(
        _ place: ParameterPlace, _ field: Field<Value>,
        _ values: @escaping @Sendable (HTTPRequest, String) -> [String]
    ) -> HTTPInput {
        HTTPInput(
            read: { request, errors in
                let values = values(request, field.name)
                let input: FieldInput? =
                    switch values.count {
                    case 0: nil
                    case 1: FieldInput(.string(values[0]), isText: true)
                    default: FieldInput(.array(values.map(JSONValue.string)), isText: true)
                    }
                return errors.under(field.name) { field.reading(input, &$0) }
            },
            describe: { $0.add(field, in: place) }, pathParameters: place == .path ? [field.name] : [],
            queryParameters: { place == .query ? [field.name] : [] })
    }

    /// A parameter of the path; the route must have it: `/todos/{id}`.
    public static func path(_ name: String, _ schema: Schema<Value>) -> HTTPInput {
        parameter(.path, .required(name, schema)) { request, name in request.parameters[name].map { [$0] } ?? [] }
    }

    /// A parameter of the query: `.query(.optional("limit", .integer(in: 1...100), default: 20))`.
    ///
    /// One that is repeated is read as a list.
    public static func query(_ field: Field<Value>) -> HTTPInput {
        parameter(.query, field) { request, name in request.queryItems.filter { $0.name == name }.map(\.value) }
    }

    /// The whole query as one value, of a schema that is an object. It refuses parameters that it does not know, unless
    /// it shall ignore them: then other inputs may read some too.
    public static func query(_ schema: Schema<Value>) -> HTTPInput {
        query(documented: schema) { _ in schema }
    }

    /// The same where the schema depends on who asks; a middleware has found that out.
    ///
    /// - Parameter documented: what the document says.
    public static func query(
        documented: Schema<Value>, _ schema: @escaping @Sendable (HTTPRequest) throws -> Schema<Value>
    ) -> HTTPInput {
        HTTPInput(
            read: { request, errors in
                let members = FieldReader.members(ofQuery: request.queryItems)
                return try schema(request).reading(FieldInput(members, isText: true), &errors)
            }, describe: { $0.addQuery(documented.document) }, pathParameters: [],
            queryParameters: { documented.document.json["properties"]?.objectValue?.keys.map { $0 } ?? [] })
    }

    public static func header(_ field: Field<Value>) -> HTTPInput {
        parameter(.header, field) { request, name in request.headers[name.lowercased()] ?? [] }
    }

    public static func cookie(_ field: Field<Value>) -> HTTPInput {
        parameter(.cookie, field) { request, name in request.cookies.filter { $0.name == name }.map(\.value) }
    }

    /// The body, a JSON document.
    ///
    /// Checked in this order: 415 for another media type, 413 for too many bytes, 400 for what is no JSON, then the
    /// fields.
    ///
    /// - Parameter maximumBytes: at most; API Gateway takes up to 10 MB, Lambda's events up to 6.
    public static func body(_ schema: Schema<Value>, maximumBytes: Int = 1 << 20) -> HTTPInput {
        body(documented: schema, maximumBytes: maximumBytes) { _ in schema }
    }

    /// The same where the schema depends on who asks; a middleware has found that out.
    ///
    /// - Parameter documented: what the document says.
    public static func body(
        documented: Schema<Value>, maximumBytes: Int = 1 << 20,
        _ schema: @escaping @Sendable (HTTPRequest) throws -> Schema<Value>
    ) -> HTTPInput {
        HTTPInput(
            read: { request, errors in
                let json = try request.jsonBody(maximumBytes: maximumBytes)
                return try schema(request).reading(FieldInput(json), &errors)
            }, describe: { $0.addBody("application/json", documented.document) }, pathParameters: [],
            queryParameters: { [] })
    }
}

extension HTTPInput where Value: SchemaDeclaring {
    public static func body(_ type: Value.Type, maximumBytes: Int = 1 << 20) -> HTTPInput {
        body(type.schema, maximumBytes: maximumBytes)
    }

    public static func query(_ type: Value.Type) -> HTTPInput { query(type.schema) }
}

extension HTTPInput where Value == Data {
    /// The body as bytes, of any media type.
    public static func bytes(mediaType: String = "application/octet-stream", maximumBytes: Int = 6 << 20) -> HTTPInput {
        HTTPInput(
            read: { request, _ in try request.bytes(maximumBytes: maximumBytes) },
            describe: { $0.addBody(mediaType, SchemaDocument([:])) }, pathParameters: [], queryParameters: { [] })
    }
}

extension HTTPRequest {
    func bytes(maximumBytes: Int) throws(HTTPError) -> Data {
        guard let body else { throw .badRequest("The body is not valid base64") }
        guard body.count <= maximumBytes else { throw HTTPError(413, "The body is larger than \(maximumBytes) bytes") }
        return body
    }

    /// The JSON document in the body; the type's parameters and the case of letters play no part.
    ///
    /// - Throws: ``HTTPError`` with 415 for another media type (RFC 9110, 15.5.16), 413 for more bytes, 400 for no JSON.
    public func jsonBody(maximumBytes: Int = 1 << 20) throws(HTTPError) -> JSONValue {
        let type = (header("content-type") ?? "").prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
        guard type == "application/json" else {
            throw HTTPError(415, "The body must be JSON, with Content-Type: application/json")
        }
        guard let value = JSONForm.parse(try bytes(maximumBytes: maximumBytes)) else {
            throw .badRequest("The body is not valid JSON")
        }
        return value
    }
}
