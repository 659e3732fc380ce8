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

private func bytes(_ start: UnsafePointer<CChar>?, _ length: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : length).assumingMemoryBound(to: UInt8.self)
}
