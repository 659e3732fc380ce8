import LambdaRuntime

// The smallest function there is: what the runtime itself costs, in bytes of the zip and in time.

struct NoopHandler: LambdaHandler {
    struct Event: Decodable, Sendable {}
    struct Answer: Encodable, Sendable {
        var status = "ok"
    }

    func handle(_: Event, context _: LambdaContext) async throws -> Answer { Answer() }
}

await LambdaRuntime.run { _ in NoopHandler() }
