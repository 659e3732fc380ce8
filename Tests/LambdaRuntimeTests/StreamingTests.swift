import Foundation
import RoostHTTPClient
import Synchronization
import Testing

@testable import LambdaRuntime

/// A streaming handler that is a closure.
struct ClosureStreamer: StreamingLambdaHandler {
    struct Event: Decodable, Sendable {
        var id: String
    }

    let body: @Sendable (Event, LambdaContext, LambdaResponseStream) async throws -> Void

    func handle(_ event: Event, context: LambdaContext, response: LambdaResponseStream) async throws {
        try await body(event, context, response)
    }
}

extension LoopTests {
    @Suite("A streamed answer")
    struct StreamingTests {
        private struct OutOfPaper: Error {}

        /// Serves one invocation for each id against Python's server.
        private func serve(
            _ invocations: String...,
            body: @escaping @Sendable (ClosureStreamer.Event, LambdaContext, LambdaResponseStream) async throws -> Void
        ) async throws -> (posts: [StreamingRuntimeAPI.Post], log: LogLines, code: Int32) {
            let api = try StreamingRuntimeAPI(invocations)
            let log = LogLines()
            let code = await LambdaRuntime.serve(
                environment: api.environment, log: { log.add($0) }, limit: invocations.count,
                makeTarget: { _ in InvocationTarget(streaming: ClosureStreamer(body: body)) })
            return (try api.stop(), log, code)
        }

        @Test("it goes out in chunks under the invocation's id, in streaming mode, with trailers announced")
        func headers() async throws {
            let result = try await serve("read-1", "read-2") { event, _, response in
                try await response.write("hello ")
                try await response.write(event.id)
            }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/read-1/response", "/invocation/read-2/response"])
            #expect(result.posts.map(\.text) == ["hello read-1", "hello read-2"])
            let post = try #require(result.posts.first)
            #expect(post.header("Lambda-Runtime-Function-Response-Mode") == "streaming")
            #expect(post.header("Transfer-Encoding") == "chunked")
            #expect(post.header("Trailer") == "Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body")
            #expect(post.header("Content-Type") == "application/octet-stream")
            #expect(post.header("Content-Length") == nil)
            #expect(post.trailers == [:])
            // As the guide asks: the connection is closed after it.
            #expect(post.closed)
            #expect(result.log.all == [])
        }

