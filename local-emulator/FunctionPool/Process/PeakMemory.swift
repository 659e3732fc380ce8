import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The largest resident set of a process so far.
enum PeakMemory {
    /// `VmHWM` of /proc/<pid>/status in kilobytes; nil where the process is gone or there is no such file system.
    ///
    /// Not `ru_maxrss` of the reaped process: Linux counts the emulator's own memory in it, as the child's image before exec.
    static func kilobytes(ofProcess id: pid_t) -> Int? {
        let file = open("/proc/\(id)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
            let count = read(file, buffer.baseAddress, buffer.count)
            guard count > 0 else { return nil }
            return number(after: Array("VmHWM:".utf8), in: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    static func number(after key: [UInt8], in text: UnsafeRawBufferPointer) -> Int? {
        for line in text.split(separator: UInt8(ascii: "\n")) where line.starts(with: key) {
            let digits = line.dropFirst(key.count).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            return Int(String(decoding: digits.prefix { (48...57).contains($0) }, as: UTF8.self))
        }
        return nil
    }
}
