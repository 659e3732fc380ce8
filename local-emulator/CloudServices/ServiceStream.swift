internal import Foundation
internal import Synchronization

/// An answer's body that is made while it is sent. Bounded: who makes it waits for who reads it.
///
/// No call blocks; what is called back is called without a lock, on the caller's thread.
package final class ServiceStream: Sendable {
    package enum Piece: Sendable, Equatable {
        case bytes(Int)
        /// `ready` is called when there is more.
        case later
        case end
    }

    private struct State {
        var buffer = Data()
        var hasEnded = false
        var isClosed = false
        /// The reader's call when there is something, the writer's when there is room.
        var ready: (@Sendable () -> Void)?
        var resume: (@Sendable () -> Void)?

        var hasRoom: Bool { buffer.count < ServiceStream.capacity }
    }

    /// Above this the writer waits; one write may go beyond it.
    static let capacity = 256 * 1024

    private let state = Mutex(State())

    package init() {}

    /// False where there is no room: nothing is taken, and `resume` is called once there is. When the reader is gone, what is
    /// written is dropped.
    func write(_ bytes: @autoclosure () -> Data, resume: @escaping @Sendable () -> Void) -> Bool {
        let (isTaken, ready) = state.withLock { state in
            if state.isClosed { return (true, State().ready) }
            guard state.hasRoom else {
                state.resume = resume
                return (false, nil)
            }
            state.buffer.append(bytes())
            defer { state.ready = nil }
            return (true, state.ready)
        }
        ready?()
        return isTaken
    }

    /// The last bytes, whether there is room or not.
    func end(_ bytes: Data) {
        let ready = state.withLock { state in
            if !state.isClosed { state.buffer.append(bytes) }
            state.hasEnded = true
            defer { state.ready = nil }
            return state.ready
        }
        ready?()
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer, ready: @escaping @Sendable () -> Void) -> Piece {
        let (piece, resume) = state.withLock { state -> (Piece, (@Sendable () -> Void)?) in
            guard !state.buffer.isEmpty else {
                if state.hasEnded { return (.end, nil) }
                state.ready = ready
                return (.later, nil)
            }
            let count = min(buffer.count, state.buffer.count)
            buffer.copyBytes(from: state.buffer.prefix(count))
            // Copied: a slice that is appended to keeps what was dropped from it.
            state.buffer = Data(state.buffer.dropFirst(count))
            guard state.hasRoom else { return (.bytes(count), nil) }
            defer { state.resume = nil }
            return (.bytes(count), state.resume)
        }
        resume?()
        return piece
    }

    /// Nobody reads any more.
    package func close() {
        let resume = state.withLock { state in
            state.isClosed = true
            state.buffer = Data()
            state.ready = nil
            defer { state.resume = nil }
            return state.resume
        }
        resume?()
    }
}
