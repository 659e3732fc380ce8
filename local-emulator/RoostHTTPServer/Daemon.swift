import CMicroHTTPD
import Foundation

/// A running libmicrohttpd daemon and the server that its callbacks lead to.
///
/// `@unchecked Sendable`: both pointers never change, and ``HTTPServer`` calls ``stop()`` once, guarded by its state.
final class Daemon: @unchecked Sendable {
    private let daemon: OpaquePointer
    private let core: Unmanaged<ServerCore>

    init(core: ServerCore, listening: ListeningSocket) throws(HTTPServerError) {
        let configuration = core.configuration
        // Above the limit there is room to answer 503; libmicrohttpd itself would let the client hang.
        let room = max(16, configuration.connectionLimit / 8)
        var settings = roost_mhd_settings(
            listen_socket: listening.descriptor, connection_limit: UInt32(configuration.connectionLimit + room),
            connection_memory_bytes: configuration.connectionMemoryBytes,
            idle_timeout_seconds: UInt32(configuration.idleTimeoutSeconds), threads: UInt32(configuration.threads))
        let reference = Unmanaged.passRetained(core)
        let started = roost_mhd_start(
            &settings, reference.toOpaque(), accessCallback, uriCallback, completedCallback, connectionCallback)
        guard let started else {
            let code = errno
            // The listening socket is libmicrohttpd's by now, and closed by it.
            reference.release()
            throw .system(call: "MHD_start_daemon", errno: code)
        }
        self.daemon = started
        self.core = reference
    }

    /// Nothing may be suspended or upgraded any more.
    func stop() {
        MHD_stop_daemon(daemon)
        core.release()
    }
}

private func server(_ pointer: UnsafeMutableRawPointer?) -> ServerCore {
    Unmanaged<ServerCore>.fromOpaque(pointer!).takeUnretainedValue()
}

/// The only place that sees the target as it came: the access callback's is decoded and cut at NUL.
/// What it returns is the request's context in the callbacks that follow.
private let uriCallback: roost_mhd_uri_callback = { cls, uri, connection in
    guard let uri, let connection else { return nil }
    let request = PendingRequest(core: server(cls), connection: connection, target: String(cString: uri))
    // It parses the query next, into the connection's memory, and at the end of that stops serving the connection without an
    // answer (0.9.75, some 900 arguments). Nobody here asks for its arguments, so it is left an empty query.
    if let mark = strchr(uri, 0x3F) { mark[1] = 0 }
    return Unmanaged.passRetained(request).toOpaque()
}

private let accessCallback: MHD_AccessHandlerCallback = { _, _, _, method, version, upload, uploadSize, context in
    guard let pointer = context?.pointee, let uploadSize else { return .NO }
    let request = Unmanaged<PendingRequest>.fromOpaque(pointer).takeUnretainedValue()
    let chunk = UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee)
    guard let left = request.advance(method: method, version: version, chunk: chunk) else { return .NO }
    uploadSize.pointee = left
    return .YES
}

private let completedCallback: MHD_RequestCompletedCallback = { _, _, context, _ in
    guard let pointer = context?.pointee else { return }
    context?.pointee = nil
    Unmanaged<PendingRequest>.fromOpaque(pointer).takeRetainedValue().finish()
}

private let connectionCallback: MHD_NotifyConnectionCallback = { cls, _, _, event in
    let change = event == .CONNECTION_NOTIFY_STARTED ? 1 : -1
    server(cls).connectionCount.wrappingAdd(change, ordering: .relaxed)
}
