import AWSClients
import Foundation
import LambdaEvents
import LambdaRuntime
import RoostHTTPClient
import RoostHTTPServer
import Synchronization
import Testing

@testable import FunctionToolkit

final class TracerTests: Sendable {
    private struct Failed: Error {}

    private static let root = "1-5759e988-bd862e3fe1be46a994272793"
    private static let parent = "53995c3f42cd8ad8"
    private static let sampled = "Root=\(root);Parent=\(parent);Sampled=1;Lineage=a87bd80c:1"

    private let daemon: UDPReceiver
    private let time = Mutex(Date(timeIntervalSince1970: 1_700_000_000.25))

    init() throws { daemon = try UDPReceiver() }

    private func tracer(_ variables: [String: String] = [:], random: Double = 0.99) -> Tracer {
        let environment = [
            "AWS_XRAY_DAEMON_ADDRESS": daemon.address, "LAMBDA_TASK_ROOT": "/var/task", "_HANDLER": "pay",
            "AWS_LAMBDA_FUNCTION_NAME": "payment",
        ].merging(variables) { $1 }
        return Tracer(
            service: nil, environment: LambdaEnvironment(variables: environment.filter { !$0.value.isEmpty }),
            now: { self.time.withLock { $0 } }, random: { random })
    }

    private func context(_ header: String?) -> LambdaContext { .test(traceID: header, isColdStart: true) }

    @Test("an invocation is a subsegment under Lambda's segment, and captured work is one under that")
    func invocation() async throws {
        let answer = await tracer().trace(context(Self.sampled)) {
            await Tracer.capture("price?!") { subsegment in
                time.withLock { $0 += 0.5 }
                subsegment.annotate("customer-id", "c-1")
                subsegment.annotate("list", [1])
                subsegment.addMetadata("order", ["lines": 2])
            }
            return 7
        }
        #expect(answer == 7)
        let documents = try daemon.documents()
        try #require(documents.count == 2)
        let (inner, outer) = (documents[0], documents[1])
        #expect(outer["name"] == "## pay" && outer["parent_id"]?.stringValue == Self.parent)
        #expect(outer["trace_id"]?.stringValue == Self.root && outer["type"] == "subsegment")
        #expect(outer["annotations"] == ["ColdStart": true, "Service": "payment"])
        #expect(outer["start_time"] == 1_700_000_000.25 && outer["end_time"] == 1_700_000_000.75)
        #expect(inner["name"] == "price" && inner["parent_id"] == outer["id"] && inner["namespace"] == nil)
        #expect(inner["annotations"] == ["customer_id": "c-1"] && inner["metadata"] == ["default": ["order": ["lines": 2]]])
        #expect(inner["id"]?.stringValue?.count == 16 && inner["id"] != outer["id"])
    }

