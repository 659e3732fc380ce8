/// How a function's process ended, or why there never was one.
enum ProcessEnding: Sendable, Equatable {
    case exited(code: Int32)
    case killed(signal: Int32, coreDumped: Bool)
    /// `exec` failed with this errno.
    case notStarted(errno: Int32, path: String)
    /// The environment could not be made, before any process.
    case notPrepared(String)

    /// Whether another try with the same program could end differently.
    var isWorthRepeating: Bool {
        switch self {
        case .exited, .killed: true
        case .notStarted, .notPrepared: false
        }
    }
}
