import Foundation
import RoostHTTPClient
import RoostSQLite
import StoreEngine

/// The store that a snapshot is of: the process at a port, or a directory, with or without a process that has it open.
struct StoreSource {
    private let place: StoreSnapshotOptions.Source

    init(_ options: StoreSnapshotOptions) {
        place = options.source
    }

    func snapshot(to target: URL) async throws -> Snapshot {
        switch place {
        case .port(let host, let port):
            // An IPv6 address stands in brackets (RFC 3986, 3.2.2).
            return try await ask("http://\(host.contains(":") ? "[\(host)]" : host):\(port)", for: target)
        case .directory(let directory):
            do {
                return try await offPool { Result { try StoreEngine.snapshot(ofDirectory: directory, to: target) } }.get()
            } catch let error as SQLiteFileLockError {
                guard case .heldByAnotherProcess = error else { throw Failure(opening: directory.relativePath, error) }
                guard let endpoint = RunningStore.endpoint(in: .directory(directory)) else {
                    throw Failure("\(error), which does not say where it listens; name its port with --port")
                }
                return try await ask(endpoint, for: target)
            } catch {
                throw Failure(opening: directory.relativePath, error)
            }
        }
    }

    /// Lets the process that serves `endpoint` make the snapshot: it alone may read its file while it writes.
    private func ask(_ endpoint: String, for target: URL) async throws -> Snapshot {
        let body = try JSONEncoder().encode(SnapshotEndpoint.Request(target: target.path))
        // No time limit: a copy takes as long as the store is large.
        let request = HTTPClientRequest(
            method: "POST", url: endpoint + SnapshotEndpoint.path, headers: [("Content-Type", "application/json")], body: body,
            timeout: nil)
        let response: HTTPClientResponse
        do {
            response = try await HTTPClient().send(request)
        } catch {
            throw Failure("no store answers at \(endpoint): \(error)")
        }
        if response.status == 200, let snapshot = try? JSONDecoder().decode(Snapshot.self, from: response.body) {  // said below
            return snapshot
        }
        let refusal = try? JSONDecoder().decode(SnapshotEndpoint.Refusal.self, from: response.body)  // of another server
        throw Failure(refusal?.message ?? "what answers at \(endpoint) (status \(response.status)) is no roost store")
    }
}
