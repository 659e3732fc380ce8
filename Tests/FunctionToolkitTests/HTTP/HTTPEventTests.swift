import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Testing

/// The sample events of AWS's own and other projects, decoded as a function behind several services decodes them.
@Suite("An HTTP event")
struct HTTPEventTests {
    private func sample(_ name: String) throws -> AnyHTTPEvent {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../../shared/aws-events")
        return try JSONDecoder().decode(AnyHTTPEvent.self, from: Data(contentsOf: folder.appending(path: name)))
    }

    /// Answers what it saw, with two cookies.
    private func router() throws -> HTTPRouter {
        try HTTPRouter { routes in
            routes.onError { error, request in HTTPResponse(status: 404, text: "\(request.method) \(request.path)") }
            for method in ["GET", "POST"] {
                routes.on(method, "/{rest+}") { request in
                    HTTPResponse(headers: ["X-A": "1"], cookies: ["a=1", "b=2"], body: .text(request.path))
                }
            }
        }
    }

    private static let shared = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/aws-events").path(percentEncoded: false)

    @Test(
        "is a request, whichever service it came through",
        .enabled(if: FileManager.default.fileExists(atPath: shared)),
        arguments: [
            ("go--apigw-v2-request-iam.json", "POST"), ("go--apigw-request.json", "GET"), ("go--lambda-urls-request.json", "GET"),
            ("go--alb-lambda-target-request-headers-only.json", "GET"),
            ("go--alb-lambda-target-request-multivalue-headers.json", "GET"),
            ("powertools--apiGatewayProxyEvent.json", "GET"), ("powertools--apiGatewayProxyV2Event.json", "POST"),
        ])
    func samples(name: String, method: String) throws {
        let request = try sample(name).httpRequest(context: .test())
        #expect(request.method == method || ["GET", "POST"].contains(request.method))
        #expect(request.path.hasPrefix("/") && !request.headers.isEmpty && request.body != nil)
        #expect(request.headers.keys.allSatisfy { $0 == $0.lowercased() })
        #expect(request.gatewayRequestID?.isEmpty == false)
    }

    private func loadBalancer(multiple: Bool) -> LoadBalancerRequest {
        let context = LoadBalancerRequest.Context(elb: .init(targetGroupArn: "arn"))
        return multiple
            ? LoadBalancerRequest(
                requestContext: context, httpMethod: "GET", path: "/a%2Fb/c",
                multiValueQueryStringParameters: ["q": ["a%20b", "c"]],
                multiValueHeaders: ["cookie": ["x=1; y=2"], "x-forwarded-for": ["10.0.0.1, 203.0.113.7"]])
            : LoadBalancerRequest(
                requestContext: context, httpMethod: "GET", path: "/a%2Fb/c", queryStringParameters: ["q": "a+b"],
                headers: ["cookie": "x=1; y=2", "x-forwarded-for": "203.0.113.7"])
    }

    @Test("of a load balancer is decoded, and answered in the form that its target group reads")
    func loadBalancers() async throws {
        let several = loadBalancer(multiple: true)
        let request = several.httpRequest(context: .test())
        #expect(request.segments == ["a/b", "c"] && request.queryItems.map(\.value) == ["a b", "c"])
        #expect(request.cookie("y") == "2" && request.sourceAddress == "203.0.113.7")
        let answer = try await router().respond(to: several, context: .test())
        #expect(answer.multiValueHeaders == ["X-A": ["1"], "Set-Cookie": ["a=1", "b=2"]] && answer.headers == nil)
        #expect(answer.body == "/a/b/c")
        let single = loadBalancer(multiple: false)
        #expect(single.httpRequest(context: .test()).query("q") == "a b")
        let simple = try await router().respond(to: single, context: .test())
        #expect(simple.headers == ["X-A": "1", "Set-Cookie": "b=2"] && simple.multiValueHeaders == nil)
    }

    private func restAPI(version: String?, path: String) -> RESTAPIRequest {
        RESTAPIRequest(
            version: version, resource: "/{proxy+}", path: path, httpMethod: "GET",
            multiValueHeaders: ["Accept": ["a", "b"], "Cookie": ["x=1"]],
            multiValueQueryStringParameters: ["q": ["a b", "c%20d"]],
            requestContext: .init(
                authorizer: ["principalId": "me"], httpMethod: "GET", path: "/prod" + path, requestId: "r",
                resourcePath: "/{proxy+}", stage: "prod"))
    }

    @Test("of a REST API has its path as the client wrote it, and its query decoded; payload 1.0 of an HTTP API the other way")
    func restAPIs() async throws {
        let request = restAPI(version: nil, path: "/a%2Fb/c").httpRequest(context: .test())
        #expect(request.segments == ["a/b", "c"] && request.queryItems.map(\.value) == ["a b", "c%20d"])
        #expect(request.header("accept") == "a, b" && request.cookie("x") == "1" && request.authorizer["principalId"] == "me")
        #expect(restAPI(version: "1.0", path: "/prod/a%41").httpRequest(context: .test()).segments == ["a%41"])
        let answer = try await router().respond(to: restAPI(version: nil, path: "/a"), context: .test())
        #expect(answer.headers == ["X-A": "1"] && answer.multiValueHeaders == ["Set-Cookie": ["a=1", "b=2"]])
    }
}
