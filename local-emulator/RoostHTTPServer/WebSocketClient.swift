import CWslay
import Dispatch
import Foundation

/// A small WebSocket client for `ws://` addresses: text messages both ways, framed by wslay.
///
/// It is for programs that try a server, such as the demo: one queue per client, no back-pressure.
///
/// `@unchecked Sendable`: everything mutable is touched on `queue` only.
package final class WebSocketClient: @unchecked Sendable {
    package enum Opening: Sendable {
        case open(WebSocketClient)
        /// The server's status where it did not switch protocols.
        case refused(status: Int)
    }

    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    private struct Waiter {
        var id: Int
        var matches: @Sendable (String) -> Bool
        var resume: @Sendable (Result<String, Failure>) -> Void
    }

    private let queue = DispatchQueue(label: "roost.websocket-client")
    private let descriptor: Int32
    private var source: (any DispatchSourceRead)?
    private var context: wslay_event_context_ptr?
    private var messages: [String] = []
    private var waiters: [Waiter] = []
    private var nextWaiter = 0
    private var isClosed = false

    /// Connects and shakes hands, for at most ten seconds.
    ///
    /// - Parameter headers: beside those of the handshake itself, `Sec-WebSocket-Protocol` for one.
    package static func connect(url: String, headers: [(String, String)] = []) async throws -> Opening {
        guard let parts = URLComponents(string: url), parts.scheme == "ws", let host = parts.host else {
            throw Failure(description: "not a ws:// address: \(url)")
        }
        let target =
            (parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath)
            + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
        let port = parts.port ?? 80
        return try await withCheckedThrowingContinuation { continuation in
            // The handshake blocks: it stays off the cooperative pool.
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { try ClientHandshake(host: host, port: port, target: target, headers: headers).perform() })
            }
        }
    }

    init(descriptor: Int32) {
        self.descriptor = descriptor
        queue.sync { start() }
    }

    private func start() {
        var callbacks = wslay_event_callbacks()
        callbacks.recv_callback = { context, buffer, length, _, user in
            let client = Unmanaged<WebSocketClient>.fromOpaque(user!).takeUnretainedValue()
            let count = recv(client.descriptor, buffer, length, Int32(MSG_DONTWAIT))
            if count > 0 { return count }
            let waits = count < 0 && (errno == EAGAIN || errno == EINTR)
            wslay_event_set_error(context, waits ? WSLAY_ERR_WOULDBLOCK.rawValue : WSLAY_ERR_CALLBACK_FAILURE.rawValue)
            return -1
        }
        callbacks.send_callback = { context, bytes, length, _, user in
            let client = Unmanaged<WebSocketClient>.fromOpaque(user!).takeUnretainedValue()
            let count = Foundation.send(client.descriptor, bytes, length, Int32(MSG_NOSIGNAL))
            if count < 0 { wslay_event_set_error(context, WSLAY_ERR_CALLBACK_FAILURE.rawValue) }
            return count
        }
        callbacks.genmask_callback = { _, buffer, length, _ in
            var generator = SystemRandomNumberGenerator()
            for index in 0..<length { buffer?[index] = UInt8.random(in: .min ... .max, using: &generator) }
            return 0
        }
        callbacks.on_msg_recv_callback = { _, argument, user in
            guard let argument = argument?.pointee, argument.opcode == UInt8(WSLAY_TEXT_FRAME.rawValue) else { return }
            let bytes = UnsafeBufferPointer(start: argument.msg, count: argument.msg_length)
            let client = Unmanaged<WebSocketClient>.fromOpaque(user!).takeUnretainedValue()
            client.received(String(decoding: bytes, as: UTF8.self))
        }
        // The context lives until `shut`, which runs before this object goes.
        wslay_event_context_client_init(&context, &callbacks, Unmanaged.passUnretained(self).toOpaque())
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        // The source holds the client until it is cancelled: a client that is forgotten open stays until the server closes.
        source.setEventHandler { self.readable() }
        let descriptor = descriptor
        source.setCancelHandler { Foundation.close(descriptor) }
        self.source = source
        source.resume()
    }

    package func send(_ text: String) {
        queue.async { [self] in
            guard !isClosed else { return }
            Array(text.utf8).withUnsafeBufferPointer { bytes in
                var message = wslay_event_msg(
                    opcode: UInt8(WSLAY_TEXT_FRAME.rawValue), msg: bytes.baseAddress, msg_length: bytes.count)
                wslay_event_queue_msg(context, &message)
            }
            flush()
        }
    }

    /// The next message for which `matches` is true, those that came before included; others are passed over.
    package func receive(
        within seconds: Double, matching matches: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                if let index = messages.firstIndex(where: matches) {
                    let message = messages[index]
                    messages.removeSubrange(...index)
                    return continuation.resume(returning: message)
                }
                guard !isClosed else {
                    return continuation.resume(throwing: Failure(description: "the server closed the WebSocket"))
                }
                nextWaiter += 1
                let id = nextWaiter
                waiters.append(Waiter(id: id, matches: matches) { continuation.resume(with: $0) })
                queue.asyncAfter(deadline: .now() + seconds) { self.giveUp(id, after: seconds) }
            }
        }
    }

    /// Sends a close frame and closes.
    package func close() {
        queue.sync {
            guard !isClosed else { return }
            wslay_event_queue_close(context, 1000, nil, 0)
            flush()
            shut()
        }
    }

    private func giveUp(_ id: Int, after seconds: Double) {
        guard let index = waiters.firstIndex(where: { $0.id == id }) else { return }
        let passed = messages.suffix(3).joined(separator: "; ")
        waiters.remove(at: index).resume(
            .failure(Failure(description: "no such message within \(seconds) s; last ones: \(passed.isEmpty ? "none" : passed)")))
    }

    private func readable() {
        guard !isClosed else { return }
        let failed = wslay_event_recv(context) != 0
        flush()
        if failed || wslay_event_get_close_received(context) != 0 { shut() }
    }

    private func received(_ text: String) {
        guard let index = waiters.firstIndex(where: { $0.matches(text) }) else {
            messages.append(text)
            return
        }
        waiters.remove(at: index).resume(.success(text))
    }

    private func flush() {
        while wslay_event_want_write(context) != 0, wslay_event_send(context) == 0 {}
    }

    private func shut() {
        guard !isClosed else { return }
        isClosed = true
        source?.cancel()
        source = nil
        wslay_event_context_free(context)
        context = nil
        for waiter in waiters { waiter.resume(.failure(Failure(description: "the server closed the WebSocket"))) }
        waiters = []
    }
}
