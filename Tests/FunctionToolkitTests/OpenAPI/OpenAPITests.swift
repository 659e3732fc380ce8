import Foundation
import FunctionToolkit
import LambdaEvents
import Testing

/// Routes with one of everything that a document has a form for.
enum TodoAPI {
    struct Shown: HTTPAnswer, SchemaDeclaring, Encodable {
        var id: Int
        var title: String
        static let schema = Schema.object(Shown.init, .required("id", .integer), .required("title", .text())).named("Todo")
    }

    struct Filter: SchemaDeclaring {
        var state: String?
        var limit: Int
        static let schema = Schema.object(
            Filter.init, .optional("state", .choice(of: ["open", "done"])).described("All, if it is missing."),
            .optional("limit", .integer(in: 1...100), default: 20))
    }

    static let info = OpenAPIInfo(
        title: "Todos", version: "1.0", description: "What is to be done.", servers: ["https://api.example/v1"],
        securitySchemes: ["token": .bearer(format: "JWT"), "key": .apiKey(header: "X-Api-Key")])

    static func router() throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.serveOpenAPI(info)
            routes.get("/health", documented: Operation("Whether it runs", security: [])) { _ in "ok" }
            routes.group(
                "/todos",
                documented: Operation(tags: ["todos"], security: ["token"], answers: [401: .init("Nobody is logged in")])
            ) {
                todos in
                todos.get("", .query(Filter.self), documented: Operation("The list")) { _, _ in [Shown(id: 1, title: "a")] }
                todos.post(
                    "", .body(Todo.schema.named("NewTodo")), status: 201,
                    documented: Operation(
                        "A new one", answers: [409: .init("The title is taken", headers: ["X-Other": "Its id."])])
                ) { _, todo in Shown(id: 1, title: todo.title) }
                todos.get(
                    "/{id}", .path("id", .integer(in: 1...999)), .header(.optional("If-None-Match", .text())),
                    .cookie(.optional("session", .uuid)), documented: Operation("One of them", id: "readTodo")
                ) { _, id, _, _ in Shown(id: id, title: "a") }
                todos.patch(
                    "/{id}", .path("id", .integer), .body(.object(.change("title", .text(length: 1...20))))
                ) { _, id, _ in Shown(id: id, title: "a") }
                todos.delete(
                    "/{id}", .path("id", .integer), status: 204,
                    documented: Operation(security: ["token", "key"], isDeprecated: true)
                ) {
                    _, _ in NoContent()
                }
            }
            routes.put("/files/{path+}", .bytes(mediaType: "image/png"), documented: Operation("A file")) { _, _ in NoContent() }
        }
    }
}

@Suite("An OpenAPI document")
struct OpenAPITests {
    /// `Tests/Clients/test_openapi.py` holds the same file against the validator of the OpenAPI community.
    private var file: URL { URL(filePath: #filePath).deletingLastPathComponent().appending(path: "todos.openapi.json") }

    @Test("is served, and is what is kept beside this test, which a third party's validator has found to be one")
    func golden() async throws {
        let response = try await TodoAPI.router().call(.test(path: "/openapi.json"))
        #expect(response.statusCode == 200 && response.headers?["Content-Type"] == "application/json")
        let served = try JSONDecoder().decode(JSONValue.self, from: Data((response.body ?? "").utf8))
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN_FILES"] != nil {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try (encoder.encode(served) + Data("\n".utf8)).write(to: file)
        }
        #expect(served == (try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))))
    }

    @Test("bounds are those that the router checks")
    func bounds() async throws {
        let router = try TodoAPI.router()
        let document = router.openAPI(TodoAPI.info)
        let limit = document["paths"]?["/todos"]?["get"]?["parameters"]?.arrayValue?.first { $0["name"] == "limit" }
        let schema = try #require(limit?["schema"])
        for number in [schema["minimum"], schema["maximum"]].compactMap({ $0?.intValue }) {
            #expect(await router.call(.test(path: "/todos", query: "limit=\(number)")).statusCode == 200)
        }
        for number in [0, 101] {
            #expect(await router.call(.test(path: "/todos", query: "limit=\(number)")).statusCode == 422)
        }
    }
}
