/// Why there is no snapshot, or nothing was restored. A file's own failure comes as ``SQLiteError``, a lock that another
/// process has as ``SQLiteFileLockError``.
package enum SnapshotError: Error, Sendable, Equatable, CustomStringConvertible {
    case targetExists(path: String)
    case noParent(path: String)
    case inProgress(path: String)
    case fileSystem(call: String, path: String, reason: String)
    /// What was to be restored does not check.
    case damagedSnapshot(path: String, problem: String)
    case sameDirectory(path: String)

    package var description: String {
        switch self {
        case .targetExists(let path): "\(path) exists already; a snapshot is made under a new name"
        case .noParent(let path): "\(path) is no directory, so no snapshot can be made in it"
        case .inProgress(let path): "another snapshot to \(path) is being made"
        case .fileSystem(let call, let path, let reason): "\(call) of \(path) failed: \(reason)"
        case .damagedSnapshot(let path, let problem): "\(path) is damaged and was not restored: \(problem)"
        case .sameDirectory(let path): "\(path) cannot be restored from itself"
        }
    }
}