    @Test("an error that leaves the work is its fault and cause")
    func error() async throws {
        await #expect(throws: Failed.self) {
            try await tracer().trace(context(Self.sampled)) { try await Tracer.capture("work") { _ in throw Failed() } }
        }
        for document in try daemon.documents() {
            #expect(document["fault"] == true && document["error"] == nil)
            let exception = document["cause"]?["exceptions"]?[0]
            #expect(exception?["type"] == "Failed" && exception?["remote"] == false)
        }
    }

    @Test(
        "who decides whether a trace is recorded, and what requests hand on",
        arguments: [
            (Self.sampled, 0.99, true), ("Root=\(root);Parent=\(parent);Sampled=0", 0.0, false),
            ("Root=\(root);Lineage=1", 0.0, false),
        ] as [(String, Double, Bool)])
    func decisions(header: String, random: Double, isRecorded: Bool) async throws {
        let seen = await tracer(random: random).trace(context(header)) { TraceScope.current }
        #expect(seen?.isRecorded == isRecorded)
        #expect(try daemon.documents().isEmpty != isRecorded)
        // A trace without a segment goes on as it came; else the decision does.
        let decision = !header.contains("Parent") ? "Root=\(Self.root);Lineage=1" : isRecorded ? "Sampled=1" : "Sampled=0"
        #expect(seen?.header(parent: nil).contains(decision) == true)
    }

    @Test("where nobody decided, the first trace of a second and 5 % of the others are recorded")
    func localDecision() async throws {
        for (random, expected) in [(0.05, [true, false, false, true]), (0.049, [true, true, true, true])] {
            for header in ["Root=\(Self.root);Parent=\(Self.parent);Sampled=?", "Root=\(Self.root);Parent=\(Self.parent)"] {
                let tracer = tracer(random: random)
                var decisions: [Bool?] = []
                for step in [0, 0, 0, 1.0] {
                    time.withLock { $0 += step }
                    decisions.append(await tracer.trace(context(header)) { TraceScope.current?.isRecorded })
                }
                #expect(decisions == expected)
            }
        }
    }

    @Test("outside of Lambda the work is a segment of a trace of its own; on Lambda nothing is recorded without a header")
    func outside() async throws {
        await tracer().trace(context(nil)) { #expect(TraceScope.current == nil) }
        #expect(try daemon.documents().isEmpty)
        await tracer(["LAMBDA_TASK_ROOT": ""]).trace(context(nil)) { await Tracer.capture("work") { _ in } }
        let documents = try daemon.documents()
        try #require(documents.count == 2)
        #expect(documents[1]["name"] == "payment" && documents[1]["type"] == nil && documents[1]["parent_id"] == nil)
        let id = try #require(documents[1]["trace_id"]?.stringValue)
        #expect(id.hasPrefix("1-6553f100-") && id.count == 35 && documents[0]["trace_id"]?.stringValue == id)
    }

    @Test("without a daemon, or switched off, the work just runs")
    func off() async throws {
        for variables in [
            ["AWS_XRAY_DAEMON_ADDRESS": ""], ["AWS_XRAY_DAEMON_ADDRESS": "nowhere"], ["POWERTOOLS_TRACE_DISABLED": "true"],
            ["AWS_XRAY_SDK_ENABLED": "false"],
        ] {
            let answer = await tracer(variables).trace(context(Self.sampled)) { await Tracer.capture("w") { _ in 7 } }
            #expect(answer == 7)
        }
        #expect(try daemon.documents().isEmpty)
    }

    @Test("a daemon that is not there fails nothing; a document that is too long goes without what the user added")
    func losses() async throws {
        let gone = try UDPReceiver().address
        await tracer(["AWS_XRAY_DAEMON_ADDRESS": gone]).trace(context(Self.sampled)) { await Tracer.capture("w") { _ in } }
        await tracer().trace(context(Self.sampled)) {
            await Tracer.capture("long metadata") { subsegment in
                subsegment.annotate("kept", 1)
                subsegment.addMetadata("m", .string(String(repeating: "x", count: 70_000)))
            }
            await Tracer.capture("long annotation") { $0.annotate("a", .string(String(repeating: "x", count: 70_000))) }
        }
        let documents = try daemon.documents()
        #expect(documents.map { $0["name"] } == ["long metadata", "long annotation", "## pay"])
        #expect(documents[0]["annotations"] == ["kept": 1] && documents[0]["metadata"] == nil)
        #expect(documents[1]["annotations"] == nil)
    }

    @Test("the daemon's address in the forms that X-Ray's libraries take")
    func addresses() throws {
        for text in [
            "127.0.0.1:2000", "tcp:127.0.0.1:2000 udp:127.0.0.1:2001", "udp:127.0.0.1:2001 tcp:127.0.0.1:2000", "[::1]:2000",
        ] {
            #expect(XRayDaemon(address: text) != nil)
        }
        for text in ["", "127.0.0.1", ":2000", "127.0.0.1:x", "tcp:127.0.0.1:1 other:1"] {
            #expect(XRayDaemon(address: text) == nil)
        }
        #expect(XRayDaemon(address: "localhost:\(daemon.port)")?.send("{}") == true)
        #expect(try daemon.documents() == [[:]])
    }

    // MARK: Requests

    private struct Server {
        let server: HTTPServer
        let port: Int
        let headers: Headers

        final class Headers: Sendable {
            let seen = Mutex<[String?]>([])
        }

        init(_ answer: @escaping @Sendable (RoostHTTPServer.HTTPRequest) -> RoostHTTPServer.HTTPResponse) throws {
            let headers = Headers()
            server = HTTPServer(.init()) { request, exchange in
                headers.seen.withLock { $0.append(request.headers["x-amzn-trace-id"]) }
                exchange.respond(answer(request))
            }
            self.headers = headers
            port = Int(try server.start())
        }

        var traceHeaders: [String?] { headers.seen.withLock { $0 } }
    }

    @Test("a request of HTTPClient: namespace remote, host, URL without secrets, status, and the header that it carried")
    func remote() async throws {
        let server = try Server { request in HTTPResponse(status: request.path == "/late" ? 503 : 404, body: Data("none".utf8)) }
        defer { server.server.stop() }
        let client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
        let base = "127.0.0.1:\(server.port)"
        try await tracer().trace(context(Self.sampled)) {
            _ = try await client.send(.init(url: "http://me:secret@\(base)/a?token=1"))
            _ = try await client.send(.init(method: "PUT", url: "http://\(base)/late", headers: [("x-amzn-trace-id", "mine")]))
        }
        _ = try await client.send(.init(url: "http://\(base)/untraced"))
        let documents = try daemon.documents()
        try #require(documents.count == 3)
        let (first, second, outer) = (documents[0], documents[1], documents[2])
        #expect(first["namespace"] == "remote" && first["name"]?.stringValue == base && first["parent_id"] == outer["id"])
        #expect(first["http"]?["request"] == ["method": "GET", "url": .string("http://\(base)/a")])
        #expect(first["http"]?["response"] == ["status": 404, "content_length": 4])
        #expect(first["error"] == true && first["fault"] == nil && second["fault"] == true && second["error"] == nil)
        let id = try #require(first["id"]?.stringValue)
        #expect(
            server.traceHeaders == [
                "Root=\(Self.root);Parent=\(id);Sampled=1;Lineage=a87bd80c:1", "mine", nil,
            ])
    }

    @Test("a request of a trace that is not recorded hands the decision on")
    func notSampled() async throws {
        let server = try Server { _ in HTTPResponse(status: 200) }
        defer { server.server.stop() }
        let client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
        try await tracer().trace(context("Root=\(Self.root);Parent=\(Self.parent);Sampled=0")) {
            _ = try await client.send(.init(url: "http://127.0.0.1:\(server.port)/"))
        }
        #expect(server.traceHeaders == ["Root=\(Self.root);Parent=\(Self.parent);Sampled=0"])
        #expect(try daemon.documents().isEmpty)
    }

    @Test("a call of a service: namespace aws, operation, region, table, request id; a refusal is its cause; throttling is told")
    func aws() async throws {
        let server = try Server { request in
            let headers = HTTPHeaders([("x-amzn-RequestId", "R1")])
            return switch request.headers["x-amz-target"]?.split(separator: ".").last {
            case "GetItem": HTTPResponse(status: 200, headers: headers, body: Data("{}".utf8))
            case "PutItem":
                HTTPResponse(
                    status: 400, headers: headers,
                    body: Data(#"{"__type":"com.amazonaws#ConditionalCheckFailedException","message":"failed"}"#.utf8))
            default:
                HTTPResponse(
                    status: 400, headers: headers, body: Data(#"{"__type":"x#ProvisionedThroughputExceededException"}"#.utf8))
            }
        }
        defer { server.server.stop() }
        let variables = [
            "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s",
            "AWS_ENDPOINT_URL": "http://127.0.0.1:\(server.port)",
        ]
        let transport = AWSHTTPTransport(configuration: try AWSConfiguration(environment: variables), client: try HTTPClient())
        let client = DynamoDBClient(transport: transport, retry: RetryPolicy(maximumAttempts: 2, baseDelay: .zero))
        try await tracer().trace(context(Self.sampled)) {
            _ = try await client.getItem(.init(tableName: "orders", key: ["id": .string("1")]))
            await #expect(throws: AWSServiceError.self) {
                try await client.putItem(.init(tableName: "orders", item: [:], conditionExpression: "c"))
            }
            await #expect(throws: AWSServiceError.self) {
                try await client.batchGetItem(.init(requestItems: ["b": .init(keys: []), "a": .init(keys: [])]))
            }
        }
        let documents = try daemon.documents()
        try #require(documents.count == 5)
        let get: JSONValue = ["region": "eu-west-1", "operation": "GetItem", "table_name": "orders", "request_id": "R1"]
        #expect(documents[0]["namespace"] == "aws" && documents[0]["name"] == "dynamodb" && documents[0]["aws"] == get)
        #expect(documents[0]["http"] == ["response": ["status": 200, "content_length": 2]] && documents[0]["cause"] == nil)
        let exception = documents[1]["cause"]?["exceptions"]?[0]
        #expect(exception?["type"] == "ConditionalCheckFailedException" && exception?["message"] == "failed")
        #expect(exception?["remote"] == true && documents[1]["error"] == true && documents[1]["throttle"] == nil)
        // Tried twice: a subsegment each.
        for document in documents[2...3] {
            #expect(document["throttle"] == true && document["aws"]?["table_names"] == ["a", "b"])
        }
        #expect(Set(server.traceHeaders.compactMap { $0 }).count == 4)
    }

    @Test("a request without an answer is a fault with its cause")
    func noAnswer() async throws {
        let client = try HTTPClient(configuration: .init(usesProxyFromEnvironment: false))
        let server = try Server { _ in HTTPResponse(status: 200) }
        server.server.stop()
        await tracer().trace(context(Self.sampled)) {
            await #expect(throws: HTTPClientError.self) { try await client.send(.init(url: "http://127.0.0.1:\(server.port)/")) }
        }
        let document = try #require(try daemon.documents().first)
        #expect(document["fault"] == true && document["http"]?["response"] == nil)
        #expect(document["cause"]?["exceptions"]?[0]?["type"] == "HTTPClientError")
    }
}
