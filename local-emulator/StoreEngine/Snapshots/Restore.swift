package import Foundation
internal import RoostSQLite

extension StoreEngine {
    /// Puts a snapshot, or any stopped store, in the place of a stopped store's data.
    ///
    /// At every moment, that of a crash too, the directory has either the old data or the new, whole. The snapshot is
    /// walked through before it replaces anything. Old data that SQLite cannot open any more is kept beside as
    /// `store.sqlite3.damaged`.
    ///
    /// - Parameter directory: made where it does not exist.
    /// - Returns: how many bytes the restored file has.
    /// - Throws: ``SQLiteFileLockError`` when a process has either open, ``SnapshotError``, or SQLite's error.
    package static func restore(_ snapshot: URL, to directory: URL) throws -> Int {
        guard snapshot.resolvingSymlinksInPath().standardizedFileURL != directory.resolvingSymlinksInPath().standardizedFileURL
        else { throw SnapshotError.sameDirectory(path: directory.path) }
        let source = try StoppedStore(snapshot)
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw StoreOpenError.cannotMakeDirectory(path: directory.path, reason: error.localizedDescription)
        }
        let path = file(in: directory)
        let lock = try SQLiteFileLock(path: path)
        return try withExtendedLifetime(lock) {
            let incoming = path + ".restoring"
            do {
                try clear(incoming)
                _ = try source.copy(to: incoming)
                try checkIncoming(incoming, from: snapshot)
                for end in ["-wal", "-shm"] { try FileStep.remove(incoming + end) }
                try settleOld(path)
                try FileStep.rename(incoming, to: path)
                try FileStep.sync(directory.path)
            } catch {
                // The cause is worth more than a failure to clear away, which the next attempt does again.
                try? clear(incoming)
                throw error
            }
            return FileStep.size(path)
        }
    }

    private static func clear(_ file: String) throws(SnapshotError) {
        for end in ["", "-wal", "-shm"] { try FileStep.remove(file + end) }
    }

    private static func checkIncoming(_ file: String, from snapshot: URL) throws {
        let database = try SQLiteDatabase(.file(file), access: .readOnly)
        guard try Schema.checkVersion(database) == Schema.migrations.count else {
            // The walk is for this version's files; an older one is migrated when it is opened.
            let verdict = try database.first("PRAGMA integrity_check(1)") { $0.text(0) } ?? "no answer"
            guard verdict == "ok" else { throw SnapshotError.damagedSnapshot(path: snapshot.path, problem: verdict) }
            return
        }
        let report = StoreCheck(
            database: database, catalogue: CatalogueFile(region: "us-east-1", accountID: "000000000000")
        ).report()
        if let problem = report.problems.first {
            throw SnapshotError.damagedSnapshot(path: snapshot.path, problem: problem.description)
        }
    }

    /// Brings the old log into the old file, for a log that stayed behind would be taken for the new file's.
    private static func settleOld(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return try clear(path) }
        do throws(SQLiteError) {
            _ = try SQLiteDatabase(.file(path)).emptyLog()
        } catch {
            guard error.kind == .damaged else { throw error }
            try keepDamaged(path)
        }
        for end in ["-wal", "-shm"] { try FileStep.remove(path + end) }
    }

    private static func keepDamaged(_ path: String) throws(SnapshotError) {
        let kept = path + ".damaged"
        try clear(kept)
        if FileManager.default.fileExists(atPath: path + "-wal") { try FileStep.rename(path + "-wal", to: kept + "-wal") }
        // A second name for the same file: the first one is there until the new file takes it.
        guard link(path, kept) == 0 else {
            throw .fileSystem(call: "link", path: path, reason: String(cString: strerror(errno)))
        }
    }
}
