import CRoostZlib

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// Unpacks gzip and zlib data.
public enum Inflate {
    /// A function's event is at most 6 MB, so 4.5 MB of gzip; log lines shrink ten to twenty times. What unpacks to more than
    /// this is no batch of log lines but an attack on memory.
    public static let defaultLimit = 64 << 20

    /// The unpacked bytes; what follows a whole gzip member is ignored.
    ///
    /// - Throws: ``InflateError``.
    public static func bytes(of data: Data, limit: Int = defaultLimit) throws(InflateError) -> Data {
        let stream = try InflateStream()
        return try stream.unpack(data, limit: limit)
    }
}

public enum InflateError: Error, Sendable, Equatable {
    /// Neither gzip nor zlib, or damaged: zlib's message.
    case damaged(String)
    /// The data ends before its end mark.
    case incomplete
    /// More than so many bytes would come out.
    case tooLarge(limit: Int)
    case outOfMemory
}

/// The owner of one `z_stream`.
private struct InflateStream: ~Copyable {
    /// On the heap, because zlib keeps a pointer to it.
    private let stream: UnsafeMutablePointer<z_stream>

    init() throws(InflateError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard roost_inflate_init(stream) == Z_OK else {
            stream.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    func unpack(_ data: Data, limit: Int) throws(InflateError) -> Data {
        var input = [UInt8](data)
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        var output = Data()
        var status = Z_OK
        // Both pointers are valid to the end of the closures; zlib is not called outside of them.
        input.withUnsafeMutableBufferPointer { input in
            stream.pointee.next_in = input.baseAddress
            stream.pointee.avail_in = UInt32(clamping: input.count)
            while status == Z_OK, output.count <= limit {
                chunk.withUnsafeMutableBufferPointer { chunk in
                    stream.pointee.next_out = chunk.baseAddress
                    stream.pointee.avail_out = UInt32(chunk.count)
                    status = inflate(stream, Z_NO_FLUSH)
                    output.append(chunk.baseAddress!, count: chunk.count - Int(stream.pointee.avail_out))
                }
            }
        }
        guard output.count <= limit else { throw .tooLarge(limit: limit) }
        switch status {
        case Z_STREAM_END: return output
        case Z_BUF_ERROR: throw .incomplete
        case Z_MEM_ERROR: throw .outOfMemory
        default: throw .damaged(stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)")
        }
    }
}
