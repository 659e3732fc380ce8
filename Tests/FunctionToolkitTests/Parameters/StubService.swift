import AWSClients
import Foundation
import Synchronization

/// A service whose answers a test writes, with a clock that it moves.
final class StubService: AWSTransport {
    private struct State {
        var requests: [AWSRequest] = []
        var now = Date(timeIntervalSince1970: 1000)
        var isFailing = false
    }

    private let state = Mutex(State())
    private let answer: @Sendable (_ request: AWSRequest, _ count: Int) -> AWSResponse

    /// - Parameter answer: gets the call and how many calls there were with it.
    init(_ answer: @escaping @Sendable (AWSRequest, Int) -> AWSResponse) {
        self.answer = answer
    }

    /// The same, as a JSON text.
    convenience init(json: @escaping @Sendable (AWSRequest, Int) -> String) {
        self.init { AWSResponse(status: 200, body: Data(json($0, $1).utf8)) }
    }

    var requests: [AWSRequest] { state.withLock { $0.requests } }
    var now: Date { state.withLock { $0.now } }

    func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }
    func fail(_ isFailing: Bool = true) { state.withLock { $0.isFailing = isFailing } }

    func send(_ request: AWSRequest) async throws -> AWSResponse {
        let (count, isFailing) = state.withLock { state in
            state.requests.append(request)
            return (state.requests.count, state.isFailing)
        }
        // Others come while this one is under way.
        await Task.yield()
        if isFailing { return AWSResponse(status: 400, body: Data(#"{"__type":"AccessDeniedException"}"#.utf8)) }
        return answer(request, count)
    }
}
