internal import CRoostCurl
internal import Synchronization

/// One kept-alive connection that blocks the calling thread: for a thread that has nothing else to do.
///
/// The invocation loop lives on it. Measured on loopback with two exchanges and a task on the pool between them:
/// 0.11 ms, against 0.16 ms through ``HTTPClient``, and 0.12 against 0.39 ms on a busy machine, since each request there
/// changes the thread twice.
package final class HTTPConnection {
    private let configuration: HTTPClientConfiguration
    private let interruption: HTTPInterruption
    private let multi: UnsafeMutableRawPointer
    private let easy: EasyHandle

    /// - Throws: ``HTTPClientError/unavailable(_:)`` when libcurl cannot be started.
    package init(
        configuration: HTTPClientConfiguration, interruption: HTTPInterruption = .init()
    ) throws(HTTPClientError) {
        guard curlGlobalInitialization == CURLE_OK, let easy = EasyHandle(configuration), let multi = curl_multi_init() else {
            throw .unavailable("libcurl cannot be initialized")
        }
        self.configuration = configuration
        self.interruption = interruption
        self.easy = easy
        self.multi = multi
        roost_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 1)
        interruption.attach(MultiHandle(pointer: multi))
    }

    deinit {
        interruption.attach(nil)
        curl_multi_cleanup(multi)
    }

    /// Blocks until the answer is here; ends early with ``HTTPClientError/cancelled(url:)`` on an interruption.
    ///
    /// ``RequestDeadline`` is not looked at: a thread has no task.
    package func send(_ request: HTTPClientRequest) throws(HTTPClientError) -> HTTPClientResponse {
        try send(request, on: easy, upload: nil)
    }

    /// The same with a body that tasks write meanwhile: sent in chunks (RFC 9112, 7.1) as it comes, with trailers. The request's
    /// own body must be empty. The connection is closed afterwards.
    ///
    /// Returns before the body's end where the server refuses it (status 300 and above). Whatever way it ends, the channel is
    /// closed then: its writers learn that nobody reads any more.
    package func send(_ request: HTTPClientRequest, body: HTTPBodyChannel) throws(HTTPClientError) -> HTTPClientResponse {
        var status: Int?
        defer {
            body.attach(nil)
            body.abandon(.init(status: status))
        }
        guard request.body.isEmpty else { throw .invalidRequest("a request with a streamed body has another one") }
        body.attach(interruption)
        // A handle of its own: in one that has sent trailers libcurl (7.88) keeps the state of having sent them, also across
        // curl_easy_reset, and writes the next upload's first chunk size in front of its buffer.
        guard let own = EasyHandle(configuration) else { throw .unavailable("libcurl refuses the request: out of memory") }
        let response = try send(request, on: own, upload: body)
        status = response.status
        return response
    }

    private func send(
        _ request: HTTPClientRequest, on easy: EasyHandle, upload: HTTPBodyChannel?
    ) throws(HTTPClientError) -> HTTPClientResponse {
        try request.check(trustStore: configuration.trustStore)
        let transfer = Transfer(easy, request: request, timeLimit: request.timeout, upload: upload)
        guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else {
            throw .unavailable("libcurl refuses the request: out of memory")
        }
        defer { curl_multi_remove_handle(multi, easy.pointer) }
        return try perform(transfer).get()
    }

    private func perform(_ transfer: Transfer) -> Result<HTTPClientResponse, HTTPClientError> {
        while !interruption.isSet {
            transfer.resumeUpload()
            var count: Int32 = 0
            curl_multi_perform(multi, &count)
            if let message = curl_multi_info_read(multi, &count), message.pointee.msg == CURLMSG_DONE {
                return transfer.result(message.pointee.data.result)
            }
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        return .failure(.cancelled(url: transfer.url))
    }
}

/// Ends the request that an ``HTTPConnection`` waits for, and all later ones, from any thread.
package final class HTTPInterruption: Sendable {
    private struct State: Sendable {
        var isSet = false
        var multi: MultiHandle?
    }

    private let state = Mutex(State())

    package init() {}

    package func interrupt() {
        state.withLock { state in
            state.isSet = true
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    /// Makes the connection look around, without ending anything.
    func wake() {
        state.withLock { state in
            if let multi = state.multi { curl_multi_wakeup(multi.pointer) }
        }
    }

    var isSet: Bool { state.withLock(\.isSet) }

    /// nil before the handle is freed.
    func attach(_ multi: MultiHandle?) {
        state.withLock { $0.multi = multi }
    }
}
