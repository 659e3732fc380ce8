import AWSClients
import Foundation
import RoostHTTPClient
import Synchronization
import Testing

@Suite("failed calls are tried again where that is safe")
struct RetryTests {
    private let throttled = ScriptedTransport.Step.json(#"{"__type":"x#ProvisionedThroughputExceededException"}"#, status: 400)
    private let broken = ScriptedTransport.Step.json(#"{"__type":"x#InternalServerError"}"#, status: 500)
    private let refused = ScriptedTransport.Step.failure(
        HTTPClientError.connectionRefused(.init(url: "u", curlCode: 7, message: "", requestWasSent: false)))
    private let lost = ScriptedTransport.Step.failure(
        HTTPClientError.failed(.init(url: "u", curlCode: 56, message: "", requestWasSent: true)))
    private let done = ScriptedTransport.Step.json("{}")

    private let put = DynamoDB.PutItemInput(tableName: "t", item: [:])
    private let conditional = DynamoDB.PutItemInput(tableName: "t", item: [:], conditionExpression: "a = b")

    private func attempts(_ input: DynamoDB.PutItemInput, _ steps: ScriptedTransport.Step...) async -> (
        count: Int, succeeded: Bool
    ) {
        let transport = ScriptedTransport(steps)
        let output = try? await DynamoDBClient(transport: transport, retry: .immediate).putItem(input)  // the count tells
        return (transport.requests.count, output != nil)
    }

    @Test("throttling and 5xx are tried again, at most three attempts in all")
    func answers() async {
        #expect(await attempts(conditional, throttled, broken, done) == (3, true))
        #expect(await attempts(conditional, throttled, broken, throttled, done) == (3, false))
    }

    @Test("a refusal is final")
    func refusal() async {
        #expect(await attempts(put, .json(#"{"__type":"x#ValidationException"}"#, status: 400), done) == (1, false))
    }

    @Test("without an answer only what cannot have arrived or may be done twice is tried again")
    func noAnswer() async {
        #expect(await attempts(put, lost, done) == (2, true))
        #expect(await attempts(conditional, lost, done) == (1, false))
        #expect(await attempts(conditional, refused, done) == (2, true))
        #expect(await attempts(put, .failure(HTTPClientError.cancelled(url: "u")), done) == (1, false))
        #expect(await attempts(put, .failure(CancellationError()), done) == (1, false))
    }

    @Test("the bound of the wait doubles up to its maximum, and the wait is a fraction of it")
    func delays() async {
        let waits = Mutex<[Duration]>([])
        let policy = RetryPolicy(
            maximumAttempts: 6, baseDelay: .milliseconds(100), maximumDelay: .milliseconds(500),
            sleep: { wait in waits.withLock { $0.append(wait) } }, random: { 0.5 })
        let transport = ScriptedTransport(throttled, throttled, throttled, throttled, throttled, done)
        _ = try? await DynamoDBClient(transport: transport, retry: policy).putItem(put)  // the waits tell
        #expect(
            waits.withLock { $0 } == [
                .milliseconds(50), .milliseconds(100), .milliseconds(200), .milliseconds(250), .milliseconds(250),
            ])
    }

    @Test("no wait reaches over the invocation's deadline: the last error comes at once")
    func deadline() async {
        let policy = RetryPolicy(
            baseDelay: .seconds(60), maximumDelay: .seconds(60), sleep: { _ in Issue.record("slept") }, random: { 1 })
        let client = DynamoDBClient(transport: ScriptedTransport(throttled, done), retry: policy)
        let error = await RequestDeadline.$current.withValue(Date().addingTimeInterval(10)) {
            await #expect(throws: AWSServiceError.self) { try await client.putItem(put) }
        }
        #expect(error?.code == "ProvisionedThroughputExceededException")
    }
}
