#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaRuntime

// Streams as many megabytes as its event says, and fails after that where it is told to: what a long answer costs.

struct StreamedHandler: StreamingLambdaHandler {
    struct Event: Decodable, Sendable {
        var megabytes: Int
        var fails: Bool?
        var isHTTP: Bool?
    }

    struct OutOfPaper: Error {}

    func handle(_ event: Event, context _: LambdaContext, response: LambdaResponseStream) async throws {
        if event.isHTTP == true {
            try response.begin(HTTPResponseHead(statusCode: 201, headers: ["Content-Type": "text/plain"], cookies: ["a=1"]))
        }
        let piece = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<event.megabytes { try await response.write(piece) }
        if event.fails == true { throw OutOfPaper() }
    }
}

await LambdaRuntime.run { _ in StreamedHandler() }
