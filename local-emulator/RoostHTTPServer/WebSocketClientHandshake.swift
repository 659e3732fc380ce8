import CMicroHTTPD
import Foundation

/// The client's side of the opening handshake (RFC 6455, 4.1), over a blocking socket.
struct ClientHandshake {
    /// The longest answer's head that is read.
    private static let maximumHeadBytes = 16 * 1024
    private static let timeoutSeconds = 10

    var host: String
    var port: Int
    var target: String
    var headers: [(String, String)]

    func perform() throws -> WebSocketClient.Opening {
        let descriptor = try connect()
        do {
            try write(request(), to: descriptor)
            let head = try readHead(from: descriptor)
            let status = head.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) }
            guard let status else { throw WebSocketClient.Failure(description: "not an HTTP answer: \(head.prefix(80))") }
            guard status == 101 else {
                close(descriptor)
                return .refused(status: status)
            }
            return .open(WebSocketClient(descriptor: descriptor))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private func request() -> String {
        var nonce = Data()
        for _ in 0..<16 { nonce.append(UInt8.random(in: .min ... .max)) }
        var lines = [
            "GET \(target) HTTP/1.1", "Host: \(host):\(port)", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: \(nonce.base64EncodedString())",
        ]
        lines += headers.map { "\($0.0): \($0.1)" }
        return lines.joined(separator: "\r\n") + "\r\n\r\n"
    }

    private func connect() throws -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Self.streamType
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let list else {
            throw WebSocketClient.Failure(description: "no address for \(host)")
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(list.pointee.ai_family, list.pointee.ai_socktype, 0)
        guard descriptor >= 0 else { throw failure("socket") }
        var timeout = timeval(tv_sec: Self.timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        guard Foundation.connect(descriptor, list.pointee.ai_addr, list.pointee.ai_addrlen) == 0 else {
            let error = failure("connect to \(host):\(port)")
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// The constant is an enum with glibc and a number elsewhere.
    private static var streamType: Int32 {
        #if canImport(Glibc)
            Int32(SOCK_STREAM.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    private func write(_ text: String, to descriptor: Int32) throws {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { throw failure("send") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Byte by byte, so that no byte of the first frame is taken along.
    private func readHead(from descriptor: Int32) throws -> String {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while head.count < Self.maximumHeadBytes, !head.suffix(4).elementsEqual([13, 10, 13, 10]) {
            guard recv(descriptor, &byte, 1, 0) == 1 else { throw failure("the handshake's answer") }
            head.append(byte)
        }
        return String(decoding: head, as: UTF8.self)
    }

    private func failure(_ call: String) -> WebSocketClient.Failure {
        WebSocketClient.Failure(description: "\(call): \(String(cString: strerror(errno)))")
    }
}
