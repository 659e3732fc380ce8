import CMicroHTTPD
import Foundation

/// A TCP socket that listens, bound by us and not by libmicrohttpd, so that a failure keeps its errno.
struct ListeningSocket {
    let descriptor: Int32
    let port: UInt16

    /// How many connections may wait to be accepted.
    private static let backlog: Int32 = 1024

    /// - Parameter port: 0 takes a free one.
    init(host: String, port: UInt16) throws(HTTPServerError) {
        let isV6 = host.contains(":")
        let descriptor = socket(isV6 ? AF_INET6 : AF_INET, Self.streamType, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        do throws(HTTPServerError) {
            try Self.prepare(descriptor)
            if isV6 {
                try Self.bindV6(descriptor, host: host, port: port)
            } else {
                try Self.bindV4(descriptor, host: host == "localhost" ? "127.0.0.1" : host, port: port)
            }
            guard listen(descriptor, Self.backlog) == 0 else { throw Self.bindError(errno, host: host, port: port) }
            self.port = try Self.boundPort(descriptor)
            self.descriptor = descriptor
        } catch {
            Foundation.close(descriptor)
            throw error
        }
    }

    func close() {
        Foundation.close(descriptor)
    }

    private static var streamType: Int32 {
        #if os(Linux)
            // Marked in one call, so that a child that is being spawned does not inherit it.
            Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        #else
            SOCK_STREAM
        #endif
    }

    /// Restarts must find their port free, children must not inherit it, and accepting must not block.
    private static func prepare(_ descriptor: Int32) throws(HTTPServerError) {
        var on: Int32 = 1
        guard setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw .system(call: "setsockopt", errno: errno)
        }
        guard fcntl(descriptor, F_SETFD, FD_CLOEXEC) == 0, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
            throw .system(call: "fcntl", errno: errno)
        }
    }

    private static func bindV4(_ descriptor: Int32, host: String, port: UInt16) throws(HTTPServerError) {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else { throw .unusableHost(host) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw bindError(errno, host: host, port: port) }
    }

    private static func bindV6(_ descriptor: Int32, host: String, port: UInt16) throws(HTTPServerError) {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        guard inet_pton(AF_INET6, host, &address.sin6_addr) == 1 else { throw .unusableHost(host) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard result == 0 else { throw bindError(errno, host: host, port: port) }
    }

    private static func bindError(_ code: Int32, host: String, port: UInt16) -> HTTPServerError {
        switch code {
        case EADDRINUSE: .portInUse(host: host, port: port)
        case EACCES: .portNotAllowed(host: host, port: port)
        case EADDRNOTAVAIL: .unusableHost(host)
        default: .system(call: "bind", errno: code)
        }
    }

    private static func boundPort(_ descriptor: Int32) throws(HTTPServerError) -> UInt16 {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let port: UInt16? = withUnsafeMutablePointer(to: &storage) { pointer in
            let result = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
            guard result == 0 else { return nil }
            // The port stands at the same place in both families' addresses.
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { UInt16(bigEndian: $0.pointee.sin_port) }
        }
        guard let port else { throw .system(call: "getsockname", errno: errno) }
        return port
    }
}
