import Foundation
import Synchronization

/// One WebSocket of a server, usable from any thread.
///
/// ```
/// opening ──101 sent──▶ open ──end──▶ closed
///     └───────client left──────────────▶
/// ```
/// What is sent while it opens goes out right after the handshake's answer.
package final class WebSocketConnection: Sendable {
    package enum SendOutcome: Sendable, Equatable {
        case queued
        /// It is closed or closing.
        case closed
        /// The client does not read what waits for it.
        case backlogFull
    }

    enum Outgoing: Sendable {
        case message(WebSocketMessage)
        case close(code: UInt16, reason: String)
    }

    private enum Phase {
        case opening
        case open(SocketLoop, descriptor: Int32)
        case closed
    }

    private struct State {
        var phase = Phase.opening
        var outbox: [Outgoing] = []
        var outboxBytes = 0
        /// What the session holds beside the outbox.
        var unsentBytes = 0
        var isClosing = false
        var isNudged = false
        var isPaused = false
    }

    let limits: WebSocketLimits
    let events: WebSocketEvents
    private let state = Mutex(State())

    /// One that a server's exchange is to accept a client as.
    package init(limits: WebSocketLimits = .init(), events: WebSocketEvents) {
        self.limits = limits
        self.events = events
    }

    /// Queues a message; it goes out in the order of the calls.
    @discardableResult
    package func send(_ message: WebSocketMessage) -> SendOutcome {
        let outcome = state.withLock { state -> SendOutcome in
            if case .closed = state.phase { return .closed }
            if state.isClosing { return .closed }
            let waiting = state.outboxBytes + state.unsentBytes
            // A message that is larger than the limit passes where nothing else waits.
            if waiting > 0 && waiting + message.byteCount > limits.maximumQueuedBytes { return .backlogFull }
            state.outbox.append(.message(message))
            state.outboxBytes += message.byteCount
            return .queued
        }
        if outcome == .queued { nudge() }
        return outcome
    }

    /// Sends a close frame after what is queued and waits for the client's, for `limits.closeTimeoutSeconds` at most.
    ///
    /// - Parameter reason: at most 123 bytes (RFC 6455, 5.5); the rest is cut off.
    package func close(code: UInt16, reason: String = "") {
        let isFirst = state.withLock { state in
            if case .closed = state.phase { return false }
            if state.isClosing { return false }
            state.isClosing = true
            state.outbox.append(.close(code: code, reason: reason))
            return true
        }
        if isFirst { nudge() }
    }

    /// Stops or goes on reading, so that a client cannot send faster than its messages are dealt with.
    package func setPaused(_ isPaused: Bool) {
        state.withLock { $0.isPaused = isPaused }
        nudge()
    }

    package var isPaused: Bool { state.withLock { $0.isPaused } }

    private func nudge() {
        let target = state.withLock { state -> (SocketLoop, Int32)? in
            guard case .open(let loop, let descriptor) = state.phase, !state.isNudged else { return nil }
            state.isNudged = true
            return (loop, descriptor)
        }
        // Should the descriptor belong to another socket by then, that one looks for work and finds none.
        if let (loop, descriptor) = target { loop.run { $0.nudge(descriptor) } }
    }

    func opened(on loop: SocketLoop, descriptor: Int32) {
        state.withLock { $0.phase = .open(loop, descriptor: descriptor) }
        nudge()
    }

    func takeOutbox() -> [Outgoing] {
        state.withLock { state in
            state.isNudged = false
            state.unsentBytes += state.outboxBytes
            state.outboxBytes = 0
            defer { state.outbox = [] }
            return state.outbox
        }
    }

    func reportUnsent(bytes: Int) {
        state.withLock { $0.unsentBytes = bytes }
    }

    /// Tells of the end, once.
    func ended(_ close: WebSocketClose) {
        let isFirst = state.withLock { state in
            if case .closed = state.phase { return false }
            state.phase = .closed
            state.outbox = []
            return true
        }
        if isFirst { events.onClose(self, close) }
    }

    /// The client left before the handshake's answer reached it.
    func abandoned() {
        ended(WebSocketClose(code: 1006, reason: "", byClient: true))
    }
}
