import AWSClients
import Foundation
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import RoostTesting
import Synchronization
import Testing

struct IdempotencyTests {
    private struct Order: Codable, Equatable, Sendable {
        var orderID: String
        var amount: Double
    }

    private struct Answer: Codable, Equatable, Sendable {
        var status: String
        var run: Int
    }

    private struct Declined: Error {}

    /// The table, and work that counts how often it was done.
    private struct Bed {
        let cloud: InProcessCloud
        let runs = Counter()

        init() async throws {
            cloud = try InProcessCloud()
            try await cloud.dynamoDB.createTable(
                .init(
                    tableName: "idempotency", attributeDefinitions: [.init(attributeName: "id", attributeType: .string)],
                    keySchema: [.init(attributeName: "id", keyType: .hash)], billingMode: .payPerRequest))
        }

        func idempotency(_ change: (inout Idempotency.Configuration) -> Void = { _ in }) -> Idempotency {
            var configuration = Idempotency.Configuration()
            change(&configuration)
            return Idempotency(
                table: IdempotencyTable("idempotency", client: cloud.dynamoDB),
                environment: LambdaEnvironment(variables: ["AWS_LAMBDA_FUNCTION_NAME": "payment"]), handler: "pay",
                configuration: configuration, now: { [cloud] in cloud.now })
        }

        /// A context whose deadline is so far from the cloud's time.
        func context(remaining seconds: Double = 30) -> LambdaContext {
            .test(remaining: .seconds(cloud.now.timeIntervalSinceNow + seconds))
        }

        func items() async throws -> [DynamoDB.Item] {
            try await cloud.dynamoDB.scan(.init(tableName: "idempotency", consistentRead: true)).items
        }

        func work() -> Answer { Answer(status: "paid", run: runs.next()) }
    }

    private final class Counter: Sendable {
        private let value = Atomic(0)
        func next() -> Int { value.add(1, ordering: .relaxed).newValue }
        var count: Int { value.load(ordering: .relaxed) }
    }

