import Foundation
import RoostHTTPServer
import RoostSQLite
import StoreEngine
import Synchronization

/// `POST /_roost/snapshot` with `{"target": "/an/absolute/path"}`: makes a snapshot of the running store in a directory of
/// that name, which must not exist. The answer is `{"path", "bytes", "method", "milliseconds"}`, or `{"message"}`.
///
/// It writes to the disk of this machine, so it hears this machine alone, and no web page that a browser on it shows.
final class SnapshotEndpoint: Sendable {
    static let path = "/_roost/snapshot"

    struct Request: Codable {
        var target: String
    }

    struct Refusal: Codable {
        var message: String
    }

    private let store: StoreEngine
    private let isBusy = Mutex(false)

    init(store: StoreEngine) {
        self.store = store
    }

    static func takes(_ request: HTTPRequest) -> Bool { request.target == path }

    func answer(_ request: HTTPRequest, _ exchange: HTTPExchange) {
        guard request.method == "POST" else {
            return refuse(405, "\(request.method) is not supported here; only POST is", exchange)
        }
        guard Self.isLocal(request.remoteAddress), request.headers["Origin"] == nil else {
            return refuse(403, "snapshots are for programs on the store's own machine", exchange)
        }
        guard let asked = try? JSONDecoder().decode(Request.self, from: request.body), asked.target.hasPrefix("/") else {
            return refuse(400, "the body is {\"target\": \"/an/absolute/path\"}", exchange)
        }
        // One at a time: each reads all of the file.
        guard
            isBusy.withLock({ busy in
                defer { busy = true }; return !busy
            })
        else {
            return refuse(409, "another snapshot of this store is being made", exchange)
        }
        // A thread of its own, for as long as the copy takes: neither the server's nor the cooperative pool's.
        let thread = Thread { [self] in
            make(URL(fileURLWithPath: asked.target, isDirectory: true), exchange)
            isBusy.withLock { $0 = false }
        }
        thread.name = "roost.store.snapshot"
        thread.start()
    }

    private func make(_ target: URL, _ exchange: HTTPExchange) {
        do {
            let snapshot = try store.snapshot(to: target)
            // A path, two numbers and a word always encode.
            let body = (try? JSONEncoder().encode(snapshot)) ?? Data()
            exchange.respond(HTTPResponse(status: 200, headers: ["Content-Type": "application/json"], body: body))
        } catch let error as SnapshotError {
            refuse(error.isOfTheCaller ? 409 : 500, "\(error)", exchange)
        } catch {
            refuse(500, "\(error)", exchange)
        }
    }

    private func refuse(_ status: Int, _ message: String, _ exchange: HTTPExchange) {
        let body = (try? JSONEncoder().encode(Refusal(message: message))) ?? Data()  // a text always encodes
        exchange.respond(HTTPResponse(status: status, headers: ["Content-Type": "application/json"], body: body))
    }

    private static func isLocal(_ address: String) -> Bool {
        address.hasPrefix("127.") || address == "::1" || address.hasPrefix("::ffff:127.")
    }
}

extension SnapshotError {
    fileprivate var isOfTheCaller: Bool {
        switch self {
        case .targetExists, .noParent, .inProgress: true
        case .fileSystem, .damagedSnapshot, .sameDirectory: false
        }
    }
}
