import Foundation
import FunctionPool
import Synchronization

/// Functions that a test answers for, one invocation after the other.
final class StandInInvoker: FunctionInvoker {
    struct Call: Sendable {
        var request: InvocationRequest
        var completion: @Sendable (InvocationResult) -> Void

        var event: String { String(decoding: request.payload, as: UTF8.self) }

        func answer(_ text: String = "null") {
            completion(InvocationResult(outcome: .success(Data(text.utf8)), requestID: "r-1"))
        }

        func fail(_ type: String = "Boom") {
            completion(
                InvocationResult(
                    outcome: .functionError(payload: Data("{\"errorType\":\"\(type)\",\"errorMessage\":\"m\"}".utf8)),
                    requestID: "r-1"))
        }

        func refuse(_ refusal: InvocationRefusal) {
            completion(InvocationResult(outcome: .refused(refusal), requestID: "r-1"))
        }
    }

    private struct State {
        var calls: [Call] = []
        var waiting: [CheckedContinuation<Call, Never>] = []
    }

    private let state = Mutex(State())

    func invoke(_ request: InvocationRequest, completion: @escaping @Sendable (InvocationResult) -> Void) {
        let call = Call(request: request, completion: completion)
        let waiter: CheckedContinuation<Call, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.calls.append(call)
            return nil
        }
        waiter?.resume(returning: call)
    }

    /// The next invocation, as soon as there is one.
    func next() async -> Call {
        await withCheckedContinuation { continuation in
            let call: Call? = state.withLock { state in
                guard state.calls.isEmpty else { return state.calls.removeFirst() }
                state.waiting.append(continuation)
                return nil
            }
            if let call { continuation.resume(returning: call) }
        }
    }

    /// Invocations that nobody has taken yet.
    var pending: Int { state.withLock { $0.calls.count } }
}

extension StandInInvoker.Call {
    /// One text of each record, found by its path of keys.
    func records(_ path: String...) throws -> [String] {
        let event = try JSONSerialization.jsonObject(with: request.payload) as? [String: Any]
        return (event?["Records"] as? [[String: Any]] ?? []).map { record in
            var value: Any? = record
            for key in path { value = (value as? [String: Any])?[key] }
            return value as? String ?? "?"
        }
    }
}
