import Foundation
import Testing

@testable import LambdaRuntime

extension LoopTests {
    @Suite("Before the deadline")
    struct DeadlineTests {
        private func event(_ id: String, in seconds: Double) -> ScriptedRuntimeAPI.Event {
            let deadline = Int((Date().timeIntervalSince1970 + seconds) * 1000)
            return .init(requestID: id, body: "1", headers: [("Lambda-Runtime-Deadline-Ms", String(deadline))])
        }

        struct TooSlow: LambdaErrorRepresentable {
            var errorType: String { "OrderTooSlow" }
            var errorMessage: String { "try again" }
        }

        @Test("the handler's task is cancelled, and the error that it throws then is reported as the deadline's")
        func cancelled() async throws {
            let result = try await serve([event("r1", in: 0.4), event("r2", in: 60)]) { (_: Int, context) in
                guard context.requestID == "r1" else { return Task.isCancelled }
                try await Task.sleep(for: .seconds(600))
                return true
            }
            #expect(result.posts.map(\.path) == ["/invocation/r1/error", "/invocation/r2/response"])
            #expect(result.posts.first?.headers["Lambda-Runtime-Function-Error-Type"] == "Function.DeadlineExceeded")
            #expect((result.posts.first?.object?["errorMessage"] as? String)?.contains("CancellationError") == true)
            #expect(result.posts.last?.text == "false")
        }

        @Test("a handler that only computes sees it too, and may still answer")
        func computing() async throws {
            let result = try await serve([event("r1", in: 0.4)]) { (_: Int, _) in
                while !Task.isCancelled {}
                return "what there was time for"
            }
            #expect(result.posts.map(\.path) == ["/invocation/r1/response"])
            #expect(result.posts.first?.text == #""what there was time for""#)
        }

        @Test("an error with words of its own keeps them")
        func ownWords() async throws {
            let result = try await serve([event("r1", in: 0.4)]) { (_: Int, _) -> Int in
                do {
                    try await Task.sleep(for: .seconds(600))
                } catch {
                    throw TooSlow()
                }
                return 1
            }
            #expect(result.posts.first?.headers["Lambda-Runtime-Function-Error-Type"] == "Function.OrderTooSlow")
            #expect(result.posts.first?.object?["errorMessage"] as? String == "try again")
        }

        @Test("without a lead nothing is cancelled, and neither is what comes with a deadline that has passed")
        func never() async throws {
            let handler: @Sendable (Int, LambdaContext) async throws -> Bool = { _, context in
                while context.remaining > .zero { try await Task.sleep(for: context.remaining) }
                return Task.isCancelled
            }
            let without = try await serve([event("r1", in: 0.05)], options: .init(cancellationLead: nil), handler)
            let late = try await serve([event("r1", in: -1)], handler)
            #expect(without.posts.map(\.text) == ["false"])
            #expect(late.posts.map(\.text) == ["false"])
        }

        @Test(
            "one that is no time counts as missing",
            arguments: ["", "soon", "nan", "inf", "1e300", "-1", "9223372036854775807", "-9223372036854775808", "1.5"])
        func noTime(value: String) async throws {
            let result = try await serve([
                .init(requestID: "r1", body: "1", headers: [("Lambda-Runtime-Deadline-Ms", value)])
            ]) { (_: Int, context) in
                context.deadline == .distantFuture && context.remaining > .seconds(1_000_000) && !Task.isCancelled
            }
            #expect(result.posts.map(\.text) == ["true"])
        }

        @Test("the lead is what was chosen, but leaves half of the time")
        func moment() throws {
            let watch = try RuntimeWatch()
            func seconds(_ lead: Duration?, _ remaining: Double) -> Double {
                let shared = LoopsShared(
                    watch: watch, environment: .init(variables: [:]), options: .init(cancellationLead: lead), limit: nil)
                let before = Uptime.now
                let moment = shared.cancellationMoment(.test(remaining: .seconds(remaining)))
                return Double(moment.nanoseconds - before.nanoseconds) / 1e9
            }
            // Within the time that a busy machine takes between the two looks at the clock.
            #expect(abs(seconds(.seconds(10), 900) - 890) < 5)
            #expect(abs(seconds(.seconds(800), 900) - 450) < 5)
            #expect(seconds(nil, 900) > 1e9)
            #expect(LambdaRuntimeOptions().cancellationLead == .milliseconds(200))
        }
    }
}
