import Foundation

/// What one environment's Runtime API talks to: its function's group, in its environment's name.
struct EnvironmentRuntime: RuntimeInterface {
    let group: FunctionGroup
    let environment: ExecutionEnvironment

    var function: FunctionMetadata {
        FunctionMetadata(
            name: group.configuration.name, version: LambdaVariables.version, handler: group.configuration.handler)
    }

    func next(_ answer: @escaping NextWaiter) {
        environment.initFinished()
        group.change { scheduler, now in scheduler.next(environment.id, now: now, waiter: answer) }
    }

    func respond(requestID: String, body: Data) -> SubmissionAnswer {
        let limit = FunctionError.maximumResponseBytes
        guard body.count <= limit else {
            let answer = submit(requestID, .responseTooLarge(limit: limit))
            return answer == .accepted ? .responseTooLarge(limit: limit) : answer
        }
        return submit(requestID, .response(body))
    }

    func beginResponse(requestID: String, contentType: String?) -> ResponseStreamStart {
        var (answer, invocation) = (SubmissionAnswer.accepted, ActiveInvocation?.none)
        group.change { scheduler, _ in
            (answer, invocation) = scheduler.beginAnswer(environment.id, requestID: requestID)
            return []
        }
        guard let invocation else { return .refused(answer) }
        let reader = invocation.pending.request.reader
        reader?.begin(contentType: contentType)
        return .accepted(StreamedResponse(runtime: self, requestID: requestID, reader: reader))
    }

    func fail(requestID: String, errorType: String?, body: Data) -> SubmissionAnswer {
        submit(requestID, .error(type: FunctionError.kept(type: errorType), body: body))
    }

    func failInitialization(errorType: String?, body: Data) -> SubmissionAnswer {
        var answer = SubmissionAnswer.accepted
        group.change { scheduler, now in
            let (submitted, actions) = scheduler.initError(
                environment.id, type: FunctionError.kept(type: errorType), body: body, now: now)
            answer = submitted
            return actions
        }
        return answer
    }

    func submit(_ requestID: String, _ ending: InvocationEnding, endsStream: Bool = false) -> SubmissionAnswer {
        var answer = SubmissionAnswer.accepted
        group.change { scheduler, now in
            let (submitted, actions) = scheduler.answer(
                environment.id, requestID: requestID, ending: ending, endsStream: endsStream, now: now)
            answer = submitted
            return actions
        }
        return answer
    }
}
