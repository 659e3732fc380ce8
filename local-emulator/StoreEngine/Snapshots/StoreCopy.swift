internal import Foundation
internal import RoostSQLite

/// Copies a store's file as it is at one commit, while its writer goes on.
///
/// A clone shares its blocks with the original and takes no time that grows with it. It is of two files, so a read
/// transaction stands around both: as long as it does, no checkpoint moves a commit that is younger than it into the
/// database, and no frame that the database has not is overwritten in the log. What the log got meanwhile is whole commits
/// and perhaps the beginning of one, which opening the copy drops. Elsewhere SQLite's backup copies page by page out of its
/// own read transaction.
struct StoreCopy {
    enum Method: String, Sendable { case clone, copy }

    let source: String
    let lock: SQLiteFileLock

    /// - Parameter target: a path where nothing is.
    /// - Returns: how it was done; the copy is one synced file without a log.
    func run(to target: String) throws -> Method {
        let database = try SQLiteDatabase(.file(source), access: .readOnly)
        if try database.readTransaction({ try clone(database, to: target) }) {
            try settle(target)
            return .clone
        }
        try database.copy(to: target)
        try FileStep.sync(target)
        return .copy
    }

    private func clone(_ database: SQLiteDatabase, to target: String) throws -> Bool {
        // BEGIN takes no snapshot yet; the first read does.
        _ = try database.first("SELECT count(*) FROM sqlite_schema") { $0.integer(0) }
        guard lock.cloneDatabase(to: target) else { return false }
        let log = source + "-wal"
        guard FileManager.default.fileExists(atPath: log) else { return true }
        guard FileClone.clone(log, to: target + "-wal") else {
            try FileStep.remove(target)
            return false
        }
        return true
    }

    /// Brings what the log has into the one file.
    private func settle(_ target: String) throws {
        _ = try SQLiteDatabase(.file(target)).emptyLog()
        for end in ["-wal", "-shm"] { try FileStep.remove(target + end) }
        try FileStep.sync(target)
    }
}

/// Calls of the file system, whose failures name the call and the path.
enum FileStep {
    static func makeDirectory(_ path: String) throws(SnapshotError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure("mkdir", path) }
    }

    /// Both on one file system. What was under the new name goes in the same moment.
    static func rename(_ path: String, to newPath: String) throws(SnapshotError) {
        guard Foundation.rename(path, newPath) == 0 else { throw failure("rename", path) }
    }

    static func remove(_ path: String) throws(SnapshotError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure("unlink", path) }
    }

    /// A file, or a directory, whose entries are then on the disk too.
    static func sync(_ path: String) throws(SnapshotError) {
        let code = FileClone.sync(path)
        guard code == 0 else { throw .fileSystem(call: "fsync", path: path, reason: String(cString: strerror(code))) }
    }

    static func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    private static func failure(_ call: String, _ path: String) -> SnapshotError {
        .fileSystem(call: call, path: path, reason: String(cString: strerror(errno)))
    }
}
