internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A descriptor that log records go to, each in one piece.
final class LogOutput: Sendable {
    let descriptor: Int32
    let isFramed: Bool
    private let lock = Mutex(())

    /// The function's log. Lambda takes both standard streams for it; a managed runtime's process is given a descriptor of
    /// its own, named by `_LAMBDA_TELEMETRY_LOG_FD`, over which records of several lines stay one.
    static let standard = LogOutput(
        telemetryDescriptor: getenv("_LAMBDA_TELEMETRY_LOG_FD").flatMap { Int32(String(cString: $0)) })

    /// Standard output in place of a descriptor that is not open, to which every record would be lost.
    convenience init(telemetryDescriptor: Int32?) {
        if let telemetryDescriptor, fcntl(telemetryDescriptor, F_GETFD) != -1 {
            self.init(descriptor: telemetryDescriptor, isFramed: true)
        } else {
            self.init(descriptor: STDOUT_FILENO)
        }
    }

    init(descriptor: Int32, isFramed: Bool = false) {
        self.descriptor = descriptor
        self.isFramed = isFramed
    }

    /// One line as it is.
    func write(line: String) {
        writeWhole(Array(line.utf8) + [UInt8(ascii: "\n")])
    }

    func write(_ record: [UInt8], _ format: LambdaLogFormat, _ level: LambdaLog.Level, _ timestamp: LogTimestamp) {
        if isFramed {
            writeWhole(Self.frame(record, format, level, timestamp))
        } else {
            var line = Self.oneLine(record)
            line.append(UInt8(ascii: "\n"))
            writeWhole(line)
        }
    }

    /// A carriage return for each line break: on a standard stream each line would be a record of its own, while CloudWatch
    /// shows a carriage return as a line break within one. The Node.js and the Python runtime do the same.
    static func oneLine(_ record: [UInt8]) -> [UInt8] {
        guard record.contains(UInt8(ascii: "\n")) else { return record }
        var line: [UInt8] = []
        line.reserveCapacity(record.count)
        for byte in record {
            if byte != UInt8(ascii: "\n") {
                line.append(byte)
            } else if line.last != UInt8(ascii: "\r") {
                line.append(UInt8(ascii: "\r"))
            }
        }
        return line
    }

    /// Type, length, microseconds since 1970, all big-endian, then the record. The type's lowest bit is set for text; the bits
    /// from the third on are the level, from 1 for trace: awslambdaric's `FramedTelemetryLogSink` and `_JSON_FRAME_TYPES`, the
    /// Node.js runtime's `TelemetryLogger`.
    static func frame(
        _ record: [UInt8], _ format: LambdaLogFormat, _ level: LambdaLog.Level, _ timestamp: LogTimestamp
    ) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(record.count + 16)
        let type = 0xA55A_0002 | UInt32(level.severity + 1) << 2 | (format == .text ? 1 : 0)
        for shift in stride(from: 24, through: 0, by: -8) { frame.append(UInt8(truncatingIfNeeded: type >> UInt32(shift))) }
        for shift in stride(from: 24, through: 0, by: -8) { frame.append(UInt8(truncatingIfNeeded: record.count >> shift)) }
        for shift in stride(from: 56, through: 0, by: -8) {
            frame.append(UInt8(truncatingIfNeeded: timestamp.microseconds >> Int64(shift)))
        }
        return frame + record
    }

    /// One write(2). The lock keeps records whole where a pipe takes a long one in parts.
    private func writeWhole(_ bytes: [UInt8]) {
        lock.withLock { _ in
            bytes.withUnsafeBytes { buffer in
                var rest = buffer[...]
                while !rest.isEmpty {
                    let count = systemWrite(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                    if count > 0 {
                        rest = rest.dropFirst(count)
                    } else if errno == EAGAIN {
                        // Somebody made the stream non-blocking: half a line is worse than a wait.
                        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                        poll(&waiting, 1, 1000)
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
