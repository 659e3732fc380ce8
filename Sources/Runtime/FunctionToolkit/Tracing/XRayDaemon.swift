#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Synchronization

/// Sends segment documents to the X-Ray daemon, each as one datagram: it never waits, and what cannot be sent is lost.
///
/// Source: AWS X-Ray Developer Guide, "Sending trace data to AWS X-Ray", "Sending segment documents to the X-Ray daemon".
final class XRayDaemon: Sendable {
    /// A datagram over IPv4 holds 65,507 bytes; a segment document, 64 KB.
    static let maximumDatagramBytes = 65_507

    private static let header = #"{"format":"json","version":1}"# + "\n"
    private let descriptor: Int32
    /// A `sockaddr`.
    private let address: [UInt8]
    private let lost = Atomic(0)

    /// Documents that could not be sent.
    var lostDocuments: Int { lost.load(ordering: .relaxed) }

    /// Nil for what is no address: `host:port`, or `tcp:host:port udp:host:port`, whose `udp` part counts.
    ///
    /// A name is looked up here, once.
    init?(address text: String) {
        let parts = text.split(separator: " ")
        let udp = parts.first { $0.hasPrefix("udp:") }?.dropFirst("udp:".count) ?? (parts.count == 1 ? parts[0] : nil)
        guard let udp, let colon = udp.lastIndex(of: ":"), let port = UInt16(udp[udp.index(after: colon)...]) else { return nil }
        var host = udp[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, let found = Self.lookUp(String(host), port: port) else { return nil }
        guard case let descriptor = Self.makeSocket(found.family), descriptor >= 0 else { return nil }
        self.descriptor = descriptor
        address = found.address
    }

    deinit { close(descriptor) }

    /// - Returns: false for a document that is too long, which is then not sent.
    func send(_ document: String) -> Bool {
        let datagram = Array((Self.header + document).utf8)
        guard datagram.count <= Self.maximumDatagramBytes else { return false }
        let sent = datagram.withUnsafeBytes { datagram in
            address.withUnsafeBytes { address in
                sendto(
                    descriptor, datagram.baseAddress, datagram.count, Int32(MSG_DONTWAIT),
                    address.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
            }
        }
        if sent < 0 { lose() }
        return true
    }

    func lose() { lost.add(1, ordering: .relaxed) }

    private static func makeSocket(_ family: Int32) -> Int32 {
        #if canImport(Glibc)
            let type = Int32(SOCK_DGRAM.rawValue)
        #else
            let type = SOCK_DGRAM
        #endif
        let descriptor = socket(family, type, 0)
        // A process that the function starts has no use for it.
        if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        return descriptor
    }

    private static func lookUp(_ host: String, port: UInt16) -> (family: Int32, address: [UInt8])? {
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), nil, &list) == 0 else { return nil }
        defer { freeaddrinfo(list) }
        let found = sequence(first: list) { $0?.pointee.ai_next }.prefix { $0 != nil }.compactMap { $0?.pointee }
        // The daemon listens on IPv4 unless it was told otherwise; `localhost` is often both.
        guard let best = found.first(where: { $0.ai_family == AF_INET }) ?? found.first else { return nil }
        return (best.ai_family, Array(UnsafeRawBufferPointer(start: best.ai_addr, count: Int(best.ai_addrlen))))
    }
}
