import Foundation
import LambdaEvents

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// In the X-Ray daemon's place: a UDP socket on a free port of loopback.
final class UDPReceiver: Sendable {
    private let descriptor: Int32
    let port: UInt16

    struct Failure: Error {
        var code: Int32
    }

    init() throws {
        #if canImport(Glibc)
            descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        #else
            descriptor = socket(AF_INET, SOCK_DGRAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let code = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0 ? 0 : errno
        }
        guard code == 0 else { throw Failure(code: code) }
        port = UInt16(bigEndian: address.sin_port)
    }

    deinit { close(descriptor) }

    var address: String { "127.0.0.1:\(port)" }

    /// All that has arrived, which on loopback is all that was sent.
    func datagrams() -> [String] {
        var found: [String] = []
        var buffer = [UInt8](repeating: 0, count: 70_000)
        while true {
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return found }
            found.append(String(decoding: buffer[..<count], as: UTF8.self))
        }
    }

    /// The documents behind the protocol's header, which each datagram must have.
    func documents() throws -> [JSONValue] {
        try datagrams().map { datagram in
            let header = "{\"format\":\"json\",\"version\":1}\n"
            guard datagram.hasPrefix(header) else { throw Failure(code: 0) }
            return try JSONDecoder().decode(JSONValue.self, from: Data(datagram.dropFirst(header.count).utf8))
        }
    }
}
