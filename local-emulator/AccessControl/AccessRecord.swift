import Synchronization

/// What functions called, beside what their policies allow: the two should be the same.
package final class AccessRecord: Sendable {
    /// One function's part.
    package struct Entry: Sendable, Encodable {
        /// Why the function's calls are not checked; nil where they are.
        package var notEvaluated: String?
        /// What it called.
        package var used: [ServiceCall]
        /// What a statement allows and the function has not called: `Entities dynamodb:DeleteItem`.
        package var unused: [String]
    }

    private struct State {
        var permissions: [String: FunctionPermissions] = [:]
        var used: [String: Set<ServiceCall>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    func add(_ function: String, _ permissions: FunctionPermissions) {
        state.withLock { $0.permissions[function] = permissions }
    }

    func add(_ calls: [ServiceCall], by function: String) {
        state.withLock { $0.used[function, default: []].formUnion(calls) }
    }

    package var entries: [String: Entry] {
        let (permissions, used) = state.withLock { ($0.permissions, $0.used) }
        return Dictionary(
            uniqueKeysWithValues: permissions.map { name, permissions in
                let calls = used[name, default: []]
                return (name, Entry(permissions: permissions, calls: calls))
            })
    }
}

extension AccessRecord.Entry {
    fileprivate init(permissions: FunctionPermissions, calls: Set<ServiceCall>) {
        used = calls.sorted()
        switch permissions {
        case .notEvaluated(let reason):
            notEvaluated = reason
            unused = []
        case .statements(let statements):
            unused = statements.filter { $0.effect == .allow }.flatMap { statement in
                statement.actions.filter { action in
                    let single = PolicyStatement(actions: [action], resources: statement.resources)
                    return !calls.contains { single.covers($0) }
                }.map { statement.id.isEmpty ? $0 : "\(statement.id) \($0)" }
            }
        }
    }
}
