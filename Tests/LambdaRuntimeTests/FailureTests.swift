import Foundation
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("A failing invocation")
    struct FailureTests {
        struct OutOfStock: Error {}

        struct Named: LambdaErrorRepresentable {
            var errorType: String
            var errorMessage: String
        }

        struct Order: Decodable, Sendable {
            struct Line: Decodable, Sendable { var price: Int }
            var lines: [Line]
        }

        @Test("what the handler throws is its answer, is logged, and the loop goes on")
        func thrown() async throws {
            let result = try await serve([.init(requestID: "r1", body: "1"), .init(requestID: "r2", body: "2")]) {
                (number: Int, _) in
                if number == 1 { throw OutOfStock() }
                return number
            }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/error", "/invocation/r2/response"])
            let post = try #require(result.posts.first)
            #expect(post.headers["Lambda-Runtime-Function-Error-Type"] == "Function.OutOfStock")
            #expect(post.text == #"{"errorType":"OutOfStock","errorMessage":"OutOfStock()","stackTrace":[]}"#)
            #expect(result.log.objects.map { $0["level"] } == ["ERROR"])
            #expect(result.log.objects.first?["errorType"] == "OutOfStock")
            #expect(result.log.objects.first?["requestId"] == "r1")
        }

        @Test(
            "an error body is JSON whatever the message holds",
            arguments: [
                "line\nbreak\r\n", #"a "quote" and a \ and \u0041"#, "tab\t nul\u{0} bell\u{7} \u{1F}", "\u{2028} ü 😀",
                String(decoding: [0x66, 0xFF, 0xFE, 0xC3], as: UTF8.self), "",
            ])
        func messages(message: String) async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")]) { (_: Int, _) -> Int in
                throw Named(errorType: "Odd", errorMessage: message)
            }
            let object = try #require(result.posts.first?.object)
            #expect(object["errorMessage"] as? String == message)
            #expect(object["errorType"] as? String == "Odd")
            #expect(result.log.objects.first?["message"] == message)
            #expect(result.log.all.allSatisfy { !$0.utf8.contains(0x0A) })
        }

        @Test("a message of megabytes is cut")
        func longMessage() async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")]) { (_: Int, _) -> Int in
                throw Named(errorType: "Long", errorMessage: String(repeating: "ä", count: 5_000_000))
            }
            let message = try #require(result.posts.first?.object?["errorMessage"] as? String)
            #expect(message.utf8.count == (128 << 10) + "…".utf8.count)
            #expect(message.hasPrefix("äää"))
        }

        @Test("an event that does not decode is answered with the place and without the data")
        func undecodable() async throws {
            let result = try await serve([
                .init(requestID: "r1", body: #"{"lines":[{"price":1},{"price":"secret"}]}"#),
                .init(requestID: "r2", body: #"{"lines":[{}]}"#),
                .init(requestID: "r3", body: #"{"lines": secret"#),
                .init(requestID: "r4", body: ""),
            ]) { (_: Order, _) in true }
            #expect(result.posts.map(\.path) == (1...4).map { "/invocation/r\($0)/error" })
            #expect(
                result.posts.map { $0.object?["errorMessage"] as? String } == [
                    "the event is no Order: lines[1].price is no Int", "the event is no Order: lines[0].price is missing",
                    "the event is no Order: it is not valid JSON or not of the right form",
                    "the event is no Order: it is not valid JSON or not of the right form",
                ])
            #expect(Set(result.posts.map { $0.headers["Lambda-Runtime-Function-Error-Type"] }) == ["Runtime.UndecodableEvent"])
            #expect(!result.log.all.joined().contains("secret"))
        }

        @Test("an answer that JSON has no form for is an error with its place")
        func unencodable() async throws {
            let result = try await serve([.init(requestID: "r1", body: "1")]) { (_: Int, _) in ["a": [1.0, Double.nan]] }
            let post = try #require(result.posts.first)
            #expect(post.path == "/invocation/r1/error")
            #expect(post.headers["Lambda-Runtime-Function-Error-Type"] == "Runtime.UnencodableAnswer")
            #expect((post.object?["errorMessage"] as? String)?.hasSuffix("a[1] holds a Double that JSON has no form for") == true)
        }

        @Test("an answer that the platform refuses is logged, and the loop goes on", arguments: [413, 403, 410])
        func refused(status: Int) async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: status), .init(requestID: "r2", body: "2"),
            ]) { (number: Int, _) in number }
            #expect(result.code == 0)
            #expect(result.posts.map(\.path) == ["/invocation/r1/response", "/invocation/r2/response"])
            #expect(result.log.objects.map { $0["status"] } == [String(status)])
            #expect(result.log.objects.first?["reason"] == #"{"errorMessage":"said \#(status)"}"#)
            #expect(result.log.objects.first?["requestId"] == "r1")
        }

        @Test("a 500 of the Runtime API ends the process")
        func lost() async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", replyStatus: 500), .init(requestID: "r2", body: "2"),
            ]) { (number: Int, _) in number }
            #expect(result.code == 1)
            #expect(result.posts.count == 1)
            #expect(result.log.objects.map { $0["level"] } == ["FATAL"])
        }
    }
}
