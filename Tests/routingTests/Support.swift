import AWSClients
import Foundation
import FunctionTestSupport
import FunctionToolkit
import LambdaEvents
import LambdaRuntime
import Platform
import RoostHTTPClient
import Synchronization

@testable import routing

/// A stand-in for WhatsApp's address: keeps requests, answers what it is told to.
final class WhatsAppStandIn: Sendable {
    private struct State {
        var requests: [HTTPClientRequest] = []
        var answer = (status: 200, body: #"{"messaging_product":"whatsapp","messages":[{"id":"wamid.HBgL"}]}"#)
    }

    private let state = Mutex(State())

    var requests: [HTTPClientRequest] { state.withLock { $0.requests } }

    func answer(_ status: Int, _ body: String) { state.withLock { $0.answer = (status, body) } }

    func send(_ request: HTTPClientRequest) -> HTTPClientResponse {
        state.withLock {
            $0.requests.append(request)
            return HTTPClientResponse(status: $0.answer.status, body: Data($0.answer.body.utf8))
        }
    }
}

/// The function over a test cloud.
struct RoutingScene {
    let cloud: TestCloud
    let whatsApp = WhatsAppStandIn()

    init() async throws {
        cloud = try await TestCloud()
    }

    var handler: RoutingHandler {
        RoutingHandler(
            store: cloud.handlerStore, vault: cloud.vault,
            channels: OutboundChannels(
                sms: SMSSender(client: SNSClient(transport: cloud.wire, retry: .none)),
                email: EmailSender(
                    client: SESClient(transport: cloud.wire, retry: .none), from: "notifications@classmates.example"),
                whatsApp: WhatsAppClient(
                    baseURL: "https://graph.example/v21.0", phoneNumberID: "1000", accessToken: "secret",
                    send: { [whatsApp] in whatsApp.send($0) })),
            queue: RetryQueue(client: SQSClient(transport: cloud.wire, retry: .none), url: cloud.queueURL),
            zones: TimeZoneDatabase(environment: [:]))
    }

    /// The queue message that the stream processor makes of a message.
    func entry(_ message: Message, to recipients: [Int], pushedTo: [Int] = []) -> RoutingMessage {
        .message(
            .init(
                organizationID: TestCloud.organization, eventID: "message-created:\(message.id)", messageID: message.id,
                recipientIDs: recipients.map(TestCloud.person), pushedTo: pushedTo.map(TestCloud.person)))
    }

    func handle(_ messages: RoutingMessage..., remaining: Duration = .seconds(900)) async throws -> [String] {
        try await handle(bodies: messages.map { String(decoding: try JSONEncoder().encode($0), as: UTF8.self) }, remaining)
    }

    /// - Returns: the ids of the messages that are to come again, `m0` for the first.
    func handle(bodies: [String], _ remaining: Duration = .seconds(900)) async throws -> [String] {
        let records = bodies.enumerated().map { index, body in
            SQSEvent.Record(
                messageId: "m\(index)", receiptHandle: "r", body: body, attributes: ["ApproximateReceiveCount": "1"],
                md5OfBody: "", eventSourceARN: "arn:aws:sqs:us-east-1:000000000000:delivery", awsRegion: "us-east-1")
        }
        let answer = try await handler.handle(.deliveries(.init(records: records)), context: .test(remaining: remaining))
        guard case .deliveries(let response) = answer else { throw MissingPiece(what: "a batch's answer") }
        return response.batchItemFailures.map(\.itemIdentifier)
    }

    func sweep() async throws -> SweepReport {
        let event = ScheduledEvent(
            id: "cdc73f9d", account: "000000000000", time: cloud.cloud.now, region: "us-east-1", resources: [])
        guard case .sweep(let report) = try await handler.handle(.sweep(event), context: .test()) else {
            throw MissingPiece(what: "a sweep's answer")
        }
        return report
    }

    func delivery(_ message: Message, _ person: Int, _ channel: Channel) async throws -> Item? {
        try await cloud.item(
            Keys.delivery(TestCloud.organization, message: message.id, recipient: TestCloud.person(person), channel: channel))
    }

    /// What was asked of one service, in order.
    func calls(_ service: AWSService) -> [TestWire.Call] { cloud.wire.made.filter { $0.service == service } }

    /// The messages on the queue with their delays.
    var requeued: [(delay: Int?, body: RoutingMessage)] {
        get throws {
            try calls(.sqs).map { call in
                let body = call.json?["MessageBody"]?.stringValue ?? ""
                return (
                    call.json?["DelaySeconds"]?.intValue,
                    try JSONDecoder().decode(RoutingMessage.self, from: Data(body.utf8))
                )
            }
        }
    }
}
