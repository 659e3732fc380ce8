import Foundation

/// The client's side of RFC 6455, written down from its pictures: every frame is masked, nothing is checked.
final class WireWebSocket {
    let wire: WireClient

    struct Frame: Equatable {
        var opcode: UInt8
        var payload: [UInt8]

        /// Of a close frame.
        var code: Int { payload.count < 2 ? 1005 : Int(payload[0]) << 8 | Int(payload[1]) }
        var text: String { String(decoding: payload, as: UTF8.self) }
    }

    static let request =
        "GET /dev HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"

    let answer: WireClient.Answer

    init(port: UInt16, fields: String = "", query: String = "", with early: [UInt8] = []) throws {
        wire = try WireClient(port: port)
        let request = Self.request.replacingOccurrences(of: "GET /dev ", with: "GET /dev\(query) ")
        try wire.send(bytes: Array((request + fields + "\r\n").utf8) + early)
        answer = try wire.receiveHead()
    }

    static func frame(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true, masked: Bool = true) -> [UInt8] {
        var bytes: [UInt8] = [(final ? 0x80 : 0) | opcode]
        let mask: UInt8 = masked ? 0x80 : 0
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [mask | 127] + (0..<8).reversed().map { UInt8(truncatingIfNeeded: payload.count >> ($0 * 8)) }
        }
        guard masked else { return bytes + payload }
        let key: [UInt8] = [1, 2, 3, 4]
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }

    func send(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true) throws {
        try wire.send(bytes: Self.frame(opcode, payload, final: final))
    }

    func send(_ text: String) throws {
        try send(1, Array(text.utf8))
    }

    func receive() throws -> Frame {
        let head = try wire.receiveExactly(2)
        var length = Int(head[1] & 0x7F)
        if length == 126 { length = try wire.receiveExactly(2).reduce(0) { $0 << 8 | Int($1) } }
        if length == 127 { length = try wire.receiveExactly(8).reduce(0) { $0 << 8 | Int($1) } }
        return Frame(opcode: head[0] & 0x0F, payload: try wire.receiveExactly(length))
    }
}
