import CMicroHTTPD
import Foundation
import Synchronization

/// One request from its first line to the end of its answer.
///
/// ```
/// receiving ──whole──▶ running ──callback returned──▶ suspended ──decide──▶ decided ──queued──▶ finished
///  │  │                ▲  └──────decide─────────────────────────────────────▶ ┘ └─▶ sending ──────▶ ▲
///  │  └──▶ streaming ──┘                                                                            │
///  └──refused early: answered on the socket─────────────────────────────────────────────────────────┘
/// ```
///
/// `streaming` is a body that a ``HTTPBodyReceiver`` takes as it arrives, `sending` an answer that is made while it is sent.
///
/// `@unchecked Sendable`: `connection` never changes, and is used on libmicrohttpd's thread only, except to resume it,
/// which is done under `state`'s lock while it is suspended and so alive. `isWaiting` is of that thread alone.
final class PendingRequest: @unchecked Sendable {
    enum Decision: Sendable {
        case response(HTTPResponse)
        case webSocket(WebSocketConnection, HTTPHeaders)
        /// Without its body.
        case stream(HTTPResponse, any HTTPBodySource)
    }

    private struct Incoming {
        var hasHead = false
        var method = ""
        var httpVersion = ""
        var headers = HTTPHeaders()
        var content: [UInt8] = []
    }

    private enum State {
        case receiving(Incoming)
        case streaming(IncomingStream)
        case running
        case suspended
        case decided(Decision)
        /// The answer 101 is with libmicrohttpd.
        case upgrading(WebSocketConnection)
        case sending(OutgoingStream)
        case finished
    }

    private enum Step {
        case goOn
        case breakOff
        /// Before the body's end.
        case refuse(HTTPResponse)
        case run(Incoming)
        case answer(Decision)
        case take(any HTTPBodyReceiver)
    }

    private let core: ServerCore
    private let connection: OpaquePointer
    private let target: String
    private let state = Mutex(State.receiving(Incoming()))
    /// Whether the core knows it. Used on libmicrohttpd's thread only.
    private var isWaiting = false

    init(core: ServerCore, connection: OpaquePointer, target: String) {
        self.core = core
        self.connection = connection
        self.target = target
    }

    /// The client has its answer or is gone; nothing touches the connection after this.
    func finish() {
        let last = state.withLock { state in
            defer { state = .finished }
            return state
        }
        switch last {
        case .decided(.webSocket(let connection, _)), .upgrading(let connection): connection.abandoned()
        case .decided(.stream(_, let source)): source.close()
        case .streaming(let stream): stream.receiver.abandon()
        default: break
        }
        if isWaiting { core.finished(self) }
    }

    /// The server stops: what is in the middle of a body, and suspended, is set free.
    func breakOff() {
        state.withLock { state in
            switch state {
            case .streaming(var stream) where stream.isSuspended:
                stream.isSuspended = false
                state = .streaming(stream)
                MHD_resume_connection(connection)
            case .sending(let stream): stream.stop()
            default: break
            }
        }
    }

    /// Takes the decision how to answer, from any thread; false where it comes too late.
    @discardableResult
    func decide(_ decision: Decision) -> Bool {
        state.withLock { state in
            switch state {
            case .running:
                state = .decided(decision)
                return true
            case .suspended:
                state = .decided(decision)
                MHD_resume_connection(connection)
                return true
            case .receiving, .streaming, .decided, .upgrading, .sending, .finished:
                return false
            }
        }
    }

    /// libmicrohttpd's next call for this request: its head, a piece of its body, its end, or back from suspension.
    ///
    /// - Returns: how many bytes of the piece are left for the next call; nil to break the connection off.
    func advance(method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, chunk: UnsafeRawBufferPointer) -> Int? {
        switch step(method: method, version: version, chunk: chunk) {
        case .goOn: return 0
        case .breakOff: return nil
        case .refuse(let response):
            answerOnSocket(response)
            return nil
        case .run(let incoming): return run(incoming) ? 0 : nil
        case .answer(let decision): return queue(decision) ? 0 : nil
        case .take(let receiver): return chunk.isEmpty ? (finish(receiver) ? 0 : nil) : take(chunk, receiver)
        }
    }

    /// Hands a piece on; what there is no room for is left, and the connection suspended.
    private func take(_ chunk: UnsafeRawBufferPointer, _ receiver: any HTTPBodyReceiver) -> Int? {
        var rest = chunk[...]
        while !rest.isEmpty {
            state.withLock { if case .streaming(var stream) = $0 { stream.hasRoom = false; $0 = .streaming(stream) } }
            switch receiver.receive(Data(UnsafeRawBufferPointer(rebasing: rest)), resume: { [self] in resume() }) {
            case .refused(let response):
                state.withLock { $0 = .finished }
                answerOnSocket(response)
                return nil
            case .taken(let count):
                rest = rest.dropFirst(count)
                if !rest.isEmpty, suspend() { return rest.count }
            }
            if core.isStopping { return nil }
        }
        return 0
    }

    /// False where there is room again by now.
    private func suspend() -> Bool {
        // Asked before the lock: whoever stops the server after this finds the request in its list, and sets it free.
        let isStopping = !wait()
        return state.withLock { state in
            guard case .streaming(var stream) = state, !stream.hasRoom, !isStopping else { return false }
            stream.isSuspended = true
            state = .streaming(stream)
            MHD_suspend_connection(connection)
            return true
        }
    }

    /// There is room again, says the receiver from any thread.
    private func resume() {
        state.withLock { state in
            guard case .streaming(var stream) = state else { return }
            if stream.isSuspended { MHD_resume_connection(connection) }
            stream.isSuspended = false
            stream.hasRoom = true
            state = .streaming(stream)
        }
    }

