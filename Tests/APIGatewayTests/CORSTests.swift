import DeploymentTemplate
import Foundation
import FunctionPool
import Testing

@Suite struct CORSTests {
    func api(_ origins: [String], routes: [Deployment.HTTPRoute] = [HTTPHarness.route("GET", "/x")]) -> Deployment.HTTPAPI {
        Deployment.HTTPAPI(
            id: "id", routes: routes,
            cors: .init(
                allowOrigins: origins, allowMethods: ["GET", "POST"], allowHeaders: ["Authorization"],
                exposeHeaders: ["Retry-After"], allowCredentials: !origins.contains("*"), maxAgeSeconds: 600))
    }

    static let preflight = "OPTIONS /x HTTP/1.1\nOrigin: https://a.example\nAccess-Control-Request-Method: POST"

    @Test("the gateway answers a preflight request by itself")
    func preflight() throws {
        try HTTPHarness.serving(api(["https://a.example"])) { (harness: HTTPHarness) throws in
            let answer = try harness.answer(Self.preflight)
            #expect(answer.statusLine == "HTTP/1.1 204 No Content")
            #expect(answer.header("Access-Control-Allow-Origin") == "https://a.example")
            #expect(answer.header("Access-Control-Allow-Methods") == "GET,POST")
            #expect(answer.header("Access-Control-Allow-Headers") == "Authorization")
            #expect(answer.header("Access-Control-Allow-Credentials") == "true")
            #expect(answer.header("Access-Control-Max-Age") == "600")
            #expect(harness.invoker.waitingEvents == 0)
        }
    }

    @Test("an origin that is not allowed gets no such fields")
    func otherOrigin() throws {
        try HTTPHarness.serving(api(["https://b.example"])) { (harness: HTTPHarness) throws in
            let answer = try harness.answer(Self.preflight)
            #expect(answer.statusLine == "HTTP/1.1 204 No Content")
            #expect(answer.header("Access-Control-Allow-Origin") == nil)
        }
    }

    @Test("OPTIONS that is no preflight, on an API without such a route, is not found")
    func plainOptions() throws {
        try HTTPHarness.serving(api(["*"])) { (harness: HTTPHarness) throws in
            #expect(try harness.answer("OPTIONS /x HTTP/1.1").statusLine == "HTTP/1.1 404 Not Found")
        }
    }

    @Test("a route that takes OPTIONS gets the preflight request")
    func ownRoute() throws {
        try HTTPHarness.serving(api(["*"], routes: [HTTPHarness.route("ANY", "/x")])) { (harness: HTTPHarness) throws in
            #expect(try harness.answer(Self.preflight).statusLine == "HTTP/1.1 200 OK")
            #expect(harness.invoker.nextEvent()["requestContext"]?["http"]?["method"] == "OPTIONS")
        }
    }

    @Test("the configuration's fields stand in place of the function's, on errors too")
    func answers() throws {
        let outcome = #"{"statusCode":200,"headers":{"Access-Control-Allow-Origin":"https://evil.example"}}"#
        try HTTPHarness.serving(api(["https://*"]), answer: { _, _ in .json(outcome) }) { (harness: HTTPHarness) throws in
            let answer = try harness.answer("GET /x HTTP/1.1\nOrigin: https://a.example")
            #expect(
                answer.headers.filter { $0.name.lowercased() == "access-control-allow-origin" }.map(\.value) == [
                    "https://a.example"
                ])
            #expect(answer.header("Access-Control-Expose-Headers") == "Retry-After")
            #expect(try harness.answer("GET /x HTTP/1.1").header("Access-Control-Allow-Origin") == nil)
            let missing = try harness.answer("GET /y HTTP/1.1\nOrigin: https://a.example")
            #expect(missing.statusLine == "HTTP/1.1 404 Not Found")
            #expect(missing.header("Access-Control-Allow-Origin") == "https://a.example")
        }
    }
}
