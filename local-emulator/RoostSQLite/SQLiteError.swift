internal import CSQLite

/// What SQLite refused, where, and why. It carries SQL text but never a bound value, so it may be logged.
///
/// Codes: "Result and Error Codes" in the SQLite documentation.
package struct SQLiteError: Error, Sendable, Equatable {
    /// The primary result code, such as 13 for SQLITE_FULL.
    package var code: Int32
    /// The extended result code, such as 522 for SQLITE_IOERR_SHORT_READ; equals `code` when there is none.
    package var extendedCode: Int32
    /// SQLite's own words.
    package var message: String
    /// The statement that failed; nil when opening failed.
    package var sql: String?
    /// The database's file, `:memory:` for one in memory.
    package var path: String

    package init(code: Int32, extendedCode: Int32, message: String, sql: String? = nil, path: String) {
        self.code = code
        self.extendedCode = extendedCode
        self.message = message
        self.sql = sql
        self.path = path
    }

    /// The failures that a caller may want to tell apart.
    package enum Kind: Sendable, Equatable {
        case cannotOpen, readOnly, diskFull, damaged, locked, inputOutput, constraint, other
    }

    package var kind: Kind {
        switch code {
        case SQLITE_CANTOPEN: .cannotOpen
        case SQLITE_READONLY, SQLITE_PERM: .readOnly
        case SQLITE_FULL: .diskFull
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
        case SQLITE_BUSY, SQLITE_LOCKED: .locked
        case SQLITE_IOERR: .inputOutput
        case SQLITE_CONSTRAINT: .constraint
        default: .other
        }
    }
}

extension SQLiteError: CustomStringConvertible {
    package var description: String {
        var text =
            switch kind {
            case .cannotOpen: "the database file \(path) cannot be opened: does its directory exist, and may it be written?"
            case .readOnly: "the database file \(path) or its directory cannot be written"
            case .diskFull: "there is no space left for the database file \(path)"
            case .damaged: "the database file \(path) is damaged, or is no SQLite database"
            case .locked: "the database file \(path) is locked by another connection or process"
            case .inputOutput: "reading or writing the database file \(path) failed"
            case .constraint, .other: "the database \(path) refused a statement"
            }
        text += " (SQLite \(code)"
        if extendedCode != code { text += "/\(extendedCode)" }
        text += ": \(message))"
        if let sql { text += " in: \(sql)" }
        return text
    }
}
