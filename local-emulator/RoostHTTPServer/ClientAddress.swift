import CMicroHTTPD
import Foundation

/// Where a request came from: an IPv4 or IPv6 address without its port. Its text is made when it is asked for.
struct ClientAddress: Sendable {
    private let address: roost_client_address

    init(_ connection: OpaquePointer) {
        address = roost_mhd_client_address(connection)
    }

    private init(_ address: roost_client_address) {
        self.address = address
    }

    static let loopback = ClientAddress(
        roost_client_address(family: AF_INET, bytes: (127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

    /// Empty where the socket has none.
    var text: String {
        guard address.family != 0 else { return "" }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { buffer in
            withUnsafePointer(to: address.bytes) { bytes in
                inet_ntop(address.family, bytes, buffer.baseAddress, socklen_t(buffer.count)).map { String(cString: $0) } ?? ""
            }
        }
    }
}
