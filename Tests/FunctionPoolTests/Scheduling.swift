import Foundation
import Synchronization

@testable import FunctionPool

/// A scheduler that is driven step by step at given seconds, its actions as short texts.
struct Scenario {
    var scheduler: FunctionScheduler
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private let answers = Answers()

    /// What each runtime was answered to its `next`, as `environment:requestID`.
    final class Answers: Sendable {
        private let texts = Mutex<[String]>([])
        func add(_ text: String) { texts.withLock { $0.append(text) } }
        var all: [String] { texts.withLock { $0 } }
    }

    init(_ adjust: (inout FunctionScheduler.Limits) -> Void = { _ in }) {
        var limits = FunctionScheduler.Limits()
        limits.environments = 2
        limits.waiting = 3
        adjust(&limits)
        scheduler = FunctionScheduler(limits: limits)
    }

    var refusedNext: [String] { answers.all }

    func moment(_ seconds: Double) -> Moment { Moment(date: start.addingTimeInterval(seconds)) }

    func invocation(_ id: String, at seconds: Double = 0) -> PendingInvocation {
        PendingInvocation(
            request: InvocationRequest(functionName: "hello", payload: Data()), requestID: id, traceID: "", entry: nil,
            log: InvocationLog(requestID: id), queued: start.addingTimeInterval(seconds), completion: { _ in })
    }

    mutating func invoke(_ id: String, at seconds: Double = 0) -> [String] {
        texts(scheduler.invoke(invocation(id, at: seconds), now: moment(seconds)))
    }

    mutating func next(_ environment: Int, at seconds: Double = 0) -> [String] {
        let answers = answers
        let actions = scheduler.next(environment, now: moment(seconds)) { answer in
            if case .refused(let refusal) = answer { answers.add("\(environment): \(refusal.message)") }
        }
        for case .refuseNext(let waiter, let refusal) in actions { waiter(.refused(refusal)) }
        return texts(actions)
    }

    mutating func respond(_ environment: Int, _ id: String, at seconds: Double = 0) -> (SubmissionAnswer, [String]) {
        let (answer, actions) = scheduler.answer(
            environment, requestID: id, ending: .response(Data()), now: moment(seconds))
        return (answer, texts(actions))
    }

    mutating func initError(_ environment: Int, at seconds: Double = 0) -> (SubmissionAnswer, [String]) {
        let (answer, actions) = scheduler.initError(
            environment, type: "Function.Broken", body: Data(), now: moment(seconds))
        return (answer, texts(actions))
    }

    mutating func exit(_ environment: Int, code: Int32 = 1, at seconds: Double = 0) -> [String] {
        texts(scheduler.exited(environment, .exited(code: code), now: moment(seconds)))
    }

    mutating func expire(at seconds: Double) -> [String] { texts(scheduler.expire(now: moment(seconds))) }

    var nextDeadline: Double? { scheduler.nextDeadline()?.timeIntervalSince(start) }

    func texts(_ actions: [FunctionScheduler.Action]) -> [String] {
        actions.map { action in
            switch action {
            case .launch(let id, nil): "launch \(id)"
            case .launch(let id, let bound?): "launch \(id) for \(bound.requestID)"
            case .deliver(let invocation, let id, _, let first):
                "\(first ? "deliver" : "repeat") \(invocation.requestID) to \(id)"
            case .complete(let invocation, let id, let ending): "complete \(invocation.requestID) of \(id): \(ending.status)"
            case .refuse(let invocation, let refusal): "refuse \(invocation.requestID): \(refusal)"
            case .refuseNext: "refuse next"
            case .initFailed(let id, let ending): "init of \(id) failed: \(ending.status)"
            case .terminate(let id): "terminate \(id)"
            case .kill(let id): "kill \(id)"
            }
        }
    }
}
