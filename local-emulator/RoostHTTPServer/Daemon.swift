import CMicroHTTPD
import Foundation
import Synchronization

/// A running libmicrohttpd daemon, which is one thread with its connections, and the server that its callbacks lead to.
///
/// `@unchecked Sendable`: the pointers never change. ``serve(_:from:length:)`` may come from any thread, as `MHD_add_connection`
/// takes the daemon's own lock; ``HTTPServer`` calls ``stop()`` once, guarded by its `state`, when its ``Acceptor`` has left.
final class Daemon: @unchecked Sendable {
    private let daemon: OpaquePointer
    private let core: Unmanaged<ServerCore>
    private let load: Unmanaged<Load>

    /// The connections that a daemon has, and of all of its server's.
    fileprivate final class Load: Sendable {
        let core: ServerCore
        let connections = Atomic<Int>(0)

        init(_ core: ServerCore) {
            self.core = core
        }

        func change(by count: Int) {
            connections.wrappingAdd(count, ordering: .relaxed)
            core.connectionCount.wrappingAdd(count, ordering: .relaxed)
        }
    }

    init(core: ServerCore) throws(HTTPServerError) {
        let configuration = core.configuration
        // Above the limit there is room to answer 503; libmicrohttpd itself would break the connection off.
        let room = max(16, configuration.connectionLimit / 8)
        var settings = roost_mhd_settings(
            connection_limit: UInt32(configuration.connectionLimit + room),
            connection_memory_bytes: configuration.connectionMemoryBytes,
            idle_timeout_seconds: UInt32(configuration.idleTimeoutSeconds))
        let reference = Unmanaged.passRetained(core)
        let load = Unmanaged.passRetained(Load(core))
        let started = roost_mhd_start(
            &settings, reference.toOpaque(), accessCallback, uriCallback, completedCallback, connectionCallback, load.toOpaque())
        guard let started else {
            let code = errno
            reference.release()
            load.release()
            throw .system(call: "MHD_start_daemon", errno: code)
        }
        self.daemon = started
        self.core = reference
        self.load = load
    }

    var connectionCount: Int { load.takeUnretainedValue().connections.load(ordering: .relaxed) }

    /// Serves an accepted socket, which it closes in every case.
    func serve(_ descriptor: Int32, from address: UnsafePointer<sockaddr>, length: socklen_t) {
        let load = load.takeUnretainedValue()
        load.change(by: 1)
        if MHD_add_connection(daemon, descriptor, address, length) != .YES { load.change(by: -1) }
    }

    /// Nothing may be suspended or upgraded any more, and no socket be given to it.
    func stop() {
        MHD_stop_daemon(daemon)
        core.release()
        load.release()
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
    guard let cls, event == .CONNECTION_NOTIFY_CLOSED else { return }
    Unmanaged<Daemon.Load>.fromOpaque(cls).takeUnretainedValue().change(by: -1)
}
