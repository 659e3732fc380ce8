#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif
internal import Synchronization

/// A request's body that tasks write while an ``HTTPConnection`` sends it. It is bounded: a writer waits for a slow reader.
///
/// ```
/// open ──finish──▶ finished
///   └──── the request ends before ────▶ abandoned
/// ```
package final class HTTPBodyChannel: Sendable {
    /// libcurl asks for up to 64 KB at a time.
    package static let defaultCapacity = 64 << 10
    /// Names and values of all trailers together: libcurl keeps 64 KiB for them (DYN_TRAILERS) and fails the request above.
    package static let maximumTrailerBytes = 60 << 10

    fileprivate enum Phase {
        case open
        case finished
        case abandoned(HTTPBodyAbandoned)
    }

    fileprivate enum Reader {
        case running
        /// It found nothing and waits to be told.
        case paused
        /// There is something again; it was told.
        case resumable
    }

    /// A write that did not fit. Where its task was cancelled after some of it had been taken, nobody waits for the rest any
    /// more; it stays, so that the body has no hole.
    fileprivate struct WaitingWrite {
        var id: Int
        var rest: Data
        var isTouched = false
        var continuation: CheckedContinuation<Void, any Error>?
    }

    fileprivate struct State {
        var buffer: ByteRing
        var waiting: [WaitingWrite] = []
        var nextID = 0
        var phase = Phase.open
        var trailers: [(name: String, value: String)] = []
        var reader = Reader.running
        var connection: HTTPInterruption?
    }

    private let state: Mutex<State>

    /// - Parameter capacity: bytes that were written and not yet sent; above it writers wait.
    package init(capacity: Int = HTTPBodyChannel.defaultCapacity) {
        state = Mutex(State(buffer: ByteRing(capacity: max(1, capacity))))
    }

    /// Returns when all of `bytes` has found room. Writes of several tasks do not mix.
    ///
    /// - Throws: ``HTTPBodyFinished``, ``HTTPBodyAbandoned``, or `CancellationError` where the task is cancelled and there is no
    ///   room: what was not begun is then not written.
    package func write(_ bytes: Data) async throws {
        let id = try state.withLock { try $0.begin(bytes) }
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { $0.wait(id, bytes, continuation, isCancelled: Task.isCancelled) }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            state.withLock { $0.cancel(id) }?.resume(throwing: CancellationError())
        }
    }

    /// Writes without waiting: false where `bytes` do not fit as a whole, and nothing of them is written then.
    package func writeIfRoom(_ bytes: Data) throws -> Bool {
        try state.withLock { try $0.begin(bytes) == nil }
    }

    /// The body ends with what was written. Later writes fail; a second call changes nothing.
    ///
    /// - Throws: ``HTTPClientError/invalidRequest(_:)`` for trailers that cannot be sent; the body is still open then.
    package func finish(trailers: [(name: String, value: String)] = []) throws(HTTPClientError) {
        for field in trailers { try checkSyntax(of: field) }
        // Each with ": " and a line end.
        let bytes = trailers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        guard bytes <= Self.maximumTrailerBytes else {
            throw .invalidRequest("the trailers have \(bytes) bytes, of at most \(Self.maximumTrailerBytes)")
        }
        state.withLock { state in
            guard case .open = state.phase else { return }
            state.phase = .finished
            state.trailers = trailers
            state.wakeReader()
        }
    }

    /// Bytes that a write has returned for and that were not taken yet.
    package var bufferedBytes: Int { state.withLock(\.buffer.count) }

    /// Writes that wait for room.
    package var waitingWrites: Int { state.withLock { $0.waiting.count { $0.continuation != nil } } }
}

/// ``HTTPBodyChannel/finish(trailers:)`` was called before.
package struct HTTPBodyFinished: Error, Equatable {}

/// The request is over, so that nobody reads its body any more.
package struct HTTPBodyAbandoned: Error, Equatable {
    /// What the server answered before the body's end; nil where the connection was lost or given up.
    package var status: Int?

    package init(status: Int? = nil) {
        self.status = status
    }
}

// MARK: The reader's side, on the connection's thread

