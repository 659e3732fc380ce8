import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Synchronization
import Testing

/// Answers with the route that was found, and its parameters: `GET /a/{x} x=1`.
private func echoes(_ routes: String...) throws -> HTTPRouter {
    try HTTPRouter { declared in
        for route in routes {
            let parts = route.split(separator: " ", maxSplits: 1).map(String.init)
            declared.on(parts[0], parts.count > 1 ? parts[1] : "") { request in
                let parameters = request.parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                return ([request.route ?? ""] + parameters).joined(separator: " ")
            }
        }
    }
}

extension HTTPRouter {
    func call(_ request: HTTPAPIRequest, context: LambdaContext = .test()) async -> HTTPAPIResponse {
        await respond(to: request, context: context)
    }
}

@Suite("A router")
struct HTTPRouterTests {
    private func text(_ router: HTTPRouter, _ request: HTTPAPIRequest) async -> String {
        let response = await router.call(request)
        switch response.statusCode {
        case 404: return "404"
        case 405: return "405 " + (response.headers?["Allow"] ?? "")
        default: return response.body ?? ""
        }
    }

    @Test(
        "finds a path's most specific route, whatever the order of the list",
        arguments: [
            ("GET", "/users/me", "GET /users/me"), ("GET", "/users/7", "GET /users/{id} id=7"),
            ("PATCH", "/users/me", "PATCH /users/{id} id=me"),
            ("GET", "/users/7/posts", "GET /users/{id}/{kind} id=7 kind=posts"),
            ("GET", "/users/7/posts/1", "GET /{all+} all=users/7/posts/1"),
            ("GET", "/files/a/b c/ü", "GET /files/{path+} path=a/b c/ü"),
            ("GET", "/", "GET /"), ("GET", "/x", "GET /{all+} all=x"),
            ("DELETE", "/users/7", "405 GET, HEAD, PATCH"), ("POST", "/", "405 GET, HEAD"),
            ("PATCH", "/files", "405 GET, HEAD"),
        ])
    func specificity(method: String, path: String, expected: String) async throws {
        let router = try echoes(
            "GET /{all+}", "GET /users/{id}/{kind}", "GET /users/{id}", "PATCH /users/{id}", "GET /files/{path+}",
            "GET /users/me", "GET /")
        #expect(await text(router, .test(method, path: path)) == expected)
    }

    @Test("matches nothing else", arguments: ["/a", "/a/", "/a/b/", "/a//", "/a/b/c", "", "/A/b", "/r/", "/r"])
    func notFound(path: String) async throws {
        #expect(await text(try echoes("GET /a/{x}", "GET /r/{rest+}"), .test(path: path)) == "404")
    }

    @Test(
        "refuses a malformed route",
        arguments: [
            "GET", "get /a", "GET a", "GET /{}", "GET /{a}b", "GET /{a+}/b", "GET /{a}/{a}", "GET /{+}",
        ])
    func malformed(route: String) {
        #expect(throws: HTTPRouterError.self) { try echoes(route) }
    }

