import CloudServices
import EmulatorClock
import Foundation
import Inbox
import Journal
import QueueEngine

/// Every service over engines in memory, on a clock that the test moves.
struct ServiceBench {
    let clock = ManualClock()
    let journal: Journal
    let queues: QueueEngine
    let inbox: Inbox
    let secrets: SecretStore
    let services: CloudServices

    init() async throws {
        journal = Journal(clock: clock)
        queues = try QueueEngine(location: .inMemory, clock: clock)
        inbox = try Inbox(location: .inMemory, clock: clock)
        secrets = try SecretStore(location: .inMemory, clock: clock)
        try await queues.ensure([
            QueueConfiguration(
                name: "work", arn: "arn:aws:sqs:us-east-1:000000000000:work",
                redrive: .init(deadLetterQueueName: "dead", maxReceiveCount: 3)),
            QueueConfiguration(name: "dead", arn: "arn:aws:sqs:us-east-1:000000000000:dead"),
        ])
        let cause = journal.record("invocation", "the function that calls")
        services = CloudServices(
            context: ServiceContext(region: "us-east-1", accountID: "000000000000", clock: clock, journal: journal) { key in
                key == "AKIAFUNCTION" ? cause : nil
            }, queues: queues, inbox: inbox, secrets: secrets)
    }

    /// A call in one of AWS's JSON protocols.
    func call(_ target: String, _ body: String) async -> ServiceReply {
        await services.handle(
            ServiceRequest(
                method: "POST", path: "/", headers: [("Host", "127.0.0.1:4566"), ("X-Amz-Target", target)], body: Data(body.utf8),
                accessKeyID: "AKIAFUNCTION"))
    }

    func sqs(_ operation: String, _ body: String) async -> ServiceReply {
        await call("AmazonSQS.\(operation)", body)
    }

    func form(_ body: String) async -> ServiceReply {
        await services.handle(
            ServiceRequest(
                method: "POST", path: "/", headers: [("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
                body: Data(body.utf8)))
    }

    func http(_ method: String, _ path: String, query: String = "", headers: [(String, String)] = [], _ body: String = "")
        async -> ServiceReply
    {
        await services.handle(
            ServiceRequest(
                method: method, path: path, rawQuery: query, headers: headers.map { (name: $0.0, value: $0.1) },
                body: Data(body.utf8)))
    }
}

extension ServiceReply {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The body as JSON, as a general parser reads it.
    var json: NSDictionary {
        get throws {
            try JSONSerialization.jsonObject(with: body) as? NSDictionary ?? [:]
        }
    }
}
