import EmulatorClock
import Foundation
import Journal
import RoostHTTPServer
import Synchronization

/// One client of a WebSocket API, from its handshake to its `$disconnect`.
final class WebSocketClient: Sendable {
    let id: String
    let connectedAt: Date
    let sourceIP: String
    let userAgent: String?
    let host: String
    let entry: Journal.EntryID

    enum Limit {
        case idle
        case duration
    }

    private struct State {
        var socket: WebSocketConnection?
        var authorizer: [String: String]?
        var lastActive: Date
        var timers: [Limit: ClockTimer] = [:]
        var inFlight = 0
        var isEnded = false
    }

    private let state: Mutex<State>

    /// Invocations of one client's messages at the same time; a client that sends faster is not read from meanwhile.
    private static let inFlightLimit = 64

    init(_ request: HTTPRequest, at time: Date, entry: Journal.EntryID) {
        id = Identifier.make()
        connectedAt = time
        sourceIP = request.remoteAddress
        userAgent = request.headers["User-Agent"]
        host = request.headers["Host"] ?? ""
        self.entry = entry
        state = Mutex(State(lastActive: time))
    }

    /// What an authorizer said about it, for every later event.
    var authorizer: [String: String]? {
        get { state.withLock { $0.authorizer } }
        set { state.withLock { $0.authorizer = newValue } }
    }

    var lastActive: Date { state.withLock { $0.lastActive } }

    func touch(at time: Date) {
        state.withLock { $0.lastActive = time }
    }

    func opened(as socket: WebSocketConnection) {
        state.withLock { $0.socket = socket }
    }

    func send(_ message: WebSocketMessage) -> WebSocketConnection.SendOutcome {
        state.withLock { $0.isEnded ? nil : $0.socket }?.send(message) ?? .closed
    }

    func close(code: UInt16, reason: String) {
        state.withLock { $0.socket }?.close(code: code, reason: reason)
    }

    /// - Returns: false the second time.
    func end() -> Bool {
        let (isFirst, timers) = state.withLock { state in
            defer {
                state.isEnded = true
                state.timers = [:]
            }
            return (!state.isEnded, state.timers)
        }
        for timer in timers.values { timer.cancel() }
        return isFirst
    }

    func keep(_ timer: ClockTimer, for limit: Limit) {
        let isLate = state.withLock { state in
            if !state.isEnded { state.timers[limit] = timer }
            return state.isEnded
        }
        if isLate { timer.cancel() }
    }

    func invocationBegins() {
        count(1)
    }

    func invocationEnded() {
        count(-1)
    }

    /// The socket is told within the lock: of two calls on two threads that cross the limit in opposite directions, the one
    /// that counted last must also be the last to tell, or the client is never read from again.
    private func count(_ change: Int) {
        state.withLock { state in
            let wasFull = state.inFlight >= Self.inFlightLimit
            state.inFlight += change
            let isFull = state.inFlight >= Self.inFlightLimit
            if isFull != wasFull { state.socket?.setPaused(isFull) }
        }
    }
}