        @Test("who writes to a connection that could not be made learns that nobody reads", .timeLimit(.minutes(1)))
        func noConnection() async throws {
            let invocation = try #require(
                NextInvocation(.init(status: 200, headers: [("Lambda-Runtime-Aws-Request-Id", "r1")])))
            let stream = InvocationStream(capacity: 1)
            let log = LambdaLog(minimum: .fatal) { _ in }
            let api = try RuntimeAPIClient(address: "127.0.0.1:1", slot: .init(), backOff: .quick, log: log)
            #expect(throws: RuntimeAPIFailure.unreachable(.unavailable("none"))) {
                try api.stream(to: invocation, contentType: "text/plain", body: stream.channel) { () throws(HTTPClientError) in
                    throw .unavailable("none")
                }
            }
            await #expect(throws: LambdaResponseStreamError.abandoned(status: nil)) {
                try await stream.write(Data(count: 1 << 20))
            }
        }

        @Test("an HTTP answer has a prelude: JSON, eight NUL bytes, then the body")
        func prelude() async throws {
            let result = try await serve("read-1") { _, _, response in
                try response.begin(
                    HTTPResponseHead(
                        statusCode: 201, headers: ["Content-Type": "text/plain", "X-Path": "a/b"],
                        multiValueHeaders: ["Link": ["</a>", "</b>"]], cookies: ["a=1; HttpOnly", "b=2"]))
                try await response.write("bo")
                try await response.write("dy")
            }
            let post = try #require(result.posts.first)
            #expect(post.header("Content-Type") == "application/vnd.awslambda.http-integration-response")
            let delimiter = try #require(post.start.range(of: Data(count: 8)))
            #expect(post.start[delimiter.upperBound...] == Data("body".utf8))
            let head = try #require(
                JSONSerialization.jsonObject(with: post.start[..<delimiter.lowerBound]) as? [String: Any])
            #expect(Set(head.keys) == ["statusCode", "headers", "multiValueHeaders", "cookies"])
            #expect(head["statusCode"] as? Int == 201)
            #expect(head["headers"] as? [String: String] == ["Content-Type": "text/plain", "X-Path": "a/b"])
            #expect(head["multiValueHeaders"] as? [String: [String]] == ["Link": ["</a>", "</b>"]])
            #expect(head["cookies"] as? [String] == ["a=1; HttpOnly", "b=2"])
        }

        @Test("a head without a body still goes out, and a handler that writes nothing ends an empty stream")
        func empty() async throws {
            let result = try await serve("read-1", "read-2") { event, _, response in
                if event.id == "read-1" {
                    try response.begin(HTTPResponseHead(statusCode: 302, headers: ["Location": "/"]))
                }
            }
            #expect(
                result.posts.first?.text == #"{"headers":{"Location":"/"},"statusCode":302}"# + String(repeating: "\0", count: 8))
            #expect(result.posts.last?.length == 0)
            #expect(result.posts.last?.header("Transfer-Encoding") == "chunked")
            #expect(result.posts.last?.header("Content-Type") == "application/octet-stream")
        }

        @Test("a plain stream has the content type that it was begun with")
        func contentType() async throws {
            let result = try await serve("read-1") { _, _, response in
                try response.begin(contentType: "text/event-stream")
                try await response.write("data: 1\n\n")
            }
            #expect(result.posts.first?.header("Content-Type") == "text/event-stream")
            #expect(result.posts.first?.text == "data: 1\n\n")
        }

        @Test("an error before the first byte is an invocation error as any other")
        func earlyError() async throws {
            let result = try await serve("read-1", "read-2") { event, _, response in
                try response.begin(HTTPResponseHead(statusCode: 200))
                if event.id == "read-1" { throw OutOfPaper() }
                try await response.write("fine")
            }
            #expect(result.posts.map(\.path) == ["/invocation/read-1/error", "/invocation/read-2/response"])
            #expect(result.posts.first?.header("Lambda-Runtime-Function-Error-Type") == "Function.OutOfPaper")
            #expect(result.posts.first?.header("Lambda-Runtime-Function-Response-Mode") == nil)
            #expect(result.log.objects.first?["errorType"] == "OutOfPaper")
        }

        @Test("an error in mid-stream follows the bytes in trailers, and the loop goes on")
        func lateError() async throws {
            let result = try await serve("read-1", "read-2") { event, _, response in
                try await response.write("half")
                if event.id == "read-1" { throw OutOfPaper() }
            }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/read-1/response", "/invocation/read-2/response"])
            #expect(result.posts.map(\.text) == ["half", "half"])
            let trailers = try #require(result.posts.first?.trailers)
            #expect(trailers["lambda-runtime-function-error-type"] == "Function.OutOfPaper")
            let body = try #require(trailers["lambda-runtime-function-error-body"].flatMap { Data(base64Encoded: $0) })
            let error = try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
            #expect(error["errorType"] as? String == "OutOfPaper")
            #expect(error["errorMessage"] as? String == "OutOfPaper()")
            #expect(result.posts.last?.trailers == [:])
            #expect(result.log.objects.map { $0["errorType"] } == ["OutOfPaper"])
            #expect(result.log.objects.first?["requestId"] == "read-1")
        }

        @Test("a message that is too long for trailers is cut")
        func longError() async throws {
            struct Long: LambdaErrorRepresentable {
                var errorType: String { "Long" }
                var errorMessage: String { String(repeating: "\u{1}ü", count: 200_000) }
            }
            let result = try await serve("read-1") { _, _, response in
                try await response.write("half")
                throw Long()
            }
            let trailers = try #require(result.posts.first?.trailers)
            #expect(trailers["lambda-runtime-function-error-type"] == "Function.Long")
            let body = try #require(trailers["lambda-runtime-function-error-body"].flatMap { Data(base64Encoded: $0) })
            let error = try #require(JSONSerialization.jsonObject(with: body) as? [String: Any])
            #expect((error["errorMessage"] as? String)?.hasPrefix("\u{1}ü\u{1}ü") == true)
        }

        @Test("an event that does not decode is an error before the first byte")
        func undecodable() async throws {
            struct Other: StreamingLambdaHandler {
                func handle(_ event: [Int], context: LambdaContext, response: LambdaResponseStream) async throws {}
            }
            let api = try StreamingRuntimeAPI(["read-1"])
            let code = await LambdaRuntime.serve(
                environment: api.environment, log: { _ in }, limit: 1,
                makeTarget: { _ in InvocationTarget(streaming: Other()) })
            #expect(code == 0)
            let posts = try api.stop()
            #expect(posts.map(\.path) == ["/invocation/read-1/error"])
            #expect(posts.first?.header("Lambda-Runtime-Function-Error-Type") == "Runtime.UndecodableEvent")
        }

        @Test(
            "a writer whose stream is refused or lost learns of it, and the next invocation is served",
            arguments: [("refuse-1", 413), ("gone-1", 410), ("drop-1", nil)])
        func abandoned(id: String, status: Int?) async throws {
            let seen = Mutex<[LambdaResponseStreamError]>([])
            let result = try await serve(id, "read-2") { event, _, response in
                do {
                    repeat { try await response.write(Data(count: 100_000)) } while event.id != "read-2"
                } catch let error as LambdaResponseStreamError {
                    seen.withLock { $0.append(error) }
                    throw error
                }
            }
            #expect(result.code == 0)
            #expect(seen.withLock { $0 } == [.abandoned(status: status)])
            #expect(Set(result.posts.map(\.path)) == ["/invocation/\(id)/response", "/invocation/read-2/response"])
            #expect(result.posts.first { $0.path.contains("read-2") }?.length == 100_000)
            let told = result.log.objects.map { $0["message"] ?? "" }
            #expect(told.contains { $0.contains("nobody reads the response stream any more") })
            let reason = status == nil ? "the response stream was lost" : "the answer was refused"
            #expect(told.contains(reason))
        }

        @Test("concurrent invocations stream beside each other, each over a connection of its own")
        func concurrent() async throws {
            actor Meeting {
                private var missing = 3
                private var waiting: [CheckedContinuation<Void, Never>] = []

                func arrive() async {
                    missing -= 1
                    guard missing > 0 else { return waiting.forEach { $0.resume() } }
                    await withCheckedContinuation { waiting.append($0) }
                }
            }
            let (meeting, log) = (Meeting(), LogLines())
            let api = try StreamingRuntimeAPI(["read-1", "read-2", "read-3"])
            var variables = api.environment.variables
            variables["AWS_LAMBDA_MAX_CONCURRENCY"] = "3"
            let handler = ClosureStreamer { event, _, response in
                try await response.write("begun ")
                await meeting.arrive()
                if event.id == "read-2" { throw OutOfPaper() }
                for _ in 0..<20 { try await response.write(Data(repeating: UInt8(ascii: "x"), count: 100_000)) }
            }
            let code = await LambdaRuntime.serve(
                environment: .init(variables: variables), log: { log.add($0) }, limit: 3,
                makeTarget: { _ in InvocationTarget(streaming: handler) })
            #expect(code == 0)
            let posts = try api.stop()
            #expect(posts.map(\.length) == [2_000_006, 6, 2_000_006])
            #expect(posts.map { $0.trailers.isEmpty } == [true, false, true])
        }

        @Test("a handler that is cancelled before its deadline says so in mid-stream")
        func deadline() async throws {
            let api = try StreamingRuntimeAPI(["hurry-1"])
            let code = await LambdaRuntime.serve(
                environment: api.environment, options: .init(cancellationLead: .seconds(900)), log: { _ in }, limit: 1,
                makeTarget: { _ in
                    InvocationTarget(
                        streaming: ClosureStreamer { _, _, response in
                            try await response.write("half")
                            try await Task.sleep(for: .seconds(600))
                        })
                })
            #expect(code == 0)
            let post = try #require(try api.stop().first)
            #expect(post.text == "half")
            #expect(post.trailers["lambda-runtime-function-error-type"]?.hasSuffix("DeadlineExceeded") == true)
        }

        @Test("200 MB pass, bytes unchanged")
        func large() async throws {
            let result = try await serve("read-1") { _, _, response in
                let piece = Data((0..<100_003).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                for _ in 0..<2_000 { try await response.write(piece) }
            }
            #expect(result.posts.first?.length == 200_006_000)
            // python3 -c 'import hashlib; p = bytes(i*31 & 255 for i in range(100003)); print(hashlib.sha256(p*2000).hexdigest())'
            #expect(result.posts.first?.sha256 == "6c0743755bf746da9f5199df37cc4ddc6faca43db8b5943bcf89903987a7a14e")
        }
    }
}

