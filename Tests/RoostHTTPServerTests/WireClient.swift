import Foundation

/// A TCP client that knows no HTTP library: it sends the bytes it is given and reads what comes.
final class WireClient {
    let descriptor: Int32
    private var unread: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        var call: String
        var code = errno
        var description: String { "\(call): \(String(cString: strerror(code)))" }
    }

    struct Answer {
        var statusLine: String
        var headers: [(name: String, value: String)]
        var body: String

        func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(call: "connect") }
        // A server that never answers must fail the test, not hang it.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) throws {
        try send(bytes: Array(text.utf8))
    }

    func send(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(call: "send") }
            rest = rest.dropFirst(count)
        }
    }

    /// The next bytes; empty at the end of the connection.
    func receive() throws -> [UInt8] {
        if !unread.isEmpty {
            defer { unread = [] }
            return unread
        }
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count >= 0 else { throw Failure(call: "recv") }
        return Array(buffer.prefix(count))
    }

    func receiveExactly(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let next = try receive()
            if next.isEmpty { throw Failure(call: "end of connection after \(bytes.count) of \(count) bytes") }
            bytes += next
        }
        unread = Array(bytes[count...])
        return Array(bytes[..<count])
    }

    func receiveToEnd() throws -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let next = try receive()
            if next.isEmpty { return bytes }
            bytes += next
        }
    }

    func receiveHead() throws -> Answer {
        var bytes: [UInt8] = []
        while true {
            if let range = Data(bytes).range(of: Data("\r\n\r\n".utf8)) {
                unread = Array(bytes[range.upperBound...])
                return parse(head: String(decoding: bytes[..<range.lowerBound], as: UTF8.self))
            }
            let next = try receive()
            if next.isEmpty { throw Failure(call: "end of connection inside of a head of \(bytes.count) bytes") }
            bytes += next
        }
    }

    func receiveAnswer(hasBody: Bool = true) throws -> Answer {
        var answer = try receiveHead()
        if hasBody, let length = answer.header("Content-Length").flatMap({ Int($0) }) {
            answer.body = String(decoding: try receiveExactly(length), as: UTF8.self)
        }
        return answer
    }

    private func parse(head: String) -> Answer {
        let lines = head.components(separatedBy: "\r\n")
        let headers = lines.dropFirst().map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (name: String(parts[0]), value: parts.count > 1 ? parts[1].trimmingCharacters(in: .whitespaces) : "")
        }
        return Answer(statusLine: lines[0], headers: headers, body: "")
    }
}