extension HTTPBodyChannel {
    enum Chunk: Equatable {
        case bytes(Int)
        /// Nothing now: the connection is woken when there is.
        case later
        case end
    }

    /// - Parameter connection: what to wake; nil when the connection has done with the channel.
    func attach(_ connection: HTTPInterruption?) {
        state.withLock { $0.connection = connection }
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Chunk {
        let (chunk, written) = state.withLock { state -> (Chunk, [CheckedContinuation<Void, any Error>]) in
            let count = state.buffer.read(into: buffer)
            let written = state.refill()
            if count > 0 { return (.bytes(count), written) }
            guard case .open = state.phase else { return (.end, written) }
            state.reader = .paused
            return (.later, written)
        }
        written.forEach { $0.resume() }
        return chunk
    }

    /// What stands behind the body: known once ``read(into:)`` said that it ends.
    var trailers: [(name: String, value: String)] {
        state.withLock { if case .finished = $0.phase { $0.trailers } else { [] } }
    }

    /// Whether a reader that paused has to go on.
    func takeResumption() -> Bool {
        state.withLock { state in
            defer { if case .resumable = state.reader { state.reader = .running } }
            return state.reader == .resumable
        }
    }

    /// Nobody reads any more: whoever writes is told. Only the first reason is kept.
    package func abandon(_ reason: HTTPBodyAbandoned) {
        let waiting = state.withLock { state in
            switch state.phase {
            case .abandoned: return [WaitingWrite]()
            case .finished where state.waiting.isEmpty: break
            case .open, .finished: state.phase = .abandoned(reason)
            }
            state.buffer = ByteRing(capacity: 1)
            state.wakeReader()
            defer { state.waiting = [] }
            return state.waiting
        }
        waiting.forEach { $0.continuation?.resume(throwing: reason) }
    }
}

// MARK: Transitions

extension HTTPBodyChannel.State {
    /// Takes bytes that fit at once; otherwise says under which id they wait.
    fileprivate mutating func begin(_ bytes: Data) throws -> Int? {
        try check()
        if waiting.isEmpty, bytes.count <= buffer.room {
            _ = bytes.withUnsafeBytes { buffer.append($0) }
            if !bytes.isEmpty { wakeReader() }
            return nil
        }
        defer { nextID += 1 }
        return nextID
    }

    /// The outcome where there is nothing to wait for after all.
    fileprivate mutating func wait(
        _ id: Int, _ bytes: Data, _ continuation: CheckedContinuation<Void, any Error>, isCancelled: Bool
    ) -> Result<Void, any Error>? {
        if isCancelled { return .failure(CancellationError()) }
        do { try check() } catch { return .failure(error) }
        waiting.append(.init(id: id, rest: bytes, continuation: continuation))
        wakeReader()
        // The reader may have made room since.
        let written = refill()
        return written.isEmpty ? nil : .success(())
    }

    fileprivate mutating func cancel(_ id: Int) -> CheckedContinuation<Void, any Error>? {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        let continuation = waiting[index].continuation
        if waiting[index].isTouched {
            waiting[index].continuation = nil
        } else {
            waiting.remove(at: index)
        }
        return continuation
    }

    /// Moves what waits into the room there is, and returns who is done.
    fileprivate mutating func refill() -> [CheckedContinuation<Void, any Error>] {
        var done: [CheckedContinuation<Void, any Error>] = []
        while !waiting.isEmpty, buffer.room > 0 {
            let taken = waiting[0].rest.withUnsafeBytes { buffer.append($0) }
            waiting[0].rest = waiting[0].rest.dropFirst(taken)
            waiting[0].isTouched = true
            guard waiting[0].rest.isEmpty else { break }
            if let continuation = waiting.removeFirst().continuation { done.append(continuation) }
        }
        return done
    }

    private func check() throws {
        switch phase {
        case .open: break
        case .finished: throw HTTPBodyFinished()
        case .abandoned(let reason): throw reason
        }
    }

    fileprivate mutating func wakeReader() {
        guard reader == .paused else { return }
        reader = .resumable
        connection?.wake()
    }
}
