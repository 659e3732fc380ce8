internal import Synchronization

/// The tables, in memory, so that finding one costs a read no more than a look-up. The writer publishes a new set after the
/// commit that changed it.
final class Catalogue: Sendable {
    private let tables: Mutex<[String: Table]>

    init(_ tables: [String: Table]) {
        self.tables = Mutex(tables)
    }

    var snapshot: [String: Table] { tables.withLock { $0 } }

    func publish(_ newTables: [String: Table]) {
        tables.withLock { $0 = newTables }
    }

    func table(named name: String) -> Table? { tables.withLock { $0[name] } }
}
