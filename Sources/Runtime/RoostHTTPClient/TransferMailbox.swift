internal import CRoostCurl
internal import Synchronization

/// What callers hand to the worker thread.
final class TransferMailbox: Sendable {
    struct Submission: Sendable {
        var request: HTTPClientRequest
        var timeLimit: Duration?
        var cancellation: TransferCancellation
        var continuation: CheckedContinuation<Result<HTTPClientResponse, HTTPClientError>, Never>
    }

    struct Delivery: Sendable {
        var submissions: [Submission] = []
        var hasCancellations = false
        var isClosed = false
    }

    private struct State: Sendable {
        var delivery = Delivery()
        /// nil once the worker has ended.
        var multi: MultiHandle?
    }

    private let state: Mutex<State>
    let multi: MultiHandle

    init() throws(HTTPClientError) {
        guard curlGlobalInitialization == CURLE_OK, let pointer = curl_multi_init() else {
            throw .unavailable("libcurl cannot be initialized")
        }
        multi = MultiHandle(pointer: pointer)
        state = Mutex(State(multi: multi))
    }

    func submit(_ submission: Submission) {
        change { $0.submissions.append(submission) }
    }

    func noticeCancellations() {
        change { $0.hasCancellations = true }
    }

    func close() {
        change { $0.isClosed = true }
    }

    /// Takes what has come since the last call.
    func take() -> Delivery {
        state.withLock { state in
            let delivery = state.delivery
            state.delivery = Delivery(isClosed: delivery.isClosed)
            return delivery
        }
    }

    /// The worker's last act: after it nobody wakes the handle any more.
    func endWaking() {
        state.withLock { $0.multi = nil }
    }

    private func change(_ body: (inout Delivery) -> Void) {
        state.withLock { state in
            body(&state.delivery)
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
        }
    }
}

/// A `CURLM*`.
///
/// Unchecked, because a raw pointer is not Sendable. Its guard: every call is made on the worker's thread but
/// curl_multi_wakeup, which libcurl allows from any thread and which the mailbox calls under its lock and never after
/// `endWaking`.
struct MultiHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer
}

/// Set from any thread when the calling task is cancelled, looked at by the worker.
final class TransferCancellation: Sendable {
    let flag = Atomic<Bool>(false)
}

/// Must come before any other call; the language runs it once.
let curlGlobalInitialization: CURLcode = curl_global_init(Int(roost_curl_global_default))
