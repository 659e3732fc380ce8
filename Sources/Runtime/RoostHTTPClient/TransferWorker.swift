internal import CRoostCurl

/// The thread's loop: takes submissions, drives libcurl, hands results back. Made and used on its own thread only.
final class TransferWorker {
    private let mailbox: TransferMailbox
    private let configuration: HTTPClientConfiguration
    private let multi: UnsafeMutableRawPointer
    private var active: [UnsafeMutableRawPointer: Active] = [:]
    private var idle: [EasyHandle] = []

    private struct Active {
        var handle: EasyHandle
        var transfer: Transfer
        var submission: TransferMailbox.Submission
    }

    init(mailbox: TransferMailbox, configuration: HTTPClientConfiguration) {
        self.mailbox = mailbox
        self.configuration = configuration
        multi = mailbox.multi.pointer
        roost_curl_multi_set_long(multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, configuration.maximumConnections)
        roost_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, configuration.maximumConnections)
    }

    /// Returns when the client is gone. No request is then left: each holds its client until its end.
    func run() {
        while true {
            let delivery = mailbox.take()
            if delivery.isClosed { break }
            delivery.submissions.forEach(start)
            if delivery.hasCancellations { endCancelled() }
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            endFinished()
            // libcurl returns earlier for its own timers, for sockets and for curl_multi_wakeup.
            curl_multi_poll(multi, nil, 0, 60_000, nil)
        }
        mailbox.endWaking()
        curl_multi_cleanup(multi)
    }

    private func start(_ submission: TransferMailbox.Submission) {
        if submission.cancellation.flag.load(ordering: .acquiring) {
            submission.continuation.resume(returning: .failure(.cancelled(url: submission.request.loggableURL)))
            return
        }
        guard let handle = idle.popLast() ?? EasyHandle(configuration) else { return refuse(submission) }
        let transfer = Transfer(handle, request: submission.request, timeLimit: submission.timeLimit)
        guard curl_multi_add_handle(multi, handle.pointer) == CURLM_OK else { return refuse(submission) }
        active[handle.pointer] = Active(handle: handle, transfer: transfer, submission: submission)
    }

    private func refuse(_ submission: TransferMailbox.Submission) {
        submission.continuation.resume(returning: .failure(.unavailable("libcurl refuses the request: out of memory")))
    }

    private func endFinished() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = message.pointee.data.result
            guard let ended = active.removeValue(forKey: easy) else { continue }
            end(ended, ended.transfer.result(code))
        }
    }

    private func endCancelled() {
        for (easy, ended) in active where ended.submission.cancellation.flag.load(ordering: .acquiring) {
            active[easy] = nil
            end(ended, .failure(.cancelled(url: ended.transfer.url)))
        }
    }

    private func end(_ ended: consuming Active, _ result: Result<HTTPClientResponse, HTTPClientError>) {
        curl_multi_remove_handle(multi, ended.handle.pointer)
        if idle.count < configuration.maximumConnections { idle.append(ended.handle) }
        ended.submission.continuation.resume(returning: result)
    }
}
