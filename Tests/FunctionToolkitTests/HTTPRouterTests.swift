import FunctionToolkit
import LambdaEvents
import Testing

struct HTTPRouterTests {
    private func router(_ routes: String...) throws -> HTTPRouter<String> {
        try HTTPRouter(routes.map { ($0, $0) })
    }

    /// `GET /a/{x} x=1`, `404` or `405 GET, PUT`.
    private func text(_ resolution: HTTPRouter<String>.Resolution) -> String {
        switch resolution {
        case .found(let endpoint, let route, let parameters):
            #expect(endpoint == route)
            return ([route] + parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ")
        case .notFound: return "404"
        case .methodNotAllowed(let allowed): return "405 " + allowed.joined(separator: ", ")
        }
    }

    @Test(
        "a path finds its most specific route, whatever the order of the list",
        arguments: [
            ("GET", "/users/me", "GET /users/me"), ("GET", "/users/7", "GET /users/{id} id=7"),
            ("PATCH", "/users/me", "PATCH /users/{id} id=me"),
            ("GET", "/users/7/posts", "GET /users/{id}/{kind} id=7 kind=posts"),
            ("GET", "/users/7/posts/1", "GET /{all+} all=users/7/posts/1"),
            ("GET", "/files/a/b c/ü", "GET /files/{path+} path=a/b c/ü"),
            ("GET", "/", "GET /"), ("GET", "/x", "GET /{all+} all=x"),
            ("DELETE", "/users/7", "405 GET, PATCH"), ("POST", "/", "405 GET"), ("PATCH", "/files", "405 GET"),
        ])
    func specificity(method: String, path: String, expected: String) throws {
        let router = try router(
            "GET /{all+}", "GET /users/{id}/{kind}", "GET /users/{id}", "PATCH /users/{id}", "GET /files/{path+}",
            "GET /users/me",
            "GET /")
        #expect(text(router.resolve(method: method, path: path)) == expected)
    }

    @Test("nothing else matches", arguments: ["/a", "/a/", "/a/b/", "/a//", "/a/b/c", "", "/A/b", "/r/", "/r"])
    func notFound(path: String) throws {
        #expect(text(try router("GET /a/{x}", "GET /r/{rest+}").resolve(method: "GET", path: path)) == "404")
    }

    @Test(
        "a malformed route is refused",
        arguments: [
            "GET", "/a", "get /a", "GET a", "GET /{}", "GET /{a}b", "GET /{a+}/b", "GET /{a}/{a}", "GET /{+}", "GET /a b",
        ])
    func malformed(route: String) {
        #expect(throws: HTTPRouterError.malformed(route: route)) { try router(route) }
    }

    @Test("two routes for the same requests are refused")
    func ambiguous() throws {
        #expect(throws: HTTPRouterError.ambiguous(first: "GET /a/{x}", second: "GET /a/{y}")) {
            try router("GET /a/{x}", "GET /a/{y}")
        }
        _ = try router("GET /a/{x}", "PUT /a/{y}", "GET /b/{x}", "GET /a/{x+}")
    }

    @Test(
        "the stage is no part of the path, and only a function URL's path is still encoded",
        arguments: [
            ("/prod/a/x", "prod", "h", "GET /a/{x} x=x"), ("/a/x", "$default", "h", "GET /a/{x} x=x"),
            ("/production/a/x", "prod", "h", "404"), ("/prod", "prod", "h", "GET /"),
            ("/a/%41", "$default", "id.execute-api.r.amazonaws.com", "GET /a/{x} x=%41"),
            ("/a/b%2Fc%20%C3%BC%zz%4", "$default", "id.lambda-url.r.on.aws", "GET /a/{x} x=b/c ü%zz%4"),
        ])
    func events(rawPath: String, stage: String, domain: String, expected: String) throws {
        let request = HTTPAPIRequest.test(path: rawPath, stage: stage, domain: domain)
        #expect(text(try router("GET /a/{x}", "GET /").resolve(request)) == expected)
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
