import CMicroHTTPD
import CWslay
import Foundation

/// The frames of one upgraded socket, on the loop's thread: wslay reads and writes them, answers pings and closes, and
/// checks UTF-8 (1007) and the protocol (1002).
///
/// ```
/// talking ──close frames exchanged, or ours sent after an error──▶ draining ──client closed──▶ left
///    └──────connection lost───────────────────────────────────────────────────────────────────▶
/// ```
final class WebSocketSession: LoopMember {
    private enum Phase {
        case talking
        case draining(LingeringSocket)
    }

    let descriptor: Int32
    let connection: WebSocketConnection
    private let upgrade: OpaquePointer
    private var context: wslay_event_context_ptr?
    private var phase = Phase.talking
    /// What came with the handshake's request, to be read before the socket.
    private var early: ArraySlice<UInt8>
    private var readBudget = 0
    private var isLost = false
    private var closeDeadline: UInt64?
    private var awaitedClose: (code: UInt16, reason: String)?
    private var ourClose: (code: UInt16, reason: String)?
    private var clientClose: (code: UInt16, reason: String)?

    /// How much one connection may bring per turn, so that a flooding one does not keep the loop from the others.
    private static let bytesPerTurn = 256 * 1024
    /// Pongs wait in wslay for a client that does not read; above this it is not read from either.
    private static let maximumQueuedFrames = 1024

    init?(connection: WebSocketConnection, descriptor: Int32, upgrade: OpaquePointer, early: [UInt8]) {
        self.connection = connection
        self.descriptor = descriptor
        self.upgrade = upgrade
        self.early = early[...]
        var callbacks = wslay_event_callbacks()
        callbacks.recv_callback = receiveCallback
        callbacks.send_callback = sendCallback
        callbacks.on_frame_recv_start_callback = frameStartCallback
        callbacks.on_msg_recv_callback = messageCallback
        let own = Unmanaged.passUnretained(self).toOpaque()
        guard wslay_event_context_server_init(&context, &callbacks, own) == 0 else { return nil }
        wslay_event_config_set_max_recv_msg_length(context, UInt64(connection.limits.maximumMessageBytes))
    }

    deinit {
        if let context { wslay_event_context_free(context) }
    }

    var deadline: UInt64? {
        if case .draining(let rest) = phase { rest.deadline } else { closeDeadline }
    }

    var interest: Readiness {
        if case .draining = phase { return .read }
        var interest: Readiness = []
        let mayRead = wslay_event_get_read_enabled(context) != 0 && !connection.isPaused
        if mayRead && wslay_event_get_queued_msg_count(context) < Self.maximumQueuedFrames { interest.insert(.read) }
        if wslay_event_want_write(context) != 0 { interest.insert(.write) }
        return interest
    }

    func advance(_ readiness: Readiness) -> Bool {
        if case .draining(let rest) = phase { return rest.advance(readiness) }
        // Paused, it would be woken for ever without reading the end.
        if readiness.contains(.hangUp) && connection.isPaused { return false }
        queueOutbox()
        if readiness.contains(.read) || !early.isEmpty { readFrames() }
        queueOutbox()
        sendFrames()
        connection.reportUnsent(bytes: wslay_event_get_queued_msg_length(context))
        if isLost { return false }
        if awaitedClose != nil { startCloseTimer() }
        if wslay_event_get_close_sent(context) == 0 || wslay_event_want_write(context) != 0 { return true }
        if wslay_event_get_read_enabled(context) == 0 { return drain() }
        startCloseTimer()
        return true
    }

    /// The client did not answer our close frame in time, or did not close after both.
    func expire() -> Bool { false }

    func leave() {
        connection.ended(close)
        // libmicrohttpd owns the socket and closes it.
        roost_mhd_close_upgraded(upgrade)
    }

    private func startCloseTimer() {
        guard closeDeadline == nil else { return }
        closeDeadline = DispatchTime.now().uptimeNanoseconds + UInt64(connection.limits.closeTimeoutSeconds) * 1_000_000_000
    }

    /// Both sides have said what they had to say. Our half is closed, and what still comes is dropped, so that the
    /// close frame is not lost to a reset.
    private func drain() -> Bool {
        connection.ended(close)
        guard shutdown(descriptor, writeDirection) == 0 else { return false }
        phase = .draining(LingeringSocket(descriptor) { _ in })
        return true
    }

    private var close: WebSocketClose {
        if let clientClose, ourClose == nil {
            return WebSocketClose(code: clientClose.code, reason: clientClose.reason, byClient: true)
        }
        if let ourClose { return WebSocketClose(code: ourClose.code, reason: ourClose.reason, byClient: false) }
        if wslay_event_get_close_sent(context) != 0 {
            return WebSocketClose(code: wslay_event_get_status_code_sent(context), reason: "", byClient: false)
        }
        return WebSocketClose(code: 1006, reason: "", byClient: true)
    }