    private func finish(_ receiver: any HTTPBodyReceiver) -> Bool {
        state.withLock { $0 = .running }
        receiver.finish(trailers: connectionFields(connection, .FOOTER_KIND), HTTPExchange(self))
        return afterCallback()
    }

    private func step(method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, chunk: UnsafeRawBufferPointer) -> Step {
        state.withLock { state in
            switch state {
            case .receiving(var incoming):
                // Taken out, so that the body is appended to in place.
                state = .finished
                let step = receive(&incoming, method: method, version: version, chunk: chunk)
                switch step {
                case .goOn: state = .receiving(incoming)
                case .run: state = .running
                case .take(let receiver):
                    state = .streaming(IncomingStream(receiver: receiver))
                    return .goOn
                case .breakOff, .refuse, .answer: break
                }
                return step
            case .streaming(let stream):
                if core.isStopping { return .breakOff }
                return stream.isSuspended ? .goOn : .take(stream.receiver)
            case .decided(let decision):
                state = .finished
                return .answer(decision)
            case .running, .suspended:
                return .goOn
            case .upgrading, .sending, .finished:
                return .breakOff
            }
        }
    }

    private func receive(
        _ incoming: inout Incoming, method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, chunk: UnsafeRawBufferPointer
    ) -> Step {
        let limit = core.configuration.maximumBodyBytes
        if !incoming.hasHead {
            incoming.hasHead = true
            incoming.method = method.map { String(cString: $0) } ?? ""
            incoming.httpVersion = version.map { String(cString: $0) } ?? ""
            incoming.headers = connectionFields(connection, .HEADER_KIND)
            // RFC 9112, 6.1: a coding that is not understood is 501; read on, its body would have no end.
            if incoming.headers.all("Transfer-Encoding").contains(where: { $0.lowercased() != "chunked" }) {
                return .refuse(HTTPResponse(status: 501))
            }
            switch core.onHead?(head(incoming)) {
            case .gather, nil: break
            case .stream(let receiver): return wait() ? .take(receiver) : .refuse(ServerCore.stoppingResponse)
            case .refuse(let response): return .refuse(response)
            }
            guard let declared = incoming.headers["Content-Length"].flatMap({ Int($0) }) else { return .goOn }
            if declared > limit { return .refuse(core.configuration.tooLarge) }
            incoming.content.reserveCapacity(min(declared, 64 * 1024))
            return .goOn
        }
        if chunk.isEmpty { return .run(incoming) }
        if incoming.content.count + chunk.count > limit { return .refuse(core.configuration.tooLarge) }
        incoming.content.append(contentsOf: chunk)
        return .goOn
    }

    private func run(_ incoming: Incoming) -> Bool {
        let refusesMore = core.connectionCount.load(ordering: .relaxed) > core.configuration.connectionLimit
        if core.isStopping || refusesMore { return queue(.response(ServerCore.stoppingResponse)) }
        var request = head(incoming)
        request.content = incoming.content
        request.trailers = connectionFields(connection, .FOOTER_KIND)
        core.onRequest(request, HTTPExchange(self))
        return afterCallback()
    }

    private func head(_ incoming: Incoming) -> HTTPRequest {
        HTTPRequest(
            method: incoming.method, target: target, headers: incoming.headers, httpVersion: incoming.httpVersion,
            client: ClientAddress(connection))
    }

    private func afterCallback() -> Bool {
        let answer = state.withLock { state -> Decision? in
            guard case .decided(let decision) = state else { return nil }
            state = .finished
            return decision
        }
        if let answer { return queue(answer) }
        // Asked before the lock: whoever stops the server after this finds the request in its list, and decides it.
        let isStopping = !wait()
        let decision = state.withLock { state -> Decision? in
            switch state {
            case .decided(let decision):
                state = .finished
                return decision
            case .running where isStopping:
                state = .finished
                return .response(ServerCore.stoppingResponse)
            default:
                state = .suspended
                MHD_suspend_connection(connection)
                return nil
            }
        }
        return decision.map(queue) ?? true
    }

    /// False where the server stops.
    private func wait() -> Bool {
        isWaiting = true
        return core.waits(self)
    }

    private func queue(_ decision: Decision) -> Bool {
        switch decision {
        case .response(let response):
            return queueResponse(response, on: connection)
        case .webSocket(let socket, let headers):
            state.withLock { $0 = .upgrading(socket) }
            return queueUpgrade(headers, on: connection)
        case .stream(let head, let source):
            let stream = OutgoingStream(source, on: connection)
            state.withLock { $0 = .sending(stream) }
            // Whoever stops the server finds it as sending, or it finds here that the server stops.
            if !wait() { stream.stop() }
            return queueStream(head, stream, on: connection)
        }
    }

    /// libmicrohttpd has sent the 101 and hands the socket over, on its own thread.
    func upgraded(_ descriptor: Int32, handle: OpaquePointer, early: [UInt8]) {
        let socket = state.withLock { state -> WebSocketConnection? in
            guard case .upgrading(let socket) = state else { return nil }
            state = .finished
            return socket
        }
        let isTaken = socket.map { core.sockets.serve($0, on: descriptor, handle: handle, early: early) } ?? false
        if !isTaken {
            socket?.abandoned()
            roost_mhd_close_upgraded(handle)
        }
    }

    /// libmicrohttpd takes no answer before a body's end, and closes with unread bytes, which resets the connection
    /// and loses the answer (RFC 9112, 9.6). So this one goes to the socket itself, which is then read until the
    /// client is done.
    private func answerOnSocket(_ response: HTTPResponse) {
        let own = fcntl(roost_mhd_client_socket(connection), F_DUPFD_CLOEXEC, 0)
        guard own >= 0 else { return }
        core.sockets.finish(own, sending: wireBytes(of: response))
    }
}
