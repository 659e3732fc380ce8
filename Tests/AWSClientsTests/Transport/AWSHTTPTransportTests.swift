import Foundation
import RoostHTTPClient
import RoostHTTPServer
import Synchronization
import Testing

@testable import AWSClients

struct AWSHTTPTransportTests {
    private func transport(_ variables: [String: String] = [:]) throws -> AWSHTTPTransport {
        let environment = [
            "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "secret",
        ].merging(variables) { $1 }
        return AWSHTTPTransport(
            configuration: try AWSConfiguration(environment: environment), client: try HTTPClient(),
            now: { Date(timeIntervalSince1970: 1_700_000_000) })
    }

    @Test(
        "each service's endpoint by region",
        arguments: [
            (AWSService.dynamoDB, "https://dynamodb.eu-west-1.amazonaws.com/"), (.sqs, "https://sqs.eu-west-1.amazonaws.com/"),
            (.sns, "https://sns.eu-west-1.amazonaws.com/"), (.ses, "https://email.eu-west-1.amazonaws.com/"),
            (.secretsManager, "https://secretsmanager.eu-west-1.amazonaws.com/"),
            (.ssm, "https://ssm.eu-west-1.amazonaws.com/"),
            (.appConfigData, "https://appconfigdata.eu-west-1.amazonaws.com/"),
        ])
    func regional(service: AWSService, url: String) throws {
        #expect(try transport().addressed(AWSRequest(service: service)).url == url)
    }

    @Test("a service's own override goes before the one for all, and both can be ignored")
    func overrides() throws {
        let variables = ["AWS_ENDPOINT_URL": "http://127.0.0.1:4566", "AWS_ENDPOINT_URL_DYNAMODB": "http://127.0.0.1:8000/base/"]
        let overridden = try transport(variables)
        #expect(try overridden.addressed(AWSRequest(service: .dynamoDB)).url == "http://127.0.0.1:8000/base/")
        #expect(try overridden.addressed(AWSRequest(service: .sqs)).url == "http://127.0.0.1:4566/")
        let ignored = try transport(variables.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 })
        #expect(try ignored.addressed(AWSRequest(service: .sqs)).url == "https://sqs.eu-west-1.amazonaws.com/")
    }

    @Test("@connections goes to the API's address; an override takes its scheme and host, not its stage")
    func connections() throws {
        let request = AWSRequest(
            service: .apiGatewayManagement, path: "/@connections/a%3D",
            baseURL: "https://id.execute-api.eu-west-1.amazonaws.com/prod")
        #expect(
            try transport().addressed(request).url == "https://id.execute-api.eu-west-1.amazonaws.com/prod/@connections/a%3D")
        let overridden = try transport(["AWS_ENDPOINT_URL": "http://127.0.0.1:4566"]).addressed(request)
        #expect(overridden.url == "http://127.0.0.1:4566/prod/@connections/a%3D")
        #expect(overridden.headers.first?.value == "127.0.0.1:4566")
        #expect(throws: AWSConfigurationError.noEndpoint(.apiGatewayManagement)) {
            try transport().addressed(AWSRequest(service: .apiGatewayManagement))
        }
        #expect(throws: AWSConfigurationError.invalidBaseURL("prod")) {
            try transport().addressed(AWSRequest(service: .apiGatewayManagement, baseURL: "prod"))
        }
    }

    @Test("a signed call reaches a server as the client made it, and the answer comes back")
    func overHTTP() async throws {
        let seen = Mutex<HTTPRequest?>(nil)
        let server = HTTPServer(.init()) { request, exchange in
            seen.withLock { $0 = request }
            exchange.respond(
                HTTPResponse(
                    status: 400, headers: HTTPHeaders([("x-amzn-RequestId", "R1")]),
                    body: Data(#"{"__type":"x#ResourceNotFoundException","message":"none"}"#.utf8)))
        }
        let port = try server.start()
        defer { server.stop() }
        let client = DynamoDBClient(transport: try transport(["AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)"]))
        let error = await #expect(throws: AWSServiceError.self) {
            try await client.describeTable(.init(tableName: "t"))
        }
        #expect(error?.code == "ResourceNotFoundException" && error?.requestID == "R1")
        let request = try #require(seen.withLock { $0 })
        #expect(request.method == "POST" && request.body == Data(#"{"TableName":"t"}"#.utf8))
        #expect(request.headers["x-amz-target"] == "DynamoDB_20120810.DescribeTable")
        #expect(request.headers["host"] == "127.0.0.1:\(port)")
        let authorization = try #require(request.headers["authorization"])
        #expect(
            authorization.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKID/20231114/eu-west-1/dynamodb/aws4_request, "
                    + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="))
    }

    /// Adds a header and keeps what it was told.
    private final class Watcher: HTTPClientObserver {
        let seen = Mutex<[String]>([])

        func requestBegins(
            _ request: inout HTTPClientRequest
        ) -> (@Sendable (Result<HTTPClientResponse, HTTPClientError>) -> Void)? {
            let subject = request.subject
            request.headers.append(("X-Watched", "yes"))
            return { result in
                let end =
                    switch result {
                    case .success(let response): "\(response.status)"
                    case .failure(let error): error.requestMayHaveArrived ? "lost" : "not sent"
                    }
                self.seen.withLock {
                    $0.append("\(subject?.service ?? "") \(subject?.operation ?? "") \(subject?.region ?? ""): \(end)")
                }
            }
        }
    }

    @Test("an observer of the task learns of each attempt what it is for and how it ended")
    func observed() async throws {
        let seen = Mutex<[String?]>([])
        let server = HTTPServer(.init()) { request, exchange in
            let count = seen.withLock { seen in
                seen.append(request.headers["x-watched"])
                return seen.count
            }
            exchange.respond(HTTPResponse(status: count == 1 ? 500 : 200, body: Data("{}".utf8)))
        }
        let port = try server.start()
        let watcher = Watcher()
        let transport = try transport(["AWS_ENDPOINT_URL": "http://127.0.0.1:\(port)"])
        let client = DynamoDBClient(transport: transport, retry: RetryPolicy(baseDelay: .zero))
        _ = try await HTTPClientObservation.$observer.withValue(watcher) {
            try await client.getItem(.init(tableName: "t", key: [:]))
        }
        _ = try await client.getItem(.init(tableName: "t", key: [:]))
        server.stop()
        let alone = DynamoDBClient(transport: transport, retry: .none)
        await HTTPClientObservation.$observer.withValue(watcher) {
            _ = try? await alone.getItem(.init(tableName: "t", key: [:]))  // nobody listens any more: that is what is watched
        }
        #expect(seen.withLock { $0 } == ["yes", "yes", nil])
        let call = "dynamodb GetItem eu-west-1"
        #expect(watcher.seen.withLock { $0 } == ["\(call): 500", "\(call): 200", "\(call): not sent"])
    }
}
