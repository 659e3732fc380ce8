package import AWSClients
package import Foundation
package import LambdaEvents
import Synchronization

/// Carries the handler's calls into the in-process cloud, and keeps what was said to services other than DynamoDB. A call can
/// be cut off, before it is made or after it was, and everything after it with it; a service can be made to refuse.
package final class TestWire: AWSTransport {
    /// One call that a service took.
    package struct Call: Sendable, Equatable {
        package var service: AWSService
        package var path: String
        package var body: String

        package var json: JSONValue? { try? JSONDecoder().decode(JSONValue.self, from: Data(body.utf8)) }  // nil is no JSON
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
        var refusals: [AWSService: (status: Int, body: String)] = [:]
    }

    private let cloud: any AWSTransport
    private let state = Mutex(State())

    init(to cloud: any AWSTransport) {
        self.cloud = cloud
    }

    /// Calls to services other than DynamoDB that were taken, in their order.
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

    /// All calls to a service are answered so from now on; nil for its own answers.
    package func refuse(_ service: AWSService, status: Int?, body: String = "{}") {
        state.withLock { $0.refusals[service] = status.map { ($0, body) } }
    }

    package func send(_ request: AWSRequest) async throws -> AWSResponse {
        let (number, cut) = state.withLock {
            $0.calls += 1
            return ($0.calls, $0.cut)
        }
        if let cut, cut.forGood && number > cut.call || !cut.afterwards && number == cut.call { throw CutOff() }
        let response = try await answer(request)
        if let cut, number == cut.call { throw CutOff() }
        return response
    }

    private func answer(_ request: AWSRequest) async throws -> AWSResponse {
        if let refusal = state.withLock({ $0.refusals[request.service] }) {
            return AWSResponse(status: refusal.status, body: Data(refusal.body.utf8))
        }
        let response = try await cloud.send(request)
        if request.service != .dynamoDB, (200..<300).contains(response.status) {
            let call = Call(service: request.service, path: request.path, body: String(decoding: request.body, as: UTF8.self))
            state.withLock { $0.made.append(call) }
        }
        return response
    }

    /// The connections and frames that were pushed.
    package var pushes: [Call] { made.filter { $0.service == .apiGatewayManagement } }

    /// The bodies that were put on the queue.
    package var queued: [JSONValue] {
        made.filter { $0.service == .sqs }.compactMap { call in
            call.json?["MessageBody"]?.stringValue.flatMap {
                try? JSONDecoder().decode(JSONValue.self, from: Data($0.utf8))  // what is no JSON shows as missing
            }
        }
    }
}
