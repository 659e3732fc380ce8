import Foundation
import FunctionToolkit
import LambdaEvents
import Testing

@Suite("A request")
struct HTTPRequestTests {
    @Test("has its query's parameters apart and decoded")
    func query() {
        let items = HTTPAPIRequest.test(query: "a=1&a=2%2C3&b=x+y%26&c&=d&e==f&").httpRequest(context: .test()).queryItems
        #expect(items.map { "\($0.name)|\($0.value)" } == ["a|1", "a|2,3", "b|x y&", "c|", "|d", "e|=f"])
    }

    @Test("has a cookie by its name, and a header whatever its case")
    func cookies() {
        let request = HTTPAPIRequest.test(headers: ["X-A": "1"], cookies: ["ab=1", "a=x=y", "a=2", "flag"])
            .httpRequest(context: .test())
        #expect(request.cookie("a") == "x=y" && request.cookie("flag") == nil && request.cookie("c") == nil)
        #expect(request.header("x-a") == "1" && request.header("X-a") == "1" && request.header("b") == nil)
    }
}

@Suite("What a route declares")
struct HTTPInputTests {
    private struct NewTodo: SchemaDeclaring {
        var title: String
        var tags: [String]
        static let schema = Schema.object(
            NewTodo.init, .required("title", .text(length: 1...10)),
            .optional("tags", .list(of: .text(length: 1...5), count: 0...2), default: []))
    }

    private struct Filter: SchemaDeclaring {
        var state: String?
        var limit: Int
        static let schema = Schema.object(
            Filter.init, .optional("state", .choice(of: ["open", "done"])),
            .optional("limit", .integer(in: 1...100), default: 20))
    }

    private struct Saved: HTTPAnswer, Encodable {
        var id = 7
        var title: String
    }

    private func router() throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.get(
                "/todos/{id}", .path("id", .integer(in: 1...999)), .query(.optional("page", .integer(in: 1...9), default: 1)),
                .query(.optional("tag", .list(of: .text(length: 1...3), count: 0...2), default: [])),
                .header(.optional("If-Match", .text())), .cookie(.optional("session", .text()))
            ) { _, id, page, tags, match, session in
                "\(id) \(page) \(tags) \(match ?? "-") \(session ?? "-")"
            }
            routes.get("/todos", .query(Filter.self)) { _, filter in "\(filter.state ?? "-") \(filter.limit)" }
            routes.post(
                "/todos", .query(.optional("dry", .flag, default: false)), .body(NewTodo.self, maximumBytes: 100), status: 201
            ) {
                _, dry, todo in
                Reply(Saved(title: todo.title), headers: dry ? ["X-Dry": "1"] : [:])
            }
            routes.put("/blob", .bytes(maximumBytes: 4)) { _, bytes in "\(bytes.count)" }
            routes.delete("/todos/{id}", .path("id", .integer)) { _, _ in NoContent() }
        }
    }

    private func post(_ body: String?, type: String? = "application/json", isBase64Encoded: Bool = false) async throws
        -> HTTPAPIResponse
    {
        try await router().call(
            .test(
                "POST", path: "/todos", headers: type.map { ["Content-Type": $0] } ?? [:], body: body,
                isBase64Encoded: isBase64Encoded))
    }

    private func errors(_ response: HTTPAPIResponse) throws -> JSONValue? {
        #expect(response.statusCode == 422)
        return try JSONDecoder().decode(JSONValue.self, from: Data((response.body ?? "").utf8))["errors"]
    }

    @Test("arrives typed: path, query, header, cookie")
    func typed() async throws {
        let router = try router()
        #expect(await router.call(.test(path: "/todos/7")).body == "7 1 [] - -")
        let full = await router.call(
            .test(path: "/todos/7", query: "page=2&tag=a&tag=b%20c", headers: ["if-match": "x"], cookies: ["session=s"]))
        #expect(full.body == #"7 2 ["a", "b c"] x s"#)
        #expect(await router.call(.test(path: "/todos", query: "state=done")).body == "done 20")
        #expect(await router.call(.test("DELETE", path: "/todos/7")).statusCode == 204)
    }

    @Test("is told all at once where it is wrong")
    func wrong() async throws {
        let router = try router()
        let response = await router.call(.test(path: "/todos/x", query: "page=10&tag=a&tag=toolong&page=2"))
        #expect(
            try errors(response) == [
                "id": ["This must be a whole number from 1 to 999"], "page": ["This must be a whole number from 1 to 9"],
                "tag.1": ["This must have at most 3 characters"],
            ])
        let filter = await router.call(.test(path: "/todos", query: "state=x&limit=0&order=up"))
        #expect(
            try errors(filter) == [
                "state": ["This must be one of open, done"], "limit": ["This must be a whole number from 1 to 100"],
                "order": ["This parameter is not known"],
            ])
        let body = await router.call(
            .test(
                "POST", path: "/todos", query: "dry=perhaps", headers: ["content-type": "application/json"],
                body: #"{"tags":["a","b","c"],"more":1}"#))
        #expect(
            try errors(body) == [
                "dry": ["This must be true or false"], "title": ["This field is required"],
                "tags": ["This must have at most 2 entries"], "more": ["This field is not known"],
            ])
    }

    @Test("a JSON body, plain or in base64, whatever the media type's parameters and case; the answer is JSON too")
    func body() async throws {
        let saved = try await post(#"{"title":"ü"}"#)
        #expect(saved.statusCode == 201 && saved.body == #"{"id":7,"title":"ü"}"#)
        #expect(saved.headers?["Content-Type"] == "application/json")
        #expect(try await post("eyJ0aXRsZSI6ImEifQ==", isBase64Encoded: true).body == #"{"id":7,"title":"a"}"#)
        #expect(try await post(#"{"title":"a"}"#, type: "Application/JSON ; charset=utf-8").statusCode == 201)
    }

    @Test(
        "another media type, or none, is a 415",
        arguments: [nil, "text/plain", "application/json-patch+json", "application/x-www-form-urlencoded"])
    func mediaType(type: String?) async throws {
        #expect(try await post("{}", type: type).statusCode == 415)
    }

    @Test("a body that is none is a 400, one that is too large a 413")
    func malformed() async throws {
        for body in [nil, "", "{", #"{"title":"a"} x"#] { #expect(try await post(body).statusCode == 400) }
        #expect(try await post("*", isBase64Encoded: true).statusCode == 400)
        #expect(try await post("{" + String(repeating: " ", count: 100)).statusCode == 413)
        #expect(try errors(await post("[]")) == ["": ["This must be an object"]])
        #expect(try await router().call(.test("PUT", path: "/blob", body: "12345")).statusCode == 413)
        #expect(try await router().call(.test("PUT", path: "/blob", body: "1234")).body == "4")
    }
}

extension HTTPAPIRequest {
    static func test(
        _ method: String = "GET", path: String = "/", query: String = "", stage: String = "$default", domain: String = "h",
        headers: [String: String] = [:], cookies: [String]? = nil, body: String? = nil, isBase64Encoded: Bool = false
    ) -> HTTPAPIRequest {
        HTTPAPIRequest(
            rawPath: path, rawQueryString: query, cookies: cookies, headers: headers,
            requestContext: .init(
                domainName: domain, http: .init(method: method, path: path), requestId: "r", stage: stage,
                time: "12/Mar/2020:19:03:58 +0000", timeEpoch: 0),
            body: body, isBase64Encoded: isBase64Encoded)
    }
}