    @Test("the second request gets the first one's answer, until the record has expired")
    func repetition() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency { $0.expiresAfter = .seconds(600) }
        for _ in 0..<3 {
            let answer = try await idempotency.run(key: "o-1", context: bed.context()) { bed.work() }
            #expect(answer == Answer(status: "paid", run: 1))
        }
        #expect(try await idempotency.run(key: "o-2", context: bed.context()) { bed.work() }.run == 2)
        bed.cloud.advanceTime(bySeconds: 600)
        #expect(try await idempotency.run(key: "o-1", context: bed.context()) { bed.work() }.run == 1)
        bed.cloud.advanceTime(bySeconds: 1)
        #expect(try await idempotency.run(key: "o-1", context: bed.context()) { bed.work() }.run == 3)
    }

    @Test("of many at once exactly one does the work; the others are told so, or get its answer")
    func atOnce() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        let outcomes = await withTaskGroup(of: Result<Answer, any Error>.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    do {
                        return .success(try await idempotency.run(key: 7, context: bed.context()) { bed.work() })
                    } catch {
                        return .failure(error)
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(bed.runs.count == 1)
        for case .success(let answer) in outcomes { #expect(answer.run == 1) }
        for case .failure(let error) in outcomes {
            guard case IdempotencyError.alreadyInProgress = error else { return #expect(Bool(false), "\(error)") }
        }
    }

    @Test("work in progress keeps others out until its invocation's deadline, and no longer")
    func inProgress() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        _ = try await idempotency.run(key: "k", context: bed.context(remaining: 10)) {
            let error = await #expect(throws: IdempotencyError.self) {
                try await idempotency.run(key: "k", context: bed.context()) { "" }
            }
            #expect(error?.errorType == "IdempotencyAlreadyInProgressError")
            bed.cloud.advanceTime(bySeconds: 10.1)
            // The first one is taken for dead: another one does the work, and keeps its own answer.
            let second = try await idempotency.run(key: "k", context: bed.context()) { "second" }
            #expect(second == "second")
            return "first"
        }
    }

    @Test("an answer that comes after another one took over changes nothing, nor does a late failure")
    func lateEnd() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        let first = try await idempotency.run(key: "k", context: bed.context(remaining: 10)) {
            bed.cloud.advanceTime(bySeconds: 11)
            _ = try await idempotency.run(key: "k", context: bed.context()) { "second" }
            return "first"
        }
        #expect(first == "first")
        #expect(try await idempotency.run(key: "k", context: bed.context()) { "third" } == "second")
        await #expect(throws: Declined.self) {
            try await idempotency.run(key: "l", context: bed.context(remaining: 10)) {
                bed.cloud.advanceTime(bySeconds: 11)
                _ = try await idempotency.run(key: "l", context: bed.context()) { "second" }
                throw Declined()
            } as String
        }
        #expect(try await idempotency.run(key: "l", context: bed.context()) { "third" } == "second")
    }

    @Test("work that throws leaves no record: a retry does it again")
    func failure() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        await #expect(throws: Declined.self) {
            try await idempotency.run(key: "k", context: bed.context()) { throw Declined() } as Int
        }
        #expect(try await bed.items().isEmpty)
        #expect(try await idempotency.run(key: "k", context: bed.context()) { 5 } == 5)
    }

    @Test("a cancelled invocation still takes its record away")
    func cancellation() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        let task = Task {
            try await idempotency.run(key: "k", context: bed.context()) {
                withUnsafeCurrentTask { $0?.cancel() }
                try Task.checkCancellation()
                return 1
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await bed.items().isEmpty)
    }

    @Test("the same key with another payload is refused: completed, in progress and from the local cache")
    func payload() async throws {
        let bed = try await Bed()
        for cached in [0, 5] {
            let idempotency = bed.idempotency { $0.localCacheLimit = cached }
            let key = "k\(cached)"
            _ = try await idempotency.run(key: key, validating: 10, context: bed.context()) {
                let error = await #expect(throws: IdempotencyError.self) {
                    try await idempotency.run(key: key, validating: 11, context: bed.context()) { 2 }
                }
                #expect(error?.errorType == "IdempotencyValidationError")
                return 1
            }
            await #expect(throws: IdempotencyError.self) {
                try await idempotency.run(key: key, validating: 11, context: bed.context()) { 2 }
            }
            #expect(try await idempotency.run(key: key, validating: 10, context: bed.context()) { 2 } == 1)
        }
    }

    @Test(
        "a request without a key is refused, or done unguarded",
        arguments: [.null, "", [], [nil, nil], [:], ["a": nil]] as [JSONValue])
    func missingKey(key: JSONValue) async throws {
        let bed = try await Bed()
        let error = await #expect(throws: IdempotencyError.self) {
            try await bed.idempotency().run(key: key, context: bed.context()) { bed.work() }
        }
        #expect(error?.errorType == "IdempotencyKeyError")
        let lenient = bed.idempotency { $0.missingKey = .runUnguarded }
        for run in 1...2 {
            #expect(try await lenient.run(key: key, context: bed.context()) { bed.work() }.run == run)
        }
        #expect(try await bed.items().isEmpty)
    }

    @Test("the local cache answers without the table, and forgets what was not used for the longest time")
    func localCache() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency { $0.localCacheLimit = 2 }
        func run(_ key: String) async throws -> Int {
            try await idempotency.run(key: key, context: bed.context()) { bed.work() }.run
        }
        for key in ["a", "b", "a", "c"] { _ = try await run(key) }
        for item in try await bed.items() {
            try await bed.cloud.dynamoDB.deleteItem(.init(tableName: "idempotency", key: ["id": item["id"] ?? .null]))
        }
        #expect(try await run("a") == 1)
        #expect(try await run("c") == 3)
        #expect(try await run("b") == 4)
    }

    @Test("an answer from the record may be marked as one")
    func replay() async throws {
        let bed = try await Bed()
        let idempotency = bed.idempotency()
        for expected in ["paid", "paid before"] {
            let answer = try await idempotency.run(key: "k", context: bed.context()) { (answer: Answer, record) in
                #expect(record.status == .completed)
                return Answer(status: answer.status + " before", run: answer.run)
            } _: {
                bed.work()
            }
            #expect(answer == Answer(status: expected, run: 1))
        }
    }

    @Test("a handler's key by key path, its payload by closure; or the whole event")
    func handler() async throws {
        struct Handler: LambdaHandler {
            let runs: Counter
            func handle(_ event: Order, context: LambdaContext) async throws -> Answer {
                Answer(status: "paid", run: runs.next())
            }
        }
        let bed = try await Bed()
        let handler = IdempotentHandler(
            Handler(runs: bed.runs), bed.idempotency(), key: \.orderID, validating: { $0.amount })
        let context = bed.context()
        #expect(try await handler.handle(Order(orderID: "1", amount: 2), context: context).run == 1)
        #expect(try await handler.handle(Order(orderID: "1", amount: 2), context: context).run == 1)
        await #expect(throws: IdempotencyError.self) {
            try await handler.handle(Order(orderID: "1", amount: 3), context: context)
        }
        let whole = IdempotentHandler(Handler(runs: bed.runs), bed.idempotency())
        #expect(try await whole.handle(Order(orderID: "1", amount: 2), context: context).run == 2)
        #expect(try await whole.handle(Order(orderID: "1", amount: 3), context: context).run == 3)
        #expect(try await whole.handle(Order(orderID: "1", amount: 2), context: context).run == 2)
    }

    @Test("a handler may be an actor whose work changes its state")
    func actor() async throws {
        actor Handler: LambdaHandler {
            let bed: Bed
            var handled: [String] = []

            init(_ bed: Bed) { self.bed = bed }

            func handle(_ event: String, context: LambdaContext) async throws -> Int {
                try await bed.idempotency().run(key: event, context: context) {
                    handled.append(event)
                    return handled.count
                }
            }
        }
        let handler = Handler(try await Bed())
        for event in ["a", "b", "a"] { _ = try await handler.handle(event, context: await handler.bed.context()) }
        #expect(await handler.handled == ["a", "b"])
    }

    @Test("a put that was done although its answer was an error is ours when it is tried again")
    func repeatedPut() async throws {
        struct Flaky: AWSTransport {
            let transport: any AWSTransport
            let calls = Counter()
            func send(_ request: AWSRequest) async throws -> AWSResponse {
                let response = try await transport.send(request)
                return calls.next() == 1 ? AWSResponse(status: 500, body: Data("{}".utf8)) : response
            }
        }
        let bed = try await Bed()
        let client = DynamoDBClient(
            transport: Flaky(transport: bed.cloud.transport), retry: RetryPolicy(baseDelay: .zero))
        let idempotency = Idempotency(
            table: IdempotencyTable("idempotency", client: client), prefix: "p", now: { bed.cloud.now })
        #expect(try await idempotency.run(key: "k", context: bed.context()) { 1 } == 1)
    }

    @Test("a table that fails is named with the step, and the work's own error beside it")
    func storeFailure() async throws {
        struct Broken: AWSTransport {
            let transport: any AWSTransport
            let operation: String
            func send(_ request: AWSRequest) async throws -> AWSResponse {
                guard request.operation != operation else {
                    return AWSResponse(status: 400, body: Data(#"{"__type":"AccessDeniedException"}"#.utf8))
                }
                return try await transport.send(request)
            }
        }
        let bed = try await Bed()
        for (operation, step) in [("PutItem", "claim"), ("UpdateItem", "complete"), ("DeleteItem", "release")] {
            let client = DynamoDBClient(transport: Broken(transport: bed.cloud.transport, operation: operation))
            let idempotency = Idempotency(
                table: IdempotencyTable("idempotency", client: client), prefix: operation, now: { bed.cloud.now })
            let error = await #expect(throws: IdempotencyError.self) {
                try await idempotency.run(key: "k", context: bed.context()) {
                    if operation == "DeleteItem" { throw Declined() }
                    return 1
                }
            }
            guard case .store(let during, _, let cause, let workError) = error else { return #expect(Bool(false)) }
            #expect(during.rawValue == step && (cause as? AWSServiceError)?.code == "AccessDeniedException")
            #expect((workError is Declined) == (operation == "DeleteItem"))
        }
    }
}
