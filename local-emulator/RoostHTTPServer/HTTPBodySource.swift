import CMicroHTTPD
import Foundation
import Synchronization

/// An answer's body that is made while it is sent, in chunks (RFC 9112, 7.1).
///
/// `read` comes on a thread of the server and must not block.
package protocol HTTPBodySource: AnyObject, Sendable {
    /// Fills the buffer from its start.
    ///
    /// - Parameter ready: to be called once, on any thread, after ``HTTPBodyPiece/later``.
    func read(into buffer: UnsafeMutableRawBufferPointer, ready: @escaping @Sendable () -> Void) -> HTTPBodyPiece
    /// Nobody reads any more: the client is gone, or has it all.
    func close()
}

package enum HTTPBodyPiece: Sendable {
    /// More than none.
    case bytes(Int)
    case later
    case end
    /// The connection is broken off, so that the client does not take what it has for the whole.
    case failed
}

/// A streamed answer in libmicrohttpd's hands.
///
/// `@unchecked Sendable`: `connection` never changes; it is used on libmicrohttpd's thread, and from others only to resume it,
/// under `state`'s lock while it is suspended and so alive.
final class OutgoingStream: @unchecked Sendable {
    private enum State {
        case reading
        /// `ready` came before the connection was suspended.
        case ready
        case suspended
        case stopped
    }

    private let source: any HTTPBodySource
    private let connection: OpaquePointer
    private let state = Mutex(State.reading)

    /// The most that is asked of the source at a time.
    static let blockBytes = 32 * 1024

    init(_ source: any HTTPBodySource, on connection: OpaquePointer) {
        self.source = source
        self.connection = connection
    }

    /// libmicrohttpd's next call for bytes: their number, 0 to wait, or one of its two ends.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        while true {
            let isStopped = state.withLock { state in
                if case .stopped = state { return true }
                state = .reading
                return false
            }
            if isStopped { return -2 }
            switch source.read(into: buffer, ready: { [self] in becameReady() }) {
            case .bytes(let count): return count
            case .end: return -1  // MHD_CONTENT_READER_END_OF_STREAM
            case .failed: return -2  // MHD_CONTENT_READER_END_WITH_ERROR
            case .later: if suspend() { return 0 }
            }
        }
    }

    /// False where it is to be tried again at once.
    private func suspend() -> Bool {
        state.withLock { state in
            guard case .reading = state else { return false }
            state = .suspended
            MHD_suspend_connection(connection)
            return true
        }
    }

    private func becameReady() {
        state.withLock { state in
            switch state {
            case .reading: state = .ready
            case .suspended:
                state = .reading
                MHD_resume_connection(connection)
            case .ready, .stopped: break
            }
        }
    }

    /// The server stops: a suspended connection would make libmicrohttpd abort the process.
    func stop() {
        state.withLock { state in
            if case .suspended = state { MHD_resume_connection(connection) }
            state = .stopped
        }
    }

    /// The connection is gone.
    func close() {
        state.withLock { $0 = .stopped }
        source.close()
    }
}

/// Hands the head to libmicrohttpd, and what it gets the body from.
func queueStream(_ head: HTTPResponse, _ stream: OutgoingStream, on connection: OpaquePointer) -> Bool {
    let made = MHD_create_response_from_callback(
        UInt64.max, OutgoingStream.blockBytes,
        { context, _, buffer, size in
            guard let context, let buffer else { return -2 }
            return Unmanaged<OutgoingStream>.fromOpaque(context).takeUnretainedValue()
                .read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size))
        }, Unmanaged.passRetained(stream).toOpaque(),
        { context in
            guard let context else { return }
            Unmanaged<OutgoingStream>.fromOpaque(context).takeRetainedValue().close()
        })
    guard let made else { return false }
    defer { MHD_destroy_response(made) }
    guard (200...599).contains(head.status), addFields(head.headers, to: made) else { return false }
    return MHD_queue_response(connection, UInt32(head.status), made) == .YES
}