    @Test("refuses two routes for the same requests, and a parameter that the path does not have")
    func contradictions() throws {
        #expect(throws: HTTPRouterError.ambiguous(first: "GET /a/{x}", second: "GET /a/{y}")) {
            try echoes("GET /a/{x}", "GET /a/{y}")
        }
        _ = try echoes("GET /a/{x}", "PUT /a/{y}", "GET /b/{x}", "GET /a/{x+}")
        #expect(throws: HTTPRouterError.noSuchParameter(route: "GET /a/{x}", parameter: "id")) {
            try HTTPRouter { routes in routes.get("/a/{x}", .path("id", .integer)) { _, id in "\(id)" } }
        }
    }

    @Test(
        "takes the stage for no part of the path, and decodes only a function URL's",
        arguments: [
            ("/prod/a/x", "prod", "h", "GET /a/{x} x=x"), ("/a/x", "$default", "h", "GET /a/{x} x=x"),
            ("/production/a/x", "prod", "h", "404"), ("/prod", "prod", "h", "GET /"),
            ("/a/%41", "$default", "id.execute-api.r.amazonaws.com", "GET /a/{x} x=%41"),
            ("/a/b%2Fc%20%C3%BC%zz%4", "$default", "id.lambda-url.r.on.aws", "GET /a/{x} x=b/c ü%zz%4"),
        ])
    func stages(rawPath: String, stage: String, domain: String, expected: String) async throws {
        let request = HTTPAPIRequest.test(path: rawPath, stage: stage, domain: domain)
        #expect(await text(try echoes("GET /a/{x}", "GET /"), request) == expected)
    }

    @Test("answers HEAD by the head of GET")
    func head() async throws {
        let router = try echoes("GET /a", "POST /b", "GET /c", "HEAD /c")
        let response = await router.call(.test("HEAD", path: "/a"))
        #expect(response.statusCode == 200 && response.body == nil)
        #expect(response.headers?["Content-Type"] == "text/plain; charset=utf-8")
        #expect(await router.call(.test("HEAD", path: "/b")).statusCode == 405)
        #expect(await router.call(.test("HEAD", path: "/c")).statusCode == 200)
    }

    @Test("knows its routes by a prefix in groups, with middlewares in their order, each for what it stands before")
    func groups() async throws {
        let router = try HTTPRouter { routes in
            func mark(_ name: String) -> @Sendable (HTTPRequest, HTTPResponder) async throws -> HTTPResponse {
                { request, next in
                    var response = try await next(request)
                    response.headers["X-Order", default: ""] += name
                    return response
                }
            }
            routes.get("/open") { _ in "open" }
            routes.use(mark("outer "))
            routes.group("/admin") { admin in
                admin.use(mark("first "))
                admin.use(mark("second "))
                admin.get("/{id}") { request in request.parameters["id"] ?? "" }
                admin.group("/deep") { $0.get("/x") { _ in "deep" } }
            }
            routes.get("/last") { _ in "last" }
        }
        #expect(await router.call(.test(path: "/open")).headers?["X-Order"] == nil)
        #expect(await router.call(.test(path: "/last")).headers?["X-Order"] == "outer ")
        let admin = await router.call(.test(path: "/admin/7"))
        #expect(admin.body == "7" && admin.headers?["X-Order"] == "second first outer ")
        #expect(await router.call(.test(path: "/admin/deep/x")).headers?["X-Order"] == "second first outer ")
        #expect(await router.call(.test(path: "/7")).statusCode == 404)
    }

    @Test("a middleware keeps what it found out for the handler, or answers before anything else is looked at")
    func middleware() async throws {
        struct User { var name: String }
        let router = try HTTPRouter { routes in
            routes.before { request in
                guard let name = request.header("Authorization") else { throw HTTPError.unauthorized() }
                request[User.self] = User(name: name)
            }
            routes.after { _, response in response.headers["X-After"] = "yes" }
            routes.post("/me", .body(.object(.required("n", .integer)))) { request, n in
                "\(request[User.self]?.name ?? "nobody") \(n)"
            }
        }
        let refused = await router.call(.test("POST", path: "/me", body: "{"))
        #expect(refused.statusCode == 401 && refused.headers?["WWW-Authenticate"] == "Bearer")
        let answered = await router.call(
            .test("POST", path: "/me", headers: ["authorization": "ada", "content-type": "application/json"], body: #"{"n":1}"#))
        #expect(answered.body == "ada 1" && answered.headers?["X-After"] == "yes")
    }

    @Test("prepares every request, and shows every answer at the end, those to errors too")
    func wholeRouter() async throws {
        let seen = Mutex<[String]>([])
        let router = try HTTPRouter { routes in
            routes.onRequest { if $0.segments.first == "v1" { $0.segments.removeFirst() } }
            routes.onResponse { request, response in
                seen.withLock { $0.append("\(request.route ?? "-") \(response.status)") }
                response.headers["X-Frame-Options"] = "DENY"
            }
            routes.get("/a") { _ in NoContent() }
        }
        for path in ["/a", "/v1/a", "/b"] {
            #expect(await router.call(.test(path: path)).headers?["X-Frame-Options"] == "DENY")
        }
        #expect(seen.withLock { $0 } == ["GET /a 204", "GET /a 204", "- 404"])
    }
}

@Suite("An error")
struct HTTPErrorTests {
    struct Known: Error { var id: Int }

    private func router() throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.onError(Known.self) { error, _ in try HTTPResponse(status: 410, json: ["gone": error.id]) }
            routes.get("/known") { _ -> String in throw Known(id: 7) }
            routes.get("/unknown") { _ -> String in throw CancellationError() }
            routes.get("/conflict") { _ -> String in throw HTTPError.conflict("Somebody was quicker") }
            routes.get("/busy") { _ -> String in throw HTTPError.tooManyRequests(retryAfterSeconds: 3) }
        }
    }

    private func problem(_ response: HTTPAPIResponse) throws -> JSONValue {
        #expect(response.headers?["Content-Type"] == "application/problem+json")
        return try JSONDecoder().decode(JSONValue.self, from: Data((response.body ?? "").utf8))
    }

    @Test("is a problem document; one that nobody foresaw tells nothing but the request's id, and all to the log")
    func problems() async throws {
        let lines = Mutex<[String]>([])
        let context = LambdaContext.test(
            requestID: "r-1", log: LambdaLog { line in lines.withLock { $0.append(line) } })
        let unknown = try await router().call(.test(path: "/unknown"), context: context)
        #expect(unknown.statusCode == 500)
        #expect(
            try problem(unknown) == [
                "type": "about:blank", "title": "Internal Server Error", "status": 500,
                "detail": "Something went wrong on our side", "requestId": "r-1",
            ])
        #expect(lines.withLock { $0.count == 1 && $0[0].contains("CancellationError") && $0[0].contains("GET /unknown") })
        let conflict = try await router().call(.test(path: "/conflict"), context: context)
        #expect(conflict.statusCode == 409)
        #expect(try problem(conflict)["detail"] == "Somebody was quicker")
        #expect(try await router().call(.test(path: "/busy")).headers?["Retry-After"] == "3")
        #expect(try problem(await router().call(.test(path: "/nowhere")))["title"] == "Not Found")
        #expect(lines.withLock { $0.count } == 1)
    }

    @Test("of one's own type has an answer of one's own")
    func own() async throws {
        let response = try await router().call(.test(path: "/known"))
        #expect(response.statusCode == 410 && response.body == #"{"gone":7}"#)
    }

    @Test("handlers are asked from the last one back, and one that fails tells nothing either")
    func order() async throws {
        let router = try HTTPRouter { routes in
            routes.onError { _, _ in HTTPResponse(status: 418) }
            routes.group { inner in
                inner.onError(Known.self) { error, _ in error.id == 1 ? HTTPResponse(status: 411) : nil }
                inner.onError(Known.self) { error, _ in
                    if error.id == 2 { throw CancellationError() }
                    return nil
                }
                inner.get("/{id}", .path("id", .integer)) { _, id -> String in throw Known(id: id) }
            }
        }
        #expect(await router.call(.test(path: "/1")).statusCode == 411)
        #expect(await router.call(.test(path: "/2")).statusCode == 500)
        #expect(await router.call(.test(path: "/3")).statusCode == 418)
    }
}

