import CMicroHTTPD
import Foundation

/// Every field of one kind, in order, duplicates kept.
func connectionFields(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> HTTPHeaders {
    var headers = HTTPHeaders()
    withUnsafeMutablePointer(to: &headers) { pointer in
        _ = MHD_get_connection_values_n(
            connection, kind,
            { context, _, name, nameLength, value, valueLength in
                let headers = context!.assumingMemoryBound(to: HTTPHeaders.self)
                headers.pointee.add(bytes(name, nameLength), bytes(value, valueLength))
                return .YES
            }, pointer)
    }
    return headers
}

/// The client's address without its port; empty where the socket has none.
func clientAddress(_ connection: OpaquePointer) -> String {
    // INET6_ADDRSTRLEN, which counts the ending NUL.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { buffer in
        guard let start = buffer.baseAddress, roost_mhd_client_address(connection, start, 46) != 0 else { return "" }
        return String(cString: start)
    }
}

private func bytes(_ start: UnsafePointer<CChar>?, _ length: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length).assumingMemoryBound(to: UInt8.self)
}
