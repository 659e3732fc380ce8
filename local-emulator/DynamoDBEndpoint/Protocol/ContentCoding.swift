import CRoostZlib

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The content codings of HTTP that the service knows (RFC 9110, 8.4.1), by zlib.
enum ContentCoding: String {
    case gzip
    /// In HTTP this means the zlib format.
    case deflate

    /// The shortest answer that is packed for a client that accepts it, in bytes.
    ///
    /// Source: not documented; others measured it at the service.
    static let minimumBytes = 4096
    /// Fast, for the client is on the same machine or near.
    private static let level: Int32 = 1

    /// Nil where zlib has no memory left: the answer then goes out as it is.
    func pack(_ data: [UInt8]) -> [UInt8]? {
        var stream = z_stream()
        // 15 is the largest window; 16 more asks for gzip's head and end.
        guard roost_deflate_init(&stream, Self.level, self == .gzip ? 15 + 16 : 15) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        var input = data
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))))
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                return CRoostZlib.deflate(&stream, Z_FINISH)
            }
        }
        guard status == Z_STREAM_END else { return nil }
        return Array(output[..<Int(stream.total_out)])
    }
}

/// Unpacks the body of a request.
enum PackedBody {
    enum Failure: Error {
        /// Damaged, cut off or followed by something else.
        case broken
        case tooLarge
    }

    /// One gzip member or several behind one another (RFC 1952, 2.2).
    static func unpack(_ body: [UInt8], limit: Int) throws(Failure) -> [UInt8] {
        guard !body.isEmpty else { throw .broken }
        var input = body
        var output: [UInt8] = []
        let failure = input.withUnsafeMutableBufferPointer { input -> Failure? in
            var rest = input[...]
            while !rest.isEmpty {
                let consumed: Int
                do throws(Failure) {
                    consumed = try member(UnsafeMutableBufferPointer(rebasing: rest), into: &output, limit: limit)
                } catch {
                    return error
                }
                rest = rest.dropFirst(consumed)
            }
            return nil
        }
        if let failure { throw failure }
        return output
    }

    /// - Returns: how many bytes the member took.
    private static func member(
        _ input: UnsafeMutableBufferPointer<UInt8>, into output: inout [UInt8], limit: Int
    ) throws(Failure) -> Int {
        var stream = z_stream()
        guard roost_gunzip_init(&stream) == Z_OK else { throw .broken }
        defer { inflateEnd(&stream) }
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(clamping: input.count)
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let status = chunk.withUnsafeMutableBufferPointer { chunk in
                stream.next_out = chunk.baseAddress
                stream.avail_out = UInt32(chunk.count)
                let status = inflate(&stream, Z_NO_FLUSH)
                output.append(contentsOf: chunk.prefix(chunk.count - Int(stream.avail_out)))
                return status
            }
            guard output.count <= limit else { throw .tooLarge }
            switch status {
            case Z_OK: continue
            case Z_STREAM_END: return input.count - Int(stream.avail_in)
            default: throw .broken
            }
        }
    }
}
