import Foundation
import StoreEngine

/// `roost store snapshot`: a copy of a running or stopped store as a data directory of its own.
struct StoreSnapshotCommand {
    var options: StoreSnapshotOptions

    func run() async throws {
        let snapshot = try await StoreSource(options).snapshot(to: options.target)
        Console.print("roost store snapshot: \(snapshot.summary)")
    }
}

/// `roost store restore`: a snapshot in the place of a stopped store's data.
struct StoreRestoreCommand {
    var options: StoreRestoreOptions

    func run() throws(Failure) {
        do {
            let bytes = try StoreEngine.restore(options.snapshot, to: options.directory)
            Console.print("roost store restore: \(bytes) bytes in \(options.directory.relativePath)")
        } catch {
            throw Failure(opening: options.directory.relativePath, error)
        }
    }
}

/// `roost store fork`: a snapshot of a store, and a second store on it.
struct StoreForkCommand {
    var options: StoreForkOptions

    func run() async throws {
        let snapshot = try await StoreSource(options.source).snapshot(to: options.source.target)
        Console.print("roost store fork: \(snapshot.summary)")
        var fork = options.store
        fork.data = .directory(options.source.target)
        try await StoreCommand(options: fork).run()
    }
}

extension Snapshot {
    var summary: String {
        "\(bytes) bytes in \(path), \(method == "clone" ? "cloned" : "copied") in \(milliseconds) ms"
    }
}