    private func queueOutbox() {
        for outgoing in connection.takeOutbox() {
            switch outgoing {
            case .message(.text(let text)): queue(WSLAY_TEXT_FRAME, Array(text.utf8))
            case .message(.binary(let data)): queue(WSLAY_BINARY_FRAME, Array(data))
            case .close(let code, let reason): awaitedClose = (code, reason)
            }
        }
    }

    /// wslay sends control frames before all else; a close that was asked for after messages goes out after them.
    private func sendFrames() {
        if !isLost && wslay_event_send(context) != 0 { isLost = true }
        guard let close = awaitedClose, !isLost, wslay_event_get_queued_msg_count(context) == 0 else { return }
        awaitedClose = nil
        queueClose(close.code, reason: close.reason)
        if wslay_event_send(context) != 0 { isLost = true }
    }

    private func queue(_ opcode: wslay_opcode, _ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { buffer in
            var message = wslay_event_msg(opcode: UInt8(opcode.rawValue), msg: buffer.baseAddress, msg_length: buffer.count)
            // Refused only once a close frame is queued: then nothing may follow it (RFC 6455, 5.5.1).
            _ = wslay_event_queue_msg(context, &message)
        }
    }

    private func queueClose(_ code: UInt16, reason: String) {
        let bytes = Array(reason.utf8.prefix(123))
        if wslay_event_queue_close(context, code, bytes, bytes.count) == 0 && clientClose == nil { ourClose = (code, reason) }
    }

    private func readFrames() {
        readBudget = Self.bytesPerTurn
        if wslay_event_recv(context) != 0 { isLost = true }
    }

    /// wslay asks for bytes; nil means that there are none now.
    fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int? {
        if connection.isPaused || readBudget <= 0 { return nil }
        if !early.isEmpty {
            let count = min(early.count, buffer.count)
            buffer.copyBytes(from: early.prefix(count))
            early = early.dropFirst(count)
            return count
        }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 {
                readBudget -= count
                return count
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return nil }
            isLost = true
            return 0
        }
    }

    /// wslay has bytes to send; nil means that the socket takes none now.
    fileprivate func write(_ buffer: UnsafeRawBufferPointer) -> Int? {
        while true {
            let count = Foundation.send(descriptor, buffer.baseAddress, buffer.count, noSignal)
            if count >= 0 { return count }
            if errno == EINTR { continue }
            if errno == EAGAIN { return nil }
            isLost = true
            return 0
        }
    }

    fileprivate func frameStarts(payloadBytes: UInt64) {
        guard payloadBytes > UInt64(connection.limits.maximumFrameBytes) else { return }
        queueClose(1009, reason: "")
        wslay_event_shutdown_read(context)
    }

    fileprivate func received(_ message: wslay_event_on_msg_recv_arg) {
        // After our own error close wslay may still hand over the message that was too long.
        guard ourClose?.code != 1009 else { return }
        let bytes = UnsafeBufferPointer(start: message.msg, count: message.msg_length)
        switch UInt32(message.opcode) {
        case WSLAY_TEXT_FRAME.rawValue: connection.events.onMessage(connection, .text(String(decoding: bytes, as: UTF8.self)))
        case WSLAY_BINARY_FRAME.rawValue: connection.events.onMessage(connection, .binary(Data(bytes)))
        case WSLAY_CONNECTION_CLOSE.rawValue:
            // The first two bytes of the body are the code; without them it is 1005 (RFC 6455, 7.1.5).
            let code = message.status_code == 0 ? 1005 : message.status_code
            clientClose = (code, String(decoding: bytes.dropFirst(2), as: UTF8.self))
        default: connection.events.onControlFrame(connection)
        }
    }
}

private func session(_ pointer: UnsafeMutableRawPointer?) -> WebSocketSession {
    Unmanaged<WebSocketSession>.fromOpaque(pointer!).takeUnretainedValue()
}

private let receiveCallback: wslay_event_recv_callback = { context, buffer, length, _, user in
    let count = session(user).read(into: UnsafeMutableRawBufferPointer(start: buffer, count: length))
    guard let count, count > 0 else {
        wslay_event_set_error(context, Int32(count == nil ? WSLAY_ERR_WOULDBLOCK.rawValue : WSLAY_ERR_CALLBACK_FAILURE.rawValue))
        return -1
    }
    return count
}

private let sendCallback: wslay_event_send_callback = { context, bytes, length, _, user in
    let count = session(user).write(UnsafeRawBufferPointer(start: bytes, count: length))
    guard let count, count > 0 else {
        wslay_event_set_error(context, Int32(count == nil ? WSLAY_ERR_WOULDBLOCK.rawValue : WSLAY_ERR_CALLBACK_FAILURE.rawValue))
        return -1
    }
    return count
}

private let frameStartCallback: wslay_event_on_frame_recv_start_callback = { _, frame, user in
    if let frame { session(user).frameStarts(payloadBytes: frame.pointee.payload_length) }
}

private let messageCallback: wslay_event_on_msg_recv_callback = { _, message, user in
    if let message { session(user).received(message.pointee) }
}
