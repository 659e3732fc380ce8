import CMicroHTTPD
import Foundation

/// Hands an answer to libmicrohttpd. An answer that HTTP has no form for (its status, a line break in a field) becomes
/// a 500 which says so.
///
/// - Returns: false where even that was not taken; the connection is then broken off.
func queueResponse(_ response: HTTPResponse, on connection: OpaquePointer) -> Bool {
    guard let made = makeResponse(response) else {
        let text = "The answer has a status or a header field that HTTP does not allow.\n"
        let fallback = HTTPResponse(status: 500, headers: ["Content-Type": "text/plain"], body: Data(text.utf8))
        return makeResponse(fallback).map { queue($0, status: 500, on: connection) } ?? false
    }
    return queue(made, status: response.status, on: connection)
}

private func queue(_ response: OpaquePointer, status: Int, on connection: OpaquePointer) -> Bool {
    defer { MHD_destroy_response(response) }
    return MHD_queue_response(connection, UInt32(status), response) == .YES
}

/// Hands the answer 101 to libmicrohttpd, which then hands the socket to the request.
func queueUpgrade(_ headers: HTTPHeaders, on connection: OpaquePointer) -> Bool {
    let made = MHD_create_response_for_upgrade(
        { _, _, context, extra, extraSize, socket, handle in
            guard let context, let handle else { return }
            let early = UnsafeRawBufferPointer(start: extra, count: extraSize)
            Unmanaged<PendingRequest>.fromOpaque(context).takeUnretainedValue()
                .upgraded(socket, handle: handle, early: Array(early))
        }, nil)
    guard let made else { return false }
    guard addFields(headers, to: made) else {
        MHD_destroy_response(made)
        return false
    }
    return queue(made, status: 101, on: connection)
}

private func makeResponse(_ response: HTTPResponse) -> OpaquePointer? {
    guard (200...599).contains(response.status) else { return nil }
    let made = response.content.withUnsafeBytes { body in
        // Copied: the pointer is const in effect, though not in the signature.
        MHD_create_response_from_buffer(
            body.count, UnsafeMutableRawPointer(mutating: body.baseAddress), .RESPMEM_MUST_COPY)
    }
    guard let made else { return nil }
    guard addFields(response.headers, to: made) else {
        MHD_destroy_response(made)
        return nil
    }
    return made
}

/// libmicrohttpd frames the body itself, so a given Content-Length or Transfer-Encoding is left out.
func addFields(_ headers: HTTPHeaders, to response: OpaquePointer) -> Bool {
    headers.allSatisfy { name, value in
        if strcasecmp(name, "Content-Length") == 0 || strcasecmp(name, "Transfer-Encoding") == 0 { return true }
        // An empty value is allowed in HTTP (RFC 9110, 5.5) but not by libmicrohttpd's call.
        guard value.pointee != 0 else { return MHD_add_response_header(response, name, " ") == .YES }
        return MHD_add_response_header(response, name, value) == .YES
    }
}

/// An answer as it stands on the wire, after which the connection closes.
func wireBytes(of response: HTTPResponse) -> [UInt8] {
    let reason = MHD_get_reason_phrase_for(UInt32(response.status)).map { String(cString: $0) } ?? ""
    var head = "HTTP/1.1 \(response.status) \(reason)\r\n"
    for field in response.headers.fields { head += "\(field.name): \(field.value)\r\n" }
    head += "Content-Length: \(response.content.count)\r\nConnection: close\r\n\r\n"
    return Array(head.utf8) + response.content
}
