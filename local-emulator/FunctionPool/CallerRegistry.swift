import Journal
import Synchronization

/// Which execution environment a call to an emulated service comes from, by the access key that signed it.
final class CallerRegistry: Sendable {
    private let environments = Mutex<[String: ExecutionEnvironment]>([:])

    func add(_ environment: ExecutionEnvironment) {
        environments.withLock { $0[environment.credentials.accessKeyID] = environment }
    }

    func remove(_ environment: ExecutionEnvironment) {
        _ = environments.withLock { $0.removeValue(forKey: environment.credentials.accessKeyID) }
    }

    func functionName(forAccessKey key: String) -> String? {
        environments.withLock { $0[key] }?.functionName
    }

    func credentials(forAccessKey key: String) -> SessionCredentials? {
        environments.withLock { $0[key] }?.credentials
    }

    func cause(forAccessKey key: String) -> Journal.EntryID? {
        environments.withLock { $0[key] }?.entry
    }
}
