#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The lock that one process holds on a database file for as long as it has it open.
///
/// SQLite lets several processes share a file; an engine that keeps a catalogue in memory must not. The kernel gives the
/// lock back when the process ends, however it ends.
package final class SQLiteFileLock: Sendable {
    private let descriptor: Int32
    private let path: String
    /// The database's own file, once it was cloned. Closing any descriptor of a file gives back all POSIX locks that the
    /// process has on it, SQLite's too ("How To Corrupt An SQLite Database File", 2.2), so it stays open as long as we do.
    private let database = Mutex<Int32?>(nil)

    /// Locks `path` by the file `path.lock` beside it, which stays behind, empty of meaning.
    ///
    /// - Throws: ``SQLiteFileLockError`` when another process has it, or the place cannot be written.
    package init(path: String) throws(SQLiteFileLockError) {
        self.path = path
        let lockPath = path + ".lock"
        // CLOEXEC: a child process that inherited the descriptor would hold the lock beyond our end.
        descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw .cannotOpen(path: lockPath, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let holder = Self.holder(descriptor)
            // From here on deinit closes the descriptor; a second close would hit whoever got the number meanwhile.
            guard reason == EWOULDBLOCK else {
                throw .cannotOpen(path: lockPath, reason: String(cString: strerror(reason)))
            }
            throw .heldByAnotherProcess(path: path, process: holder)
        }
        ftruncate(descriptor, 0)
        let text = Array("\(getpid())\n".utf8)
        // Who holds the lock is a courtesy to the reader of an error message; without it the lock is as good.
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    deinit {
        if let database = database.withLock({ $0 }) { close(database) }
        close(descriptor)
    }

    /// Clones the database's file, without its log.
    ///
    /// - Returns: false where the file system has no clones.
    package func cloneDatabase(to target: String) -> Bool {
        database.withLock { database in
            let source = database ?? open(path, O_RDONLY | O_CLOEXEC)
            guard source >= 0 else { return false }
            database = source
            return FileClone.clone(descriptor: source, to: target)
        }
    }

    private static func holder(_ descriptor: Int32) -> String? {
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").first.map(String.init)
    }
}

package enum SQLiteFileLockError: Error, Sendable, Equatable, CustomStringConvertible {
    case heldByAnotherProcess(path: String, process: String?)
    case cannotOpen(path: String, reason: String)

    package var description: String {
        switch self {
        case .heldByAnotherProcess(let path, let process):
            "\(path) is in use by another process" + (process.map { " (process \($0))" } ?? "")
        case .cannotOpen(let path, let reason):
            "\(path) cannot be opened for writing: \(reason)"
        }
    }
}
