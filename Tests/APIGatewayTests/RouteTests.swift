import DeploymentTemplate
import Foundation
import LambdaEvents
import Testing

@testable import APIGateway

@Suite struct RouteTests {
    /// The routes and the requests of the example in "Create routes for HTTP APIs in API Gateway".
    @Test(
        "the documentation's example is routed as it says",
        arguments: [
            ("GET", "/pets/dog/1", "GET /pets/dog/1"), ("GET", "/pets/dog/2", "GET /pets/dog/{id}"),
            ("GET", "/pets/cat/1", "GET /pets/{proxy+}"), ("POST", "/test/5", "ANY /{proxy+}"),
        ])
    func documented(method: String, path: String, key: String) {
        let table = RouteTable([
            HTTPHarness.route("$default", "$default"), HTTPHarness.route("ANY", "/{proxy+}"),
            HTTPHarness.route("GET", "/pets/{proxy+}"), HTTPHarness.route("GET", "/pets/dog/{id}"),
            HTTPHarness.route("GET", "/pets/dog/1"),
        ])
        #expect(table.match(method: method, path: path)?.route.key == key)
    }

    @Test("a named method goes before ANY, and another method on the path falls through")
    func methods() {
        let table = RouteTable([HTTPHarness.route("ANY", "/a"), HTTPHarness.route("GET", "/a"), HTTPHarness.route("POST", "/b")])
        #expect(table.match(method: "GET", path: "/a")?.route.method == "GET")
        #expect(table.match(method: "PUT", path: "/a")?.route.method == "ANY")
        #expect(table.match(method: "GET", path: "/b") == nil)
    }

    @Test("variables take no empty part, and a greedy one takes the rest")
    func variables() {
        let table = RouteTable([HTTPHarness.route("GET", "/a/{id}/x/{rest+}"), HTTPHarness.route("GET", "/{proxy+}")])
        #expect(table.match(method: "GET", path: "/a/7/x/y/z")?.parameters == ["id": "7", "rest": "y/z"])
        #expect(table.match(method: "GET", path: "/a//x/y")?.route.path == "/{proxy+}")
        #expect(table.match(method: "GET", path: "/") == nil)
    }

    @Test("a trailing slash is another path")
    func trailingSlash() {
        let table = RouteTable([HTTPHarness.route("GET", "/a"), HTTPHarness.route("GET", "/")])
        #expect(table.match(method: "GET", path: "/a/") == nil)
        #expect(table.match(method: "GET", path: "/")?.route.path == "/")
    }

    @Test(
        "policies match by wildcards",
        arguments: [("a*c?", "abbcd", true), ("a*c?", "abbc", false), ("*", "", true), ("?", "", false)])
    func wildcards(pattern: String, text: String, matches: Bool) {
        #expect(wildcardMatches(pattern, text) == matches)
    }
}
