import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Synchronization
import Testing

@Suite("A WebSocket router")
struct WebSocketRouterTests {
    private struct Said: Sendable { var text: String; var times: Int }

    private func event(_ type: WebSocketRequestContext.EventType, _ body: String? = nil) -> WebSocketRequest {
        WebSocketRequest(
            requestContext: .init(
                routeKey: "$default", eventType: type, connectionId: "c", requestId: "r", connectedAt: 0, requestTime: "",
                requestTimeEpoch: 0, authorizer: ["name": "Ada"]), body: body)
    }

    private let said = Schema.object(
        Said.init, .required("text", .text(length: 1...5)), .optional("times", .integer(in: 1...9), default: 1))

    private func router(_ format: WebSocketMessageFormat = .init()) -> WebSocketRouter {
        WebSocketRouter(format) { routes in
            routes.connect { socket in
                guard socket.authorizer["name"] == "Ada" else { throw HTTPError.forbidden() }
            }
            routes.on("ping") { _ in ["pong": true] }
            routes.group { known in
                known.before { socket in socket[String.self] = socket.authorizer["name"]?.stringValue }
                known.on("say", said) { socket, said in
                    ["said": .string(String(repeating: said.text, count: said.times)), "by": .string(socket[String.self] ?? "")]
                        as JSONValue
                }
            }
            routes.on("listen", said) { socket, _ in
                guard socket[String.self] == nil else { throw CancellationError() }
            }
            routes.on("fail", said) { _, _ in throw CancellationError() }
        }
    }

    private func say(_ text: String, _ router: WebSocketRouter? = nil) async throws -> (status: Int, body: JSONValue?) {
        let response = await (router ?? self.router()).respond(to: event(.message, text), context: .test(requestID: "r-1"))
        return (response.statusCode, try response.body.map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) })
    }

    @Test("finds a message's handler by its name, with its content typed")
    func messages() async throws {
        #expect(try await say(#"{"action":"ping"}"#) == (200, ["pong": true]))
        let said = try await say(#"{"action":"say","text":"a","times":3}"#)
        #expect(said.status == 200 && said.body == ["said": "aaa", "by": "Ada"])
        #expect(try await say(#"{"action":"listen","text":"a"}"#) == (200, nil))
    }

    @Test("reads the content from a member of its own, if messages have one")
    func format() async throws {
        let router = router(.init(nameMember: "event", contentMember: "data"))
        let said = try await say(#"{"event":"say","data":{"text":"a"},"timestamp":1}"#, router)
        #expect(said.body?["said"] == "a")
        let wrong = try await say(#"{"event":"say","data":1}"#, router)
        #expect(wrong.status == 400 && wrong.body?["error"]?["fields"] == ["data": ["This must be an object"]])
        let none = try await say(#"{"event":"say"}"#, router)
        #expect(none.body?["error"]?["fields"] == ["text": ["This field is required"]])
    }

    @Test(
        "tells whoever sent it what is wrong with a message, all of it at once",
        arguments: [
            ("no json", 400, nil), ("[]", 400, nil), (#"{"text":"a"}"#, 400, ["action"]),
            (#"{"action":"sing"}"#, 400, ["action"]),
            (#"{"action":"say","text":"","times":0,"more":1}"#, 400, ["more", "text", "times"]),
            (#"{"action":"fail","text":"a"}"#, 500, nil),
        ] as [(String, Int, [String]?)])
    func errors(text: String, status: Int, fields: [String]?) async throws {
        let answer = try await say(text)
        #expect(answer.status == status && answer.body?["error"]?["requestId"] == "r-1")
        #expect(answer.body?["error"]?["fields"]?.objectValue?.keys.sorted() == fields)
    }

    @Test("refuses a connection by an error's status, and tells it nothing else")
    func connections() async throws {
        let router = router()
        #expect(await router.respond(to: event(.connect), context: .test()) == WebSocketResponse())
        var stranger = event(.connect)
        stranger.requestContext.authorizer = nil
        #expect(await router.respond(to: stranger, context: .test()) == WebSocketResponse(statusCode: 403))
        #expect(await router.respond(to: event(.disconnect), context: .test()) == WebSocketResponse())
    }

    @Test("sends answers where it is told to, and logs that one did not arrive")
    func delivery() async throws {
        let sent = Mutex<[String]>([])
        let lines = Mutex<[String]>([])
        let router = WebSocketRouter { routes in
            routes.deliver { socket, text in
                sent.withLock { $0.append("\(socket.connectionID) \(text)") }
                if text.contains("lost") { throw CancellationError() }
            }
            routes.onError { _, socket in (418, ["failed": socket.name ?? ""]) }
            routes.on("ping") { _ in "pong" }
            routes.on("lost") { _ in "lost" }
            routes.on("fail", said) { _, _ in }
        }
        let context = LambdaContext.test(log: LambdaLog { line in lines.withLock { $0.append(line) } })
        for (name, status) in [("ping", 200), ("lost", 200), ("fail", 418)] {
            let answer = await router.respond(to: event(.message, "{\"action\":\"\(name)\"}"), context: context)
            #expect(answer.statusCode == status)
        }
        #expect(sent.withLock { $0 } == [#"c "pong""#, #"c "lost""#, #"c {"failed":"fail"}"#])
        #expect(lines.withLock { $0.count == 1 && $0[0].contains("answer not sent") })
    }
}
