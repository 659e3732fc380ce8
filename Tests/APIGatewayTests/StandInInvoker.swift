import Foundation
import FunctionPool
import LambdaEvents
import Synchronization

/// Plays the functions: keeps each event and answers what the test says, at once or when the test lets it.
final class StandInInvoker: FunctionInvoker {
    typealias Completion = @Sendable (InvocationResult) -> Void

    private struct State {
        var events: [(function: String, event: JSONValue)] = []
        var held: [Completion] = []
    }

    private let state = Mutex(State())
    private let arrived = DispatchSemaphore(value: 0)
    private let answer: @Sendable (String, JSONValue) -> InvocationResult.Outcome?

    /// - Parameter answer: from the function's name and event; nil holds the invocation until ``release(_:)``.
    init(_ answer: @escaping @Sendable (String, JSONValue) -> InvocationResult.Outcome?) {
        self.answer = answer
    }

    func invoke(_ request: InvocationRequest, completion: @escaping Completion) {
        let event = (try? JSONDecoder().decode(JSONValue.self, from: request.payload)) ?? .null
        let outcome = answer(request.functionName, event)
        state.withLock { state in
            state.events.append((request.functionName, event))
            if outcome == nil { state.held.append(completion) }
        }
        arrived.signal()
        if let outcome { DispatchQueue.global().async { completion(InvocationResult(outcome: outcome, requestID: "r")) } }
    }

    /// The next event in the order of arrival, once it is there.
    func nextEvent() -> JSONValue {
        guard arrived.wait(timeout: .now() + 20) == .success else { return .null }
        return state.withLock { $0.events.removeFirst().event }
    }

    func nextCall() -> (function: String, event: JSONValue)? {
        guard arrived.wait(timeout: .now() + 20) == .success else { return nil }
        return state.withLock { $0.events.removeFirst() }
    }

    var waitingEvents: Int { state.withLock { $0.events.count } }

    /// Answers the oldest held invocation.
    func release(_ outcome: InvocationResult.Outcome) {
        let completion = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        completion?(InvocationResult(outcome: outcome, requestID: "r"))
    }
}

extension InvocationResult.Outcome {
    static func json(_ text: String) -> InvocationResult.Outcome { .success(Data(text.utf8)) }
}
