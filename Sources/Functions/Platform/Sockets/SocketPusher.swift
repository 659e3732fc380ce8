package import AWSClients
#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FunctionToolkit

/// Sends frames to people's sockets by `@connections`, and forgets sockets that are gone.
package struct SocketPusher: Sendable {
    /// What became of one push to all sockets of one person.
    package struct Outcome: Sendable, Equatable {
        /// How many sockets took it.
        package var taken = 0
        /// Sockets that may be there but did not answer as they should; trying again may help.
        package var failures: [String] = []

        package init(taken: Int = 0, failures: [String] = []) {
            self.taken = taken
            self.failures = failures
        }
    }

    /// A socket that answers 410 may be one whose `$connect` is still running: API Gateway gives that 29 seconds.
    static let connectingSeconds: Double = 30
    /// Pushes at once: far below the connections that one HTTP client keeps.
    private static let parallelPushes = 16

    private let time: TimeSource
    private let sockets: ConnectionRepository
    private let connections: ConnectionsClient

    package init(store: PlatformStore, connections: ConnectionsClient) {
        time = store.time
        sockets = ConnectionRepository(store: store)
        self.connections = connections
    }

    /// Sends one frame's text to one socket.
    package func push(
        _ text: String, to connectionID: String, user: String, organization: String
    ) async throws -> Outcome {
        let target = Target(user: user, connection: connectionID, text: text)
        return try await push([target], organization: organization)[user] ?? Outcome()
    }

    /// Sends each user's own frame to all of their sockets.
    ///
    /// - Parameters:
    ///   - sockets: connection ids by user id.
    ///   - frame: makes a user's frame.
    /// - Returns: outcomes by user id.
    package func push(
        to sockets: [String: [String]], organization: String, frame: (String) -> Frame
    ) async throws -> [String: Outcome] {
        var targets: [Target] = []
        for (user, connections) in sockets.sorted(by: { $0.key < $1.key }) {
            let text = frame(user).text
            targets += connections.map { Target(user: user, connection: $0, text: text) }
        }
        return try await push(targets, organization: organization)
    }

    private struct Target: Sendable {
        var user: String
        var connection: String
        var text: String
    }

    private enum Result: Sendable {
        case taken
        case gone
        case failed(String)
    }

    private func push(_ targets: [Target], organization: String) async throws -> [String: Outcome] {
        let results = try await concurrently(targets, limit: Self.parallelPushes) { target in
            try await send(target, organization: organization)
        }
        var outcomes: [String: Outcome] = [:]
        for (target, result) in zip(targets, results) {
            switch result {
            case .taken: outcomes[target.user, default: Outcome()].taken += 1
            case .gone: outcomes[target.user, default: Outcome()].taken += 0
            case .failed(let reason): outcomes[target.user, default: Outcome()].failures.append(reason)
            }
        }
        return outcomes
    }

    private func send(_ target: Target, organization: String) async throws -> Result {
        do {
            try await connections.post(Data(target.text.utf8), to: target.connection)
            return .taken
        } catch ConnectionError.gone {
            try await forget(target, organization: organization)
            return .gone
        } catch let error as CancellationError {
            throw error
        } catch let error as AWSServiceError where error.status == 400 || error.status == 413 {
            // No connection id, or a frame that is too long: the same call would be refused again.
            return .gone
        } catch {
            return .failed(ErrorCatalogue.logText(for: error))
        }
    }

    private func forget(_ target: Target, organization: String) async throws {
        let known = try await sockets.list(user: target.user, organization: organization)
        if let connection = known.first(where: { $0.connectionID == target.connection }),
            time.now.timeIntervalSince(connection.connectedAt) < Self.connectingSeconds
        {
            return
        }
        try await sockets.remove(target.connection, user: target.user, organization: organization)
    }
}
