#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import LambdaEvents

/// What goes back to the client, in the form of the service only at the end.
public struct HTTPResponse: Sendable, Equatable {
    public enum Body: Sendable, Equatable {
        case none
        case text(String)
        /// Sent as base64.
        case data(Data)
    }

    public var status: Int
    /// One value by name; several cookies go into ``cookies``.
    public var headers: [String: String]
    /// A `Set-Cookie` each.
    public var cookies: [String]
    public var body: Body

    public init(status: Int = 200, headers: [String: String] = [:], cookies: [String] = [], body: Body = .none) {
        self.status = status
        self.headers = headers
        self.cookies = cookies
        self.body = body
    }

    public init(status: Int = 200, text: String, contentType: String = "text/plain; charset=utf-8") {
        self.init(status: status, headers: ["Content-Type": contentType], body: .text(text))
    }

    /// A JSON document.
    public init(
        status: Int = 200, headers: [String: String] = [:], contentType: String = "application/json", json: some Encodable
    ) throws {
        self.init(status: status, headers: headers, body: .text(try JSONForm.text(json)))
        if header("Content-Type") == nil { self.headers["Content-Type"] = contentType }
    }

    /// A header's value, whatever the case of its name.
    public func header(_ name: String) -> String? {
        headers[name] ?? headers.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}

/// What a route's handler may return.
///
/// A type of your own that is `Encodable` becomes an answer in JSON by naming this protocol:
///
/// ```swift
/// struct Todo: HTTPAnswer, Codable { var id: Int; var title: String }
/// ```
public protocol HTTPAnswer: Sendable {
    /// - Parameter status: the route's, unless the answer knows better.
    func httpResponse(status: Int) throws -> HTTPResponse
    /// What an OpenAPI document says of the body; nil where nothing is known or there is none.
    static var answerContent: (mediaType: String, schema: SchemaDocument)? { get }
    /// The status of a route that declares none.
    static var answerStatus: Int { get }
}

extension HTTPAnswer {
    public static var answerStatus: Int { 200 }
}

extension HTTPAnswer where Self: Encodable {
    public func httpResponse(status: Int) throws -> HTTPResponse { try HTTPResponse(status: status, json: self) }
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? { ("application/json", SchemaDocument([:])) }
}

extension HTTPAnswer where Self: Encodable, Self: SchemaDeclaring {
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? { ("application/json", schema.document) }
}

extension HTTPResponse: HTTPAnswer {
    /// Itself: its own status counts.
    public func httpResponse(status: Int) -> HTTPResponse { self }
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? { nil }
}

extension JSONValue: HTTPAnswer {}

extension String: HTTPAnswer {
    /// Plain text.
    public func httpResponse(status: Int) -> HTTPResponse { HTTPResponse(status: status, text: self) }
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? {
        ("text/plain", SchemaDocument(["type": "string"]))
    }
}

extension Array: HTTPAnswer where Element: HTTPAnswer & Encodable {
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? {
        let element = Element.answerContent?.schema ?? SchemaDocument([:])
        return (
            "application/json", SchemaDocument(["type": "array", "items": element.json], definitions: element.definitions)
        )
    }
}

/// An answer without a body.
public struct NoContent: HTTPAnswer {
    public init() {}
    public func httpResponse(status: Int) -> HTTPResponse { HTTPResponse(status: status) }
    public static var answerStatus: Int { 204 }
    public static var answerContent: (mediaType: String, schema: SchemaDocument)? { nil }
}

/// An answer with a status, headers or cookies of its own.
public struct Reply<Content: HTTPAnswer>: HTTPAnswer {
    public var content: Content
    /// nil for the route's.
    public var status: Int?
    public var headers: [String: String]
    public var cookies: [String]

    public init(_ content: Content, status: Int? = nil, headers: [String: String] = [:], cookies: [String] = []) {
        self.content = content
        self.status = status
        self.headers = headers
        self.cookies = cookies
    }

    public func httpResponse(status: Int) throws -> HTTPResponse {
        var response = try content.httpResponse(status: self.status ?? status)
        response.headers.merge(headers) { _, own in own }
        response.cookies += cookies
        return response
    }

    public static var answerContent: (mediaType: String, schema: SchemaDocument)? { Content.answerContent }
    public static var answerStatus: Int { Content.answerStatus }
}
