internal import CSQLite

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The one owner of a `sqlite3_stmt`: it is finalized when this object goes.
///
/// Not `Sendable`: a statement belongs to its connection, and whoever holds the connection's lock uses both.
package final class SQLiteStatement {
    package let sql: String
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let path: String
    /// Set while someone steps through it, so that the statement cache does not give it out twice.
    var isInUse = false

    init(connection: OpaquePointer, path: String, sql: String) throws(SQLiteError) {
        var prepared: OpaquePointer?
        // PERSISTENT: the cache keeps it, so SQLite should not take it from its small lookaside memory.
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else {
            throw SQLiteError(connection: connection, code: code, sql: sql, path: path)
        }
        handle = prepared
        self.connection = connection
        self.path = path
        self.sql = sql
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Runs to the next row.
    ///
    /// - Returns: false when there is none left.
    @discardableResult
    package func step() throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteError(connection: connection, code: code, sql: sql, path: path)
        }
    }

    /// Makes it ready to run again, without its bound values.
    package func reset() {
        // The code that sqlite3_reset returns is that of the last step, which has been thrown already.
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    // MARK: Parameters, counted from 1

    package func bind(_ values: [SQLiteValue]) throws(SQLiteError) {
        for (offset, value) in values.enumerated() {
            try bind(value, at: Int32(offset + 1))
        }
    }

    package func bind(_ value: SQLiteValue, at index: Int32) throws(SQLiteError) {
        switch value {
        case .null: try check(sqlite3_bind_null(handle, index))
        case .integer(let number): try check(sqlite3_bind_int64(handle, index, number))
        case .real(let number): try check(sqlite3_bind_double(handle, index, number))
        case .text(let text): try bind(text: text, at: index)
        case .blob(let bytes): try check(bytes.withUnsafeBytes { bindBytes($0, at: index) })
        case .data(let data): try check(data.withUnsafeBytes { bindBytes($0, at: index) })
        }
    }

    package func bind(text: String, at index: Int32) throws(SQLiteError) {
        var text = text
        let code = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                roost_sqlite3_bind_text(handle, index, $0.baseAddress, UInt64($0.count))
            }
        }
        try check(code)
    }

    package func bind(blob: UnsafeRawBufferPointer, at index: Int32) throws(SQLiteError) {
        try check(bindBytes(blob, at: index))
    }

    package func bind(integer: Int64, at index: Int32) throws(SQLiteError) {
        try check(sqlite3_bind_int64(handle, index, integer))
    }

    private func bindBytes(_ bytes: UnsafeRawBufferPointer, at index: Int32) -> Int32 {
        roost_sqlite3_bind_blob(handle, index, bytes.baseAddress, UInt64(bytes.count))
    }

    private func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw SQLiteError(connection: connection, code: code, sql: sql, path: path) }
    }

    /// The row that the last ``step()`` reached.
    package var row: SQLiteRow { SQLiteRow(handle: handle) }
}

/// The current row of a statement: columns are counted from 0 and read in place. It cannot outlive the step it stands on,
/// so it is handed to a closure and never kept.
package struct SQLiteRow: ~Copyable {
    private let handle: OpaquePointer

    init(handle: OpaquePointer) {
        self.handle = handle
    }

    package func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    package func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    package func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }
    package func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    /// The column's text; empty for NULL.
    package func text(_ column: Int32) -> String {
        guard let text = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    /// The column's bytes without a copy, for the time of the closure; empty for NULL.
    package func withBytes<T, E: Error>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws(E) -> T) throws(E) -> T {
        let start = sqlite3_column_blob(handle, column)
        return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(handle, column))))
    }

    /// A copy of the column's bytes; empty for NULL.
    package func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { [UInt8]($0) } }
    /// A copy of the column's bytes; empty for NULL.
    package func data(_ column: Int32) -> Data { withBytes(column) { Data($0) } }

    package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }
    package func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }
    package func optionalData(_ column: Int32) -> Data? { isNull(column) ? nil : data(column) }
}

extension SQLiteError {
    /// What the connection says about its last call.
    init(connection: OpaquePointer, code: Int32, sql: String?, path: String) {
        self.init(
            code: code & 0xff, extendedCode: sqlite3_extended_errcode(connection),
            message: String(cString: sqlite3_errmsg(connection)), sql: sql, path: path)
    }
}
