internal import RoostHTTPClient

/// The thread that the invocation loop lives on, from the init phase's outcome to the exit code.
struct RuntimeThread: Sendable {
    let address: String
    let log: LambdaLog
    let limit: Int?
    let target: Result<InvocationTarget, InvocationFailure>

    /// Starts the thread and waits for its end.
    func run() async -> Int32 {
        let interruption = HTTPInterruption()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                do {
                    try startThread(named: "lambda-loop") { continuation.resume(returning: exitCode(interruption)) }
                } catch {
                    log.log(.fatal, String(describing: error))
                    continuation.resume(returning: 1)
                }
            }
        } onCancel: {
            interruption.interrupt()
        }
    }

    private func exitCode(_ interruption: HTTPInterruption) -> Int32 {
        do {
            let api = try RuntimeAPIClient(address: address, interruption: interruption)
            switch target {
            case .success(let target):
                try InvocationLoop(target: target, api: api, log: log).run(limit: limit)
                return 0
            case .failure(let failure):
                if case .refused(let status, let answer) = try api.failInit(failure) {
                    log.error("the init error was refused", ["status": String(status), "reason": answer])
                }
                return 1
            }
        } catch {
            log.log(.fatal, String(describing: error))
            return 1
        }
    }
}
