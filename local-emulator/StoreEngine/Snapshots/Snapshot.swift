package import Foundation
internal import RoostSQLite

/// A snapshot that was made: a directory with a store's file, to be opened as a data directory of its own.
package struct Snapshot: Sendable, Equatable, Codable {
    package var path: String
    package var bytes: Int
    /// `clone` where the file system shares the blocks, `copy` elsewhere.
    package var method: String
    package var milliseconds: Int
}

extension StoreEngine {
    /// Makes a directory with the store as its last commit left it. Reads and writes go on meanwhile; a store in memory,
    /// which has one connection, makes them wait.
    ///
    /// It blocks the caller's thread for as long as the copy takes. The directory appears under its name when all of it is
    /// on the disk, and never otherwise.
    ///
    /// - Parameter target: a path where nothing is, in a directory that exists.
    /// - Throws: ``SnapshotError``, or SQLite's error: of a full disk, for one.
    package func snapshot(to target: URL) throws -> Snapshot {
        try SnapshotDirectory(target: target).make { file in
            guard let path, let lock else {
                try readers.read { database in try database.copy(to: file) }
                try FileStep.sync(file)
                return .copy
            }
            return try StoreCopy(source: path, lock: lock).run(to: file)
        }
    }

    /// The same of a store that no process has open.
    ///
    /// - Throws: ``SQLiteFileLockError`` when one has.
    package static func snapshot(ofDirectory directory: URL, to target: URL) throws -> Snapshot {
        let source = try StoppedStore(directory)
        return try SnapshotDirectory(target: target).make { file in try source.copy(to: file) }
    }
}

/// A store on the disk that this process holds the lock of, and nobody has open.
struct StoppedStore {
    let path: String
    private let lock: SQLiteFileLock

    init(_ directory: URL) throws {
        path = StoreEngine.file(in: directory)
        guard FileManager.default.fileExists(atPath: path) else { throw StoreOpenError.noStore(directory: directory.path) }
        lock = try SQLiteFileLock(path: path)
        // A copy of what can be read would hide what cannot.
        try OpeningCheck.log(path, .full)
    }

    func copy(to file: String) throws -> StoreCopy.Method {
        try StoreCopy(source: path, lock: lock).run(to: file)
    }
}

/// The directory of a snapshot while it is being made: `.NAME.partial` beside the target, with a lock in it, so that a new
/// attempt throws away what a killed one left.
struct SnapshotDirectory {
    let target: URL

    private var partial: URL { target.deletingLastPathComponent().appendingPathComponent(".\(target.lastPathComponent).partial") }

    func make(_ copy: (_ file: String) throws -> StoreCopy.Method) throws -> Snapshot {
        let start = ContinuousClock.now
        try checkPlace()
        try FileStep.makeDirectory(partial.path)
        let file = StoreEngine.file(in: partial)
        let lock = try takeLock(file)
        return try withExtendedLifetime(lock) {
            do {
                try empty()
                let method = try copy(file)
                let bytes = FileStep.size(file)
                try FileStep.sync(partial.path)
                try checkPlace()
                try FileStep.rename(partial.path, to: target.path)
                try FileStep.sync(target.deletingLastPathComponent().path)
                let elapsed = start.duration(to: .now) / .milliseconds(1)
                return Snapshot(path: target.path, bytes: bytes, method: method.rawValue, milliseconds: Int(elapsed))
            } catch {
                // What cannot be removed is thrown away by the next attempt; the cause is worth more than this failure.
                try? FileManager.default.removeItem(at: partial)
                throw error
            }
        }
    }

    private func takeLock(_ file: String) throws -> SQLiteFileLock {
        do throws(SQLiteFileLockError) {
            return try SQLiteFileLock(path: file)
        } catch {
            guard case .heldByAnotherProcess = error else { throw error }
            throw SnapshotError.inProgress(path: target.path)
        }
    }

    private func checkPlace() throws(SnapshotError) {
        var isDirectory: ObjCBool = false
        let parent = target.deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: parent, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw .noParent(path: parent)
        }
        guard !FileManager.default.fileExists(atPath: target.path) else { throw .targetExists(path: target.path) }
    }

    private func empty() throws(SnapshotError) {
        let file = StoreEngine.file(in: partial)
        for end in ["", "-wal", "-shm", "-journal"] { try FileStep.remove(file + end) }
    }
}
