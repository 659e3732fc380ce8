import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Reads what one environment's process prints, line by line, and tells each line to the log sink and to the invocation's log.
///
/// Whoever finishes an invocation drains the pipe first: what the function wrote before its answer is in that invocation's log,
/// however slow the reader is. One lock orders lines of the process and of the platform.
final class FunctionOutput: Sendable {
    /// The limit of one event in CloudWatch Logs; a longer line goes on in the next event.
    static let maximumLineBytes = 262_144

    private struct State {
        var descriptor: Int32?
        var partial: [UInt8] = []
        var log: InvocationLog?
        var source: (any DispatchSourceRead)?
    }

    private static let queue = DispatchQueue(label: "roost.function-output")

    private let functionName: String
    private let sink: FunctionLogSink
    private let state = Mutex(State())

    init(functionName: String, sink: @escaping FunctionLogSink) {
        self.functionName = functionName
        self.sink = sink
    }

    /// Takes over the reading end of a pipe that does not block, and closes it in ``finish()``.
    func read(from descriptor: Int32) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: Self.queue)
        source.setEventHandler { [weak self] in self?.drain() }
        source.setCancelHandler { close(descriptor) }
        let handle = SendableSource(source)
        state.withLock { state in
            state.descriptor = descriptor
            state.source = handle.source
        }
        source.activate()
    }

    /// From here on lines belong to this invocation.
    func begin(_ log: InvocationLog) {
        state.withLock { state in
            drain(&state)
            state.log = log
        }
    }

    /// The invocation that lines belong to.
    var log: InvocationLog? { state.withLock { $0.log } }

    /// Reads what is there.
    func drain() {
        state.withLock { drain(&$0) }
    }

    /// A line of the service's own.
    func platform(_ text: String) {
        state.withLock { state in
            drain(&state)
            flush(&state)
            tell(text, .platform, state)
        }
    }

    /// Reads the rest and closes. A descendant that lives on in a group of its own loses its output.
    func finish() {
        state.withLock { state in
            drain(&state)
            flush(&state)
            state.descriptor = nil
            state.source?.cancel()
            state.source = nil
        }
    }

    private func drain(_ state: inout sending State) {
        guard let descriptor = state.descriptor else { return }
        withUnsafeTemporaryAllocation(byteCount: 16_384, alignment: 1) { buffer in
            while true {
                let count = systemRead(descriptor, buffer)
                guard count > 0 else {
                    // The end: nobody holds the other side any more. Left open for `finish`, but no longer watched.
                    if count == 0 { state.source?.cancel(); state.source = nil; state.descriptor = nil }
                    return
                }
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]), &state)
                if count < buffer.count { return }
            }
        }
    }

    private func take(_ bytes: UnsafeRawBufferPointer, _ state: inout State) {
        var rest = bytes[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            state.partial.append(contentsOf: rest[..<end])
            rest = rest[(end + 1)...]
            tellPartial(&state)
        }
        state.partial.append(contentsOf: rest)
        if state.partial.count >= Self.maximumLineBytes { tellPartial(&state) }
    }

    private func flush(_ state: inout State) {
        if !state.partial.isEmpty { tellPartial(&state) }
    }

    private func tellPartial(_ state: inout State) {
        if state.partial.last == UInt8(ascii: "\r") { state.partial.removeLast() }
        tell(String(decoding: state.partial, as: UTF8.self), .function, state)
        state.partial.removeAll(keepingCapacity: state.partial.capacity < 65_536)
    }

    private func tell(_ text: String, _ source: FunctionLogLine.Source, _ state: borrowing State) {
        state.log?.append(text.utf8)
        sink(FunctionLogLine(functionName: functionName, requestID: state.log?.requestID, source: source, text: text))
    }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 || errno != EINTR { return count }
    }
}

/// `@unchecked Sendable`: a dispatch source may be cancelled from any thread (Dispatch's own promise).
private struct SendableSource: @unchecked Sendable {
    let source: any DispatchSourceRead

    init(_ source: any DispatchSourceRead) {
        self.source = source
    }
}
