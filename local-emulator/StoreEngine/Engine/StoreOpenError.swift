/// Why a store could not be opened. A database's own failure comes as ``SQLiteError``, a second process's lock as
/// ``SQLiteFileLockError``.
package enum StoreOpenError: Error, Sendable, Equatable, CustomStringConvertible {
    case newerVersion(path: String, found: Int, known: Int)
    /// Nothing keeps such a file from being opened, which makes it one of this version.
    case olderVersion(path: String, found: Int)
    case damagedCatalogue(path: String, table: String)
    /// What the catalogue says is there, and is not.
    case missingPart(path: String, table: String, part: String)
    /// Commits that were answered can no longer be read from the write-ahead log.
    case damagedLog(path: String, frame: Int, lostCommits: Int)
    case cannotMakeDirectory(path: String, reason: String)
    case noStore(directory: String)

    package var description: String {
        switch self {
        case .newerVersion(let path, let found, let known):
            "\(path) was written by a newer version (schema \(found); this one knows up to \(known))"
        case .olderVersion(let path, let found):
            "\(path) is of an older version (schema \(found)), and is made one of this version when a store opens it"
        case .damagedCatalogue(let path, let table):
            "\(path) is damaged: the definition of the table \(table) cannot be read"
        case .missingPart(let path, let table, let part):
            "\(path) is damaged: \(part) of the table \(table) is missing"
        case .damagedLog(let path, 0, _):
            "\(path)-wal is damaged: its header cannot be read, and the commits in it would be lost"
        case .damagedLog(let path, let frame, let lostCommits):
            "\(path)-wal is damaged at its frame \(frame): \(lostCommits) commits from there on would be lost"
        case .cannotMakeDirectory(let path, let reason):
            "the data directory \(path) cannot be made: \(reason)"
        case .noStore(let directory):
            "there is no store in \(directory)"
        }
    }
}
