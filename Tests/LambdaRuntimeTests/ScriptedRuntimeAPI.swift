import Foundation
import RoostHTTPServer
import Synchronization
import Testing

@testable import LambdaRuntime

/// A Runtime API that hands out the events it was given and keeps what it is told.
final class ScriptedRuntimeAPI: Sendable {
    struct Event: Sendable {
        var requestID: String
        var body: String
        var headers: [(name: String, value: String)] = []
        /// What its answer is answered with.
        var replyStatus = 202
    }

    struct Post: Sendable {
        /// After `/2018-06-01/runtime`.
        var path: String
        var headers: HTTPHeaders
        var body: Data

        var text: String { String(decoding: body, as: UTF8.self) }

        /// Decoded by another decoder than the runtime's own.
        var object: [String: Any]? { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] }
    }

    private struct State {
        var events: [Event]
        var statuses: [String: Int]
        var posts: [Post] = []
        var waiting: [HTTPExchange] = []
        var onWait: (@Sendable () -> Void)?
    }

    private final class Script: Sendable {
        let state: Mutex<State>
        init(_ state: State) { self.state = Mutex(state) }

        func take(_ request: HTTPRequest, _ exchange: HTTPExchange) {
            let base = "/2018-06-01/runtime"
            guard request.target.hasPrefix(base) else { return _ = exchange.respond(.init(status: 404)) }
            let path = String(request.target.dropFirst(base.count))
            if request.method == "GET", path == "/invocation/next" { return next(exchange) }
            let status = state.withLock { state in
                state.posts.append(Post(path: path, headers: request.headers, body: request.body))
                return state.statuses.first { path.hasPrefix("/invocation/\($0.key)/") }?.value ?? state.statuses[path] ?? 202
            }
            exchange.respond(.init(status: status, body: Data(#"{"errorMessage":"said \#(status)"}"#.utf8)))
        }

        private func next(_ exchange: HTTPExchange) {
            let (event, onWait) = state.withLock { state -> (Event?, (@Sendable () -> Void)?) in
                if !state.events.isEmpty { return (state.events.removeFirst(), nil) }
                state.waiting.append(exchange)
                return (nil, state.onWait)
            }
            onWait?()
            guard let event else { return }
            let headers = HTTPHeaders([("Lambda-Runtime-Aws-Request-Id", event.requestID)] + event.headers)
            exchange.respond(.init(status: 200, headers: headers, body: Data(event.body.utf8)))
        }
    }

    private let script: Script
    private let server: HTTPServer
    let port: UInt16

    /// - Parameters:
    ///   - statuses: answers to other posts than an event's, by path.
    ///   - onWait: called when the runtime asks for an event and there is none left.
    init(_ events: [Event], statuses: [String: Int] = [:], onWait: (@Sendable () -> Void)? = nil) throws {
        let replies = Dictionary(uniqueKeysWithValues: events.map { ($0.requestID, $0.replyStatus) })
        let script = Script(State(events: events, statuses: statuses.merging(replies) { $1 }, onWait: onWait))
        self.script = script
        server = HTTPServer(.init(connectionMemoryBytes: 2 << 20)) { script.take($0, $1) }
        port = try server.start()
    }

    func stop() {
        server.stop()
    }

    var posts: [Post] { script.state.withLock(\.posts) }

    var environment: LambdaEnvironment {
        LambdaEnvironment(variables: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(port)"])
    }
}

/// A handler that is a closure.
struct ClosureHandler<Event: Decodable & Sendable, Output: Encodable & Sendable>: LambdaHandler {
    let body: @Sendable (Event, LambdaContext) async throws -> Output

    func handle(_ event: Event, context: LambdaContext) async throws -> Output {
        try await body(event, context)
    }
}

/// Keeps log lines.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }

    /// The lines as another decoder reads them.
    var objects: [[String: String]] {
        all.map { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: String] ?? [:] }
    }
}

/// Serves the events and returns what the Runtime API was told, the log and the exit code.
func serve<Event: Decodable & Sendable, Output: Encodable & Sendable>(
    _ events: [ScriptedRuntimeAPI.Event], level: String = "INFO",
    _ body: @escaping @Sendable (Event, LambdaContext) async throws -> Output
) async throws -> (posts: [ScriptedRuntimeAPI.Post], log: LogLines, code: Int32) {
    let api = try ScriptedRuntimeAPI(events)
    defer { api.stop() }
    let log = LogLines()
    let variables = api.environment.variables.merging(["AWS_LAMBDA_LOG_LEVEL": level]) { $1 }
    let code = await LambdaRuntime.serve(
        environment: .init(variables: variables), log: { log.add($0) }, limit: events.count,
        makeHandler: { _ in ClosureHandler(body: body) })
    return (api.posts, log, code)
}

/// The tests that run a loop, which sets a variable of the process: one after the other.
@Suite("The invocation loop", .serialized)
enum LoopTests {}

extension LambdaRuntime {
    /// The same for one handler of one event and one answer.
    static func serve<Handler: LambdaHandler>(
        environment: LambdaEnvironment, options: LambdaRuntimeOptions = .init(), log: @escaping @Sendable (String) -> Void,
        limit: Int?, onShutdown: (@Sendable (Handler) async -> Void)? = nil,
        makeHandler: @Sendable (LambdaEnvironment) async throws -> Handler
    ) async -> Int32 {
        await serve(environment: environment, options: options, log: log, limit: limit) {
            InvocationTarget(try await makeHandler($0), onShutdown: onShutdown)
        }
    }
}
