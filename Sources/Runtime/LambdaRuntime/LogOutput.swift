internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A descriptor that log lines go to, each in one piece.
final class LogOutput: Sendable {
    private let descriptor: Mutex<Int32>

    /// Lambda takes both standard streams as the function's log; this one is not buffered by us.
    static let standard = LogOutput(descriptor: STDOUT_FILENO)

    init(descriptor: Int32) {
        self.descriptor = Mutex(descriptor)
    }

    /// One write(2) with line and newline. The lock keeps lines whole where a pipe takes a long one in parts.
    func write(line: String) {
        let bytes = Array(line.utf8) + [UInt8(ascii: "\n")]
        descriptor.withLock { descriptor in
            bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while !rest.isEmpty {
                    let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else if errno != EINTR {
                        return  // Nobody reads the log any more: there is no one to tell.
                    }
                }
            }
        }
    }
}

private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    write(descriptor, buffer.baseAddress, buffer.count)
}
