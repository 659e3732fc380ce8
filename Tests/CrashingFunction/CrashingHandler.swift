import LambdaRuntime
import Synchronization

struct CrashingHandler: LambdaHandler {
    struct Event: Decodable, Sendable {
        var crash: Crash?
        /// Crashes when as many invocations are in flight.
        var inFlight: Int?
        /// Crashes after a suspension, in the continuation of an async function.
        var suspends: Bool?
        /// Crashes in a task that goes on after the answer, when the next invocation is there.
        var leavesBehind: Bool?
    }

    private static let inFlight = Atomic(0)

    func handle(_ event: Event, context: LambdaContext) async throws -> String {
        context.log.info("begun", ["crash": event.crash?.rawValue])
        Self.inFlight.add(1, ordering: .relaxed)
        if event.leavesBehind == true {
            Task {
                while Self.inFlight.load(ordering: .relaxed) < 2 { try await Task.sleep(for: .milliseconds(1)) }
                event.crash?.happen()
            }
            return "answered"
        }
        while let count = event.inFlight, Self.inFlight.load(ordering: .relaxed) < count {
            try await Task.sleep(for: .milliseconds(1))
        }
        guard let crash = event.crash else {
            try await Task.sleep(for: .seconds(600))
            return "never crashed"
        }
        if event.suspends == true { try await crashAfterSuspension(crash) } else { crash.happen() }
        return "survived"
    }

    @inline(never) private func crashAfterSuspension(_ crash: Crash) async throws {
        try await Task.sleep(for: .milliseconds(1))
        crash.happen()
    }
}
