#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import Synchronization

/// Sends requests over pooled, kept-alive HTTP/1.1 connections: libcurl's multi interface on one thread of its own.
///
/// Many requests run at once; each ends with its answer, its time limit, ``RequestDeadline/current`` or the calling
/// task's cancellation. Redirects are not followed. Nothing blocks the caller's thread. The thread and its connections
/// end when the last reference to the client goes.
///
/// A kept-alive connection that the server closed before any byte of the answer came is replaced and the request sent
/// again on it, by libcurl: a server that acted and then closed without a word may see a request twice.
public final class HTTPClient: Sendable {
    private let mailbox: TransferMailbox
    private let trustStore: TrustStore

    /// - Throws: ``HTTPClientError/unavailable(_:)`` when libcurl or its thread cannot be started.
    public init(configuration: HTTPClientConfiguration = .init()) throws(HTTPClientError) {
        let mailbox = try TransferMailbox()
        self.mailbox = mailbox
        trustStore = configuration.trustStore
        try startThread(named: "roost-http") {
            TransferWorker(mailbox: mailbox, configuration: configuration).run()
        }
    }

    deinit {
        mailbox.close()
    }

    /// - Throws: ``HTTPClientError``; an answer of any status is not an error.
    public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        guard let observer = HTTPClientObservation.observer else { return try await perform(request) }
        var request = request
        let ended = observer.requestBegins(&request)
        do {
            let response = try await perform(request)
            ended?(.success(response))
            return response
        } catch {
            ended?(.failure(error))
            throw error
        }
    }

    private func perform(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
        try request.check(trustStore: trustStore)
        let limit = try timeLimit(of: request)
        let cancellation = TransferCancellation()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                mailbox.submit(
                    .init(request: request, timeLimit: limit, cancellation: cancellation, continuation: continuation))
            }
        } onCancel: {
            cancellation.flag.store(true, ordering: .releasing)
            mailbox.noticeCancellations()
        }
        return try result.get()
    }

    private func timeLimit(of request: HTTPClientRequest) throws(HTTPClientError) -> Duration? {
        guard let remaining = RequestDeadline.remaining else { return request.timeout }
        guard remaining > .zero else {
            throw .timedOut(
                .init(
                    url: request.loggableURL, curlCode: 28, message: "the invocation's deadline has passed", requestWasSent: false
                ))
        }
        return request.timeout.map { min($0, remaining) } ?? remaining
    }
}