@Suite("The stream that a handler writes to")
struct LambdaResponseStreamTests {
    @Test("it is begun once, and before anything is written")
    func begunOnce() async throws {
        let recorder = LambdaResponseRecorder()
        try await recorder.run(
            ClosureStreamer { _, _, response in
                try response.begin(HTTPResponseHead(statusCode: 201))
                #expect(throws: LambdaResponseStreamError.begunBefore) { try response.begin(HTTPResponseHead()) }
                #expect(throws: LambdaResponseStreamError.begunBefore) { try response.begin(contentType: "text/plain") }
                try await response.write("a")
                #expect(throws: LambdaResponseStreamError.begunBefore) { try response.begin(HTTPResponseHead()) }
            }, .init(id: "1"))
        #expect(recorder.head?.statusCode == 201)
        #expect(recorder.text == "a")

        let plain = LambdaResponseRecorder()
        try await plain.response.write("a")
        #expect(throws: LambdaResponseStreamError.begunBefore) { try plain.response.begin(HTTPResponseHead()) }
        #expect(plain.recording.contentType == "application/octet-stream")
        #expect(plain.head == nil)
    }

    @Test("after the handler returned nothing can be written")
    func ended() async throws {
        let recorder = LambdaResponseRecorder()
        try await recorder.run(ClosureStreamer { _, _, _ in }, .init(id: "1"))
        await #expect(throws: LambdaResponseStreamError.ended) { try await recorder.response.write("late") }
        #expect(throws: LambdaResponseStreamError.ended) { try recorder.response.begin(HTTPResponseHead()) }
        #expect(recorder.text == "")
    }

    @Test(
        "a head that no client could be sent is refused, and another may follow",
        arguments: [
            HTTPResponseHead(statusCode: 99), HTTPResponseHead(statusCode: 600),
            HTTPResponseHead(headers: ["X": String(repeating: "x", count: 16 << 10)]),
        ])
    func invalid(head: HTTPResponseHead) async throws {
        let recorder = LambdaResponseRecorder()
        #expect(throws: LambdaResponseStreamError.self) { try recorder.response.begin(head) }
        #expect(throws: LambdaResponseStreamError.self) { try recorder.response.begin(contentType: "text/plain\r\nX: 1") }
        try recorder.response.begin(HTTPResponseHead(headers: ["X": String(repeating: "x", count: 15 << 10)]))
    }

    @Test("whichever task writes first, the prelude comes before it")
    func concurrentWriters() async throws {
        let recorder = LambdaResponseRecorder()
        try recorder.response.begin(HTTPResponseHead())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await recorder.response.write("abc") } }
            try await group.waitForAll()
        }
        #expect(recorder.head == HTTPResponseHead())
        #expect(recorder.text == String(repeating: "abc", count: 50))
    }
}
