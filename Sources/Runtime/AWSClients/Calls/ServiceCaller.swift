internal import RoostHTTPClient

/// Sends a call, tries it again by the policy, and turns an error answer into an ``AWSServiceError``.
struct ServiceCaller: Sendable {
    let service: AWSService
    let transport: any AWSTransport
    let retry: RetryPolicy

    /// - Parameters:
    ///   - isRepeatable: doing the call twice has the same effect and answer as once.
    ///   - readError: reads an answer whose status is not 2xx.
    func send(
        _ request: AWSRequest, isRepeatable: Bool, readError: (AWSResponse) -> AWSServiceError
    ) async throws -> AWSResponse {
        var attempt = 1
        while true {
            let failure: any Error
            let mayRetry: Bool
            do {
                let response = try await transport.send(request)
                if (200..<300).contains(response.status) { return response }
                let error = readError(response)
                (failure, mayRetry) = (error, error.isRetryable)
            } catch {
                (failure, mayRetry) = (error, Self.mayRetry(withoutAnswer: error, isRepeatable: isRepeatable))
            }
            guard mayRetry, attempt < retry.maximumAttempts else { throw failure }
            let delay = retry.delay(afterAttempt: attempt)
            if let remaining = RequestDeadline.remaining, remaining <= delay { throw failure }
            try await retry.sleep(delay)
            attempt += 1
        }
    }

    private static func mayRetry(withoutAnswer error: any Error, isRepeatable: Bool) -> Bool {
        switch error {
        case is CancellationError: false
        case let error as HTTPClientError:
            switch error {
            case .cancelled, .invalidRequest, .noTrustStore, .unavailable, .responseTooLarge, .tls: false
            case .connectionRefused, .couldNotConnect, .timedOut, .failed: isRepeatable || !error.requestMayHaveArrived
            }
        // Any other transport's errors are its own faults, not a network's.
        default: false
        }
    }
}
