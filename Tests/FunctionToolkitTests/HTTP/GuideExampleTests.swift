import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Synchronization
import Testing

// The code of docs/toolkit.md, "HTTP and WebSocket" and "Batches".

private struct NewTask: SchemaDeclaring {
    enum Priority: String, CaseIterable, Sendable { case low, normal, high }

    var title: String
    var priority: Priority
    var due: Date?

    static let schema = Schema.object(
        NewTask.init,
        .required("title", .text(length: 1...200)),
        .optional("priority", .choice(), default: .normal),
        .optional("due", .dateTime))
}

private struct TaskItem: HTTPAnswer, Codable {
    var id: Int
    var title: String
}

private struct TaskHandler: LambdaHandler {
    private let router: HTTPRouter

    init(tasks: TaskStore) throws {
        router = try HTTPRouter { routes in
            routes.serveOpenAPI(OpenAPIInfo(title: "Tasks", version: "1.0"))
            routes.onError(TaskStore.Full.self) { _, _ in HTTPResponse(status: 507) }
            routes.group("/tasks", documented: Operation(tags: ["tasks"])) { routes in
                routes.before { request in
                    guard request.header("authorization") != nil else { throw HTTPError.unauthorized() }
                }
                routes.get("/{id}", .path("id", .integer)) { _, id in
                    guard let task = tasks.find(id) else { throw HTTPError.notFound("There is no task \(id)") }
                    return task
                }
                routes.get("", .query(.optional("limit", .integer(in: 1...100), default: 20))) { _, limit in
                    tasks.list(limit)
                }
                routes.post("", .body(NewTask.self), status: 201) { _, new in try tasks.add(new.title) }
            }
        }
    }

    func handle(_ event: HTTPAPIRequest, context: LambdaContext) async throws -> HTTPAPIResponse {
        await router.respond(to: event, context: context)
    }
}

private final class TaskStore: Sendable {
    struct Full: Error {}
    private let items = Mutex<[TaskItem]>([])

    func find(_ id: Int) -> TaskItem? { items.withLock { $0.first { $0.id == id } } }
    func list(_ limit: Int) -> [TaskItem] { items.withLock { Array($0.prefix(limit)) } }
    func add(_ title: String) throws -> TaskItem {
        try items.withLock { items in
            guard items.count < 2 else { throw Full() }
            items.append(TaskItem(id: items.count + 1, title: title))
            return items[items.count - 1]
        }
    }
}

private struct Said: Sendable {
    var text: String
}

@Suite("The guide's")
struct GuideExampleTests {
    private func call(
        _ handler: TaskHandler, _ method: String, _ path: String, _ body: String? = nil, query: String = ""
    ) async throws -> HTTPAPIResponse {
        try await handler.handle(
            .test(
                method, path: path, query: query, headers: ["authorization": "x", "content-type": "application/json"],
                body: body), context: .test())
    }

    @Test("tasks are added, found, listed, and refused with what is wrong with them")
    func tasks() async throws {
        let handler = try TaskHandler(tasks: TaskStore())
        let added = try await call(handler, "POST", "/tasks", #"{"title":"Write","due":"2026-03-01T12:00:00Z"}"#)
        #expect(added.statusCode == 201 && added.body == #"{"id":1,"title":"Write"}"#)
        #expect(try await call(handler, "GET", "/tasks/1").body == added.body)
        #expect(try await call(handler, "GET", "/tasks/2").statusCode == 404)
        #expect(try await call(handler, "GET", "/tasks", query: "limit=1").body == #"[{"id":1,"title":"Write"}]"#)
        let wrong = try await call(handler, "POST", "/tasks", #"{"priority":"urgent","colour":"red"}"#)
        #expect(wrong.statusCode == 422)
        let problem = try JSONDecoder().decode(JSONValue.self, from: Data((wrong.body ?? "").utf8))
        #expect(
            problem["errors"] == [
                "title": ["This field is required"], "priority": ["This must be one of low, normal, high"],
                "colour": ["This field is not known"],
            ])
        _ = try await call(handler, "POST", "/tasks", #"{"title":"Read"}"#)
        #expect(try await call(handler, "POST", "/tasks", #"{"title":"Rest"}"#).statusCode == 507)
        let nobody = try await handler.handle(.test(path: "/tasks/1"), context: .test())
        #expect(nobody.statusCode == 401)
        #expect(try await call(handler, "GET", "/openapi.json").statusCode == 200)
    }

    @Test("room tells everybody what one says")
    func room() async throws {
        let told = Mutex<[String]>([])
        let router = WebSocketRouter { routes in
            routes.connect { socket in
                guard socket.authorizer["principalId"] != nil else { throw HTTPError.unauthorized() }
            }
            routes.on("say", .object(Said.init, .required("text", .text(length: 1...500)))) { socket, said in
                told.withLock { $0.append(said.text) }
                return ["told": true]
            }
        }
        let event = WebSocketRequest(
            requestContext: .init(
                routeKey: "say", eventType: .message, connectionId: "c", requestId: "r", connectedAt: 0, requestTime: "",
                requestTimeEpoch: 0), body: #"{"action":"say","text":"Hello"}"#)
        #expect(await router.respond(to: event, context: .test()).body == #"{"told":true}"#)
        #expect(told.withLock { $0 } == ["Hello"])
    }
}
