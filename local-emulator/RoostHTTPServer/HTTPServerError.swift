import Foundation

/// Why a server could not start.
package enum HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
    case portInUse(host: String, port: UInt16)
    case portNotAllowed(host: String, port: UInt16)
    /// Neither an IPv4 nor an IPv6 address, nor `localhost`, or not an address of this machine.
    case unusableHost(String)
    /// Another call of the system failed.
    case system(call: String, errno: Int32)
    case alreadyStarted

    package var description: String {
        switch self {
        case .portInUse(let host, let port): "port \(port) on \(host) is in use"
        case .portNotAllowed(let host, let port): "no permission to listen on port \(port) of \(host)"
        case .unusableHost(let host): "cannot listen on \"\(host)\": not an address of this machine"
        case .system(let call, let errno): "\(call) failed: \(String(cString: strerror(errno))) (errno \(errno))"
        case .alreadyStarted: "the server was started before"
        }
    }
}