@Suite("Cross-origin requests")
struct CORSTests {
    private func router(_ cors: CORS) throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.cors(cors)
            routes.get("/a") { _ in "a" }
            routes.put("/a") { _ in "a" }
        }
    }

    private let cors = CORS(
        origins: ["https://app.example"], exposedHeaders: ["X-Total"], allowsCredentials: true, maximumAgeSeconds: 60)

    @Test("are asked for before, and allowed to known origins only, for the methods that the path has")
    func preflight() async throws {
        let ask = ["origin": "https://app.example", "access-control-request-method": "PUT"]
        let allowed = try await router(cors).call(.test("OPTIONS", path: "/a", headers: ask))
        #expect(allowed.statusCode == 204 && allowed.body == nil)
        #expect(
            allowed.headers == [
                "Access-Control-Allow-Origin": "https://app.example", "Vary": "Origin",
                "Access-Control-Allow-Credentials": "true", "Access-Control-Allow-Methods": "GET, HEAD, PUT",
                "Access-Control-Allow-Headers": "Authorization, Content-Type", "Access-Control-Max-Age": "60",
                "Access-Control-Expose-Headers": "X-Total",
            ])
        var other = ask
        other["origin"] = "https://evil.example"
        let refused = try await router(cors).call(.test("OPTIONS", path: "/a", headers: other))
        #expect(refused.headers == ["Vary": "Origin"])
        #expect(try await router(cors).call(.test("OPTIONS", path: "/a")).statusCode == 405)
        #expect(try await router(cors).call(.test("OPTIONS", path: "/b", headers: ask)).statusCode == 404)
    }

    @Test("have the headers on every answer, those to errors too")
    func answers() async throws {
        for path in ["/a", "/nowhere"] {
            let response = try await router(cors).call(.test(path: path, headers: ["origin": "https://app.example"]))
            #expect(response.headers?["Access-Control-Allow-Origin"] == "https://app.example")
        }
        let open = try await router(CORS(origins: ["*"])).call(.test(path: "/a", headers: ["origin": "https://x.example"]))
        #expect(open.headers?["Access-Control-Allow-Origin"] == "*" && open.headers?["Vary"] == nil)
    }
}
