package import AWSClients
package import Foundation
package import LambdaEvents
import Synchronization

/// Carries the handler's calls: to DynamoDB as they are, to the services outside with literal answers, and keeps what was
/// said to those. A call can be cut off, before it is made or after it was, and everything after it with it.
package final class TestWire: AWSTransport {
    /// One call to a service outside.
    package struct Call: Sendable, Equatable {
        package var service: AWSService
        package var path: String
        package var body: String

        package var json: JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) }
    }

    package struct Cut: Sendable {
        /// 1 is the first call.
        package var call: Int
        /// The call is made, and only its answer is lost.
        package var afterwards: Bool
        /// No later call gets through either: the process is dead.
        package var forGood: Bool

        package init(call: Int, afterwards: Bool, forGood: Bool) {
            self.call = call
            self.afterwards = afterwards
            self.forGood = forGood
        }
    }

    package struct CutOff: Error {}

    private struct State {
        var calls = 0
        var cut: Cut?
        var made: [Call] = []
        var gone: Set<String> = []
        var refusals: [AWSService: (status: Int, body: String)] = [:]
    }

    private let dynamoDB: any AWSTransport
    private let state = Mutex(State())

    init(dynamoDB: any AWSTransport) {
        self.dynamoDB = dynamoDB
    }

    /// Calls to services outside, in their order; cut-off ones are in it if they were made.
    package var made: [Call] { state.withLock { $0.made } }

    /// Calls to any service, DynamoDB too, since the last ``restart(cut:)``.
    package var callCount: Int { state.withLock { $0.calls } }

    /// The next run: counts calls from 1 again.
    package func restart(cut: Cut? = nil) {
        state.withLock {
            $0.calls = 0
            $0.cut = cut
        }
    }

    /// These connections answer 410 from now on.
    package func hangUp(_ connections: String...) { state.withLock { $0.gone.formUnion(connections) } }

    /// All calls to a service are answered so from now on; nil for its usual answer.
    package func refuse(_ service: AWSService, status: Int?, body: String = "{}") {
        state.withLock { $0.refusals[service] = status.map { ($0, body) } }
    }

    package func send(_ request: AWSRequest) async throws -> AWSResponse {
        let (number, cut) = state.withLock {
            $0.calls += 1
            return ($0.calls, $0.cut)
        }
        if let cut {
            if cut.forGood && number > cut.call { throw CutOff() }
            if number == cut.call && !cut.afterwards { throw CutOff() }
        }
        let response = try await answer(request)
        if let cut, number == cut.call, cut.afterwards { throw CutOff() }
        return response
    }

    private func answer(_ request: AWSRequest) async throws -> AWSResponse {
        if request.service == .dynamoDB { return try await dynamoDB.send(request) }
        let call = Call(service: request.service, path: request.path, body: String(decoding: request.body, as: UTF8.self))
        let (gone, refusal) = state.withLock {
            ($0.gone.contains { request.path.hasSuffix("/\($0)") }, $0.refusals[request.service])
        }
        if let refusal { return AWSResponse(status: refusal.status, body: Data(refusal.body.utf8)) }
        if request.service == .apiGatewayManagement, gone {
            return AWSResponse(status: 410, headers: [("x-amzn-ErrorType", "GoneException")])
        }
        state.withLock { $0.made.append(call) }
        return AWSResponse(status: 200, body: Data(Self.success(request.service).utf8))
    }

    /// Literal answers, as the services' references show them.
    private static func success(_ service: AWSService) -> String {
        switch service {
        case .sqs: #"{"MessageId":"a1b2c3d4-1111-2222-3333-444455556666","MD5OfMessageBody":"0"}"#
        case .sns:
            """
            <PublishResponse xmlns="https://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>\
            <MessageId>94f20ce6-13c5-43a0-9a9e-ca52d816e90b</MessageId></PublishResult><ResponseMetadata>\
            <RequestId>f187a3c1-376f-11df-8963-01868b7c937a</RequestId></ResponseMetadata></PublishResponse>
            """
        case .ses: #"{"MessageId":"0100018f0f0f0f0f-00000000-0000-0000-0000-000000000000-000000"}"#
        default: ""
        }
    }

    /// The connections and frames that were pushed.
    package var pushes: [Call] { made.filter { $0.service == .apiGatewayManagement } }
    /// The bodies that were put on the queue.
    package var queued: [JSONValue] {
        made.filter { $0.service == .sqs }.compactMap { call in
            call.json?["MessageBody"]?.stringValue.flatMap {
                try? JSONDecoder().decode(JSONValue.self, from: Data($0.utf8))
            }
        }
    }
}
