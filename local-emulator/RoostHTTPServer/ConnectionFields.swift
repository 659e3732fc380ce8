import CMicroHTTPD
import Foundation

/// Every field of one kind, in order, duplicates kept.
func connectionFields(_ connection: OpaquePointer, _ kind: MHD_ValueKind) -> HTTPHeaders {
    var fields: [(name: String, value: String)] = []
    withUnsafeMutablePointer(to: &fields) { pointer in
        _ = MHD_get_connection_values_n(
            connection, kind,
            { context, _, name, nameLength, value, valueLength in
                let fields = context!.assumingMemoryBound(to: [(name: String, value: String)].self)
                fields.pointee.append((name: text(name, nameLength), value: text(value, valueLength)))
                return .YES
            }, pointer)
    }
    return HTTPHeaders(fields)
}

/// The client's address without its port; empty where the socket has none.
func clientAddress(_ connection: OpaquePointer) -> String {
    // INET6_ADDRSTRLEN, which counts the ending NUL.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { buffer in
        guard let start = buffer.baseAddress, roost_mhd_client_address(connection, start, 46) != 0 else { return "" }
        return String(cString: start)
    }
}

private func text(_ start: UnsafePointer<CChar>?, _ length: Int) -> String {
    let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length)
    return String(decoding: bytes, as: UTF8.self)
}
