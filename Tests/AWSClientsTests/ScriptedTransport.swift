import AWSClients
import Foundation
import Synchronization

/// Answers each call with the next of its answers, and keeps what was asked.
final class ScriptedTransport: AWSTransport {
    enum Step: Sendable {
        case answer(AWSResponse)
        case failure(any Error)
    }

    struct OutOfAnswers: Error {}

    private let state: Mutex<(requests: [AWSRequest], steps: [Step])>

    convenience init(_ steps: Step...) {
        self.init(steps)
    }

    init(_ steps: [Step]) {
        state = Mutex(([], steps))
    }

    /// Answers 200 with that body, once.
    convenience init(json: String) {
        self.init(.json(json))
    }

    var requests: [AWSRequest] { state.withLock { $0.requests } }

    func send(_ request: AWSRequest) async throws -> AWSResponse {
        let step: Step? = state.withLock { state in
            state.requests.append(request)
            return state.steps.isEmpty ? nil : state.steps.removeFirst()
        }
        switch step {
        case .answer(let response): return response
        case .failure(let error): throw error
        case nil: throw OutOfAnswers()
        }
    }
}

extension ScriptedTransport.Step {
    static func json(_ text: String, status: Int = 200, headers: [(name: String, value: String)] = []) -> Self {
        .answer(AWSResponse(status: status, headers: headers, body: Data(text.utf8)))
    }
}

extension AWSRequest {
    var bodyText: String { String(decoding: body, as: UTF8.self) }

    /// The body's JSON with sorted keys, so that texts compare.
    var sortedJSON: String { get throws { try AWSClientsTests.sortedJSON(bodyText) } }
}

func sortedJSON(_ text: String) throws -> String {
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    let data = try JSONSerialization.data(
        withJSONObject: document, options: [.sortedKeys, .withoutEscapingSlashes, .fragmentsAllowed])
    return String(decoding: data, as: UTF8.self)
}
