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
        /// What a second post for it, and each later one, is answered with; nil for the same.
        var laterReplyStatus: Int?
    }

    struct Post: Sendable {
        /// After `/2018-06-01/runtime`.
        var path: String
        var headers: HTTPHeaders
        var body: Data

        /// nil for the init error.
        var requestID: String? {
            let parts = path.split(separator: "/")
            return parts.count == 3 ? String(parts[1]) : nil
        }

        var text: String { String(decoding: body, as: UTF8.self) }

        /// Decoded by another decoder than the runtime's own.
        var object: [String: Any]? { (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] }
    }

    private struct State {
        var events: [Event]
        var statuses: [String: Int]
        /// What `next` answers before the first event.
        var nextStatuses: [Int] = []
        var posts: [Post] = []
        var waiting: [HTTPExchange] = []
        var onWait: (@Sendable () -> Void)?
        var onPost: (@Sendable (Post) -> Void)?
        /// What the Extensions API answers to a registration.
        var extensionStatus = 200
        /// Method, path and the fields of interest.
        var extensionCalls: [String] = []
        var waitingExtensions: [HTTPExchange] = []
    }

    private final class Script: Sendable {
        let state: Mutex<State>
        init(_ state: State) { self.state = Mutex(state) }

        func take(_ request: HTTPRequest, _ exchange: HTTPExchange) {
            let base = "/2018-06-01/runtime"
            if request.target.hasPrefix("/2020-01-01/extension/") { return takeExtension(request, exchange) }
            guard request.target.hasPrefix(base) else { return _ = exchange.respond(.init(status: 404)) }
            let path = String(request.target.dropFirst(base.count))
            if request.method == "GET", path == "/invocation/next" { return next(exchange) }
            let post = Post(path: path, headers: request.headers, body: request.body)
            let (status, onPost) = state.withLock { state in
                let isFirst = !state.posts.contains { $0.requestID != nil && $0.requestID == post.requestID }
                state.posts.append(post)
                let key = isFirst ? post.requestID : post.requestID.map { $0 + "/later" }
                return (key.flatMap { state.statuses[$0] } ?? state.statuses[path] ?? 202, state.onPost)
            }
            exchange.respond(.init(status: status, body: Data(#"{"errorMessage":"said \#(status)"}"#.utf8)))
            onPost?(post)
        }

        private func next(_ exchange: HTTPExchange) {
            let (status, onWait) = state.withLock { state -> (Int?, (@Sendable () -> Void)?) in
                if !state.nextStatuses.isEmpty { return (state.nextStatuses.removeFirst(), nil) }
                state.waiting.append(exchange)
                return (nil, state.events.isEmpty ? state.onWait : nil)
            }
            if let status {
                // With all that an event has, so that nothing but the status keeps it from being one.
                exchange.respond(.init(status: status, headers: ["Lambda-Runtime-Aws-Request-Id": "no"], body: Data("1".utf8)))
            }
            onWait?()
            deliver()
        }

        func deliver() {
            let next = state.withLock { state -> (Event, HTTPExchange)? in
                guard !state.events.isEmpty, !state.waiting.isEmpty else { return nil }
                return (state.events.removeFirst(), state.waiting.removeFirst())
            }
            guard let (event, exchange) = next else { return }
            let id = event.requestID.isEmpty ? [] : [(name: "Lambda-Runtime-Aws-Request-Id", value: event.requestID)]
            exchange.respond(.init(status: 200, headers: HTTPHeaders(id + event.headers), body: Data(event.body.utf8)))
        }

        private func takeExtension(_ request: HTTPRequest, _ exchange: HTTPExchange) {
            let isRegistration = request.target.hasSuffix("/register")
            let status = state.withLock { state in
                let field = request.headers[isRegistration ? "Lambda-Extension-Name" : "Lambda-Extension-Identifier"] ?? "none"
                state.extensionCalls.append(
                    "\(request.method) \(request.target) \(field) \(String(decoding: request.body, as: UTF8.self))")
                // The wait for an event is never answered, as no event is registered for.
                if !isRegistration { state.waitingExtensions.append(exchange) }
                return isRegistration ? state.extensionStatus : nil
            }
            guard let status else { return onExtensionWait() }
            exchange.respond(
                .init(status: status, headers: ["Lambda-Extension-Identifier": "extension-1"], body: Data("{}".utf8)))
        }

        private func onExtensionWait() { state.withLock(\.onWait)?() }
    }

    private let script: Script
    private let server: HTTPServer
    let port: UInt16

    /// - Parameters:
    ///   - statuses: answers to other posts than an event's, by path.
    ///   - nextStatuses: what `next` answers before the first event.
    ///   - onWait: called when the runtime asks for an event and there is none left.
    ///   - onPost: called after each answer of the runtime's was answered.
    init(
        _ events: [Event], statuses: [String: Int] = [:], nextStatuses: [Int] = [], extensionStatus: Int = 404, port: UInt16 = 0,
        onWait: (@Sendable () -> Void)? = nil, onPost: (@Sendable (Post) -> Void)? = nil
    ) throws {
        var statuses = statuses
        for event in events {
            statuses[event.requestID] = event.replyStatus
            statuses[event.requestID + "/later"] = event.laterReplyStatus ?? event.replyStatus
        }
        var state = State(events: events, statuses: statuses, onWait: onWait, onPost: onPost)
        state.nextStatuses = nextStatuses
        state.extensionStatus = extensionStatus
        let script = Script(state)
        self.script = script
        server = HTTPServer(.init(port: port, connectionMemoryBytes: 3 << 20)) { script.take($0, $1) }
        self.port = try server.start()
    }

    /// One more event, for whoever waits longest.
    func add(_ event: Event) {
        script.state.withLock { state in
            state.events.append(event)
            state.statuses[event.requestID] = event.replyStatus
        }
        script.deliver()
    }

    var extensionCalls: [String] { script.state.withLock(\.extensionCalls) }

    func stop() {
        server.stop()
    }

    var posts: [Post] { script.state.withLock(\.posts) }

    var environment: LambdaEnvironment {
        LambdaEnvironment(variables: ["AWS_LAMBDA_RUNTIME_API": "127.0.0.1:\(port)", "AWS_LAMBDA_LOG_FORMAT": "JSON"])
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

    /// The lines' texts as another decoder reads them.
    var objects: [[String: String]] {
        all.map { line in
            let object = (try? JSONSerialization.jsonObject(with: Data(line.utf8))) as? [String: Any]
            return object?.compactMapValues { $0 as? String } ?? [:]
        }
    }
}

/// Serves the events and returns what the Runtime API was told, the log and the exit code.
func serve<Event: Decodable & Sendable, Output: Encodable & Sendable>(
    _ events: [ScriptedRuntimeAPI.Event], nextStatuses: [Int] = [], level: String = "INFO", variables: [String: String] = [:],
    options: LambdaRuntimeOptions = .init(), _ body: @escaping @Sendable (Event, LambdaContext) async throws -> Output
) async throws -> (posts: [ScriptedRuntimeAPI.Post], log: LogLines, code: Int32) {
    let api = try ScriptedRuntimeAPI(events, nextStatuses: nextStatuses)
    defer { api.stop() }
    let log = LogLines()
    let variables = api.environment.variables.merging(["AWS_LAMBDA_LOG_LEVEL": level]) { $1 }.merging(variables) { $1 }
    let code = await LambdaRuntime.serve(
        environment: .init(variables: variables), options: options, log: { log.add($0) }, limit: events.count,
        makeHandler: { _ in ClosureHandler(body: body) })
    return (api.posts, log, code)
}

extension BackOff {
    /// As many tries as usual, with next to no pauses.
    static let quick = BackOff(pauses: standard.pauses.map { _ in .milliseconds(1) })
}

extension LoopGroup.Grace {
    /// What is cancelled is waited for however busy the machine is.
    static let patient = Self(untilEnd: .seconds(60))
}

/// The tests that run a loop, which sets a variable of the process: one after the other.
@Suite("The invocation loop", .serialized)
enum LoopTests {}

extension LambdaRuntime {
    /// The same for one handler of one event and one answer.
    static func serve<Handler: LambdaHandler>(
        environment: LambdaEnvironment, options: LambdaRuntimeOptions = .init(), log: @escaping @Sendable (String) -> Void,
        limit: Int?, grace: LoopGroup.Grace = .patient, handlesSIGTERM: Bool = false,
        onShutdown: (@Sendable (Handler) async -> Void)? = nil,
        makeHandler: @Sendable (LambdaEnvironment) async throws -> Handler
    ) async -> Int32 {
        await serve(
            environment: environment, options: options, log: log, limit: limit, backOff: .quick, grace: grace,
            handlesSIGTERM: handlesSIGTERM
        ) {
            InvocationTarget(try await makeHandler($0), onShutdown: onShutdown)
        }
    }
}
