internal import RoostSQLite

/// When a write is answered. It says nothing of a store in memory.
package enum Durability: String, Sendable, CaseIterable {
    /// After its commit was synced to the disk (`synchronous=FULL`): a power cut loses nothing that was answered.
    case full
    /// After its commit was handed to the operating system (`synchronous=NORMAL`), which syncs it with the next checkpoint:
    /// the end of the process, `kill -9` too, loses nothing that was answered; a power cut or a crash of the system may
    /// lose the newest commits, whole ones, and never leaves half of one.
    case relaxed

    func apply(to database: SQLiteDatabase) throws {
        // A file is opened with FULL.
        if self == .relaxed { try database.execute("PRAGMA synchronous=NORMAL") }
    }
}
