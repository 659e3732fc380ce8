internal import Foundation
internal import RoostSQLite

/// A stream's row: there from the making of the stream to 24 hours after its end.
struct StoredStream: Sendable {
    var id: Int64
    var tableName: String
    var arn: String
    var label: String
    var viewType: StreamViewType
    var keySchema: [KeySchemaElement]
    var createdMilliseconds: Int64
    var disabledMilliseconds: Int64?
    /// The newest sequence number that trimming has removed.
    var trimmed: Int64

    private static let columns = """
        SELECT id, table_name, arn, label, view_type, key_schema, created_ms, disabled_ms, trimmed FROM streams
        """

    static func find(_ arn: String, in database: SQLiteDatabase) throws -> StoredStream? {
        var found: StoredStream?
        try database.forEach("\(columns) WHERE arn = ?", [.text(arn)]) { row in
            found = try StoredStream(row)
            return false
        }
        return found
    }

    /// All streams, in order of their ARNs.
    static func all(in database: SQLiteDatabase) throws -> [StoredStream] {
        var streams: [StoredStream] = []
        try database.forEach("\(columns) ORDER BY arn") { row in
            streams.append(try StoredStream(row))
            return true
        }
        return streams
    }

    private init(_ row: borrowing SQLiteRow) throws {
        guard let viewType = StreamViewType(rawValue: row.text(4)) else {
            throw StoreError.internalFailure("the stream \(row.text(2)) has no known view type")
        }
        id = row.integer(0)
        tableName = row.text(1)
        arn = row.text(2)
        label = row.text(3)
        self.viewType = viewType
        keySchema = try JSONDecoder().decode([KeySchemaElement].self, from: row.data(5))
        createdMilliseconds = row.integer(6)
        disabledMilliseconds = row.optionalInteger(7)
        trimmed = row.integer(8)
    }

    static func notFound(_ arn: String) -> StoreError {
        StoreError(code: "ResourceNotFoundException", message: "Requested resource not found: Stream: \(arn) not found")
    }

    /// The number of the newest record; 0 when the stream has had none.
    func lastSequence(in database: SQLiteDatabase) throws -> Int64 {
        let newest = try database.first(
            "SELECT sequence FROM stream_records WHERE stream = ? ORDER BY sequence DESC LIMIT 1", .integer(id)
        ) { $0.integer(0) }
        return max(newest ?? 0, trimmed)
    }
}

/// A bijection of 64-bit numbers that looks random: for identifiers that must be distinct and need no secret.
package enum Splitmix {
    package static func mix(_ value: UInt64) -> UInt64 {
        var z = value &+ 0x9e37_79b9_7f4a_7c15
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
