import CRoostMemory
import DynamoDBEndpoint
import EmulatorClock
import Foundation
import RoostHTTPServer
import RoostSQLite
import StoreEngine

/// `roost store`: the DynamoDB-compatible store alone.
struct StoreCommand {
    var options: StoreOptions

    func run() async throws {
        let signals = StopSignals()
        let clock = SystemClock()
        let authentication = options.verifiesSignatures ? try SignatureKeys().authentication(clock) : .anySignature
        let store = try StoreEngine(options.data, clock: clock, durability: options.durability)
        let endpoint = DynamoDBFront(DynamoDBEndpoint(store: store), authentication: authentication)
        let snapshots = SnapshotEndpoint(store: store)
        let server = HTTPServer(.awsEndpoint(host: options.host, port: options.port)) { request, exchange in
            if SnapshotEndpoint.takes(request) { return snapshots.answer(request, exchange) }
            endpoint.serve(request, exchange)
        }
        defer {
            server.stop()
            store.close()
        }
        let port = try server.startNaming("--port")
        // An IPv6 address stands in brackets (RFC 3986, 3.2.2).
        let url = "http://\(options.host.contains(":") ? "[\(options.host)]" : options.host):\(port)"
        try RunningStore.leaveNote(endpoint: url, in: options.data)
        defer { RunningStore.removeNote(in: options.data) }
        let place = options.data.described(options.durability)
        Console.print("roost store: DynamoDB on \(url) (\(place)); press Ctrl-C to stop")
        // Not at once: whoever waited for the line above asks now, and would wait for the pages.
        let settled = clock.after(seconds: 1) { roost_give_back_program_pages() }
        defer { settled.cancel() }
        await signals.wait()
    }
}

extension StoreEngine {
    convenience init(
        _ data: DataLocation, clock: any EmulatorClock, durability: Durability = .full
    ) throws(Failure) {
        do {
            try self.init(location: data.folder.map { .directory($0) } ?? .inMemory, clock: clock, durability: durability)
        } catch {
            throw Failure(opening: data.folder?.relativePath ?? "", error)
        }
    }
}

extension DataLocation: CustomStringConvertible {
    var description: String {
        switch self {
        case .directory(let folder): "data in \(folder.relativePath)"
        case .inMemory: "nothing on disk"
        }
    }

    /// With what is less than full.
    func described(_ durability: Durability) -> String {
        description + (durability == .relaxed && self != .inMemory ? ", durability relaxed" : "")
    }

    /// nil in memory.
    var folder: URL? {
        if case .directory(let folder) = self { folder } else { nil }
    }
}

extension HTTPServer.Configuration {
    /// The largest body is DynamoDB's 16 MB batch, with room for JSON's quotes and Base64. Several threads, so that a large
    /// Scan does not hold up whoever asks for one item.
    ///
    /// libmicrohttpd clears a connection's memory for each request: 16 KB have room for every SDK's headers, and leave the
    /// processor's first cache to the work.
    static func awsEndpoint(host: String, port: UInt16) -> HTTPServer.Configuration {
        var configuration = HTTPServer.Configuration(
            host: host, port: port, maximumBodyBytes: 24 * 1024 * 1024, connectionMemoryBytes: 16 * 1024,
            threads: max(2, min(ProcessInfo.processInfo.activeProcessorCount, 4)))
        configuration.tooLarge = HTTPResponse(
            status: 413, headers: ["Content-Type": "application/json"],
            body: Data("{\"__type\":\"RequestEntityTooLarge\",\"message\":\"Request size exceeded 24 MB\"}".utf8))
        return configuration
    }
}

extension HTTPServer {
    /// Starts, and names the option to change where the port is taken.
    func startNaming(_ option: String) throws(Failure) -> UInt16 {
        do {
            return try start()
        } catch .portInUse(let host, let port) {
            throw Failure("port \(port) on \(host) is in use; choose another with \(option), or \(option) 0 for a free one")
        } catch {
            throw Failure("\(error)")
        }
    }
}
