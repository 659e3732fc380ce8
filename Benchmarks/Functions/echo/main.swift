import LambdaEvents
import LambdaRuntime

// Decodes an HTTP API event into its typed form and answers with the same, encoded again: what typed JSON costs.

struct EchoHandler: LambdaHandler {
    func handle(_ event: HTTPAPIRequest, context _: LambdaContext) async throws -> HTTPAPIRequest { event }
}

await LambdaRuntime.run { _ in EchoHandler() }
