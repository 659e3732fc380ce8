internal import RoostHTTPClient

/// Tells the platform that there is no handler, on a thread of its own.
struct InitFailure: Sendable {
    let address: String
    let backOff: BackOff
    let log: LambdaLog

    /// - Returns: the process's exit code, which is never 0.
    nonisolated(nonsending) func report(_ failure: InvocationFailure) async -> Int32 {
        log.log(.fatal, LogError(failure))
        await withCheckedContinuation { continuation in
            do {
                try startThread(named: "lambda-init-error") {
                    post(failure)
                    continuation.resume()
                }
            } catch {
                log.log(.fatal, String(describing: error))
                continuation.resume()
            }
        }
        return 1
    }

    private func post(_ failure: InvocationFailure) {
        do {
            let api = try RuntimeAPIClient(address: address, slot: InvocationSlot(), backOff: backOff, log: log)
            guard case .refused(let status, let answer, _) = try api.failInit(failure) else { return }
            log.error("the init error was refused", ["status": String(status), "reason": answer])
        } catch {
            log.log(.fatal, String(describing: error))
        }
    }
}
