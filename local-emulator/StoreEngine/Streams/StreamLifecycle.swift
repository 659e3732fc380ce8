internal import Foundation
internal import RoostSQLite

extension WriteTransaction {
    /// Makes a new stream for a table. Its label is the time, to the millisecond, and with the table's name its identity.
    func openStream(
        _ viewType: StreamViewType, tableID: Int64, _ definition: TableDefinition, tableARN: String
    ) throws -> TableStream {
        var milliseconds = nowMilliseconds
        var label = Self.label(milliseconds)
        // A table made anew within the millisecond gets the next free one.
        while try hasStream("\(tableARN)/stream/\(label)") {
            milliseconds += 1
            label = Self.label(milliseconds)
        }
        let arn = "\(tableARN)/stream/\(label)"
        try database.run(
            """
            INSERT INTO streams (table_id, table_name, arn, label, view_type, key_schema, created_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(tableID), .text(definition.name), .text(arn), .text(label), .text(viewType.rawValue),
            .data(try JSONEncoder().encode(definition.keySchema)), .integer(milliseconds))
        let id = database.lastInsertedRowID
        try openShard(of: id, first: 1, parentID: nil, createdMilliseconds: milliseconds)
        return TableStream(id: id, arn: arn, label: label, viewType: viewType)
    }

    private func hasStream(_ arn: String) throws -> Bool {
        try database.first("SELECT 1 FROM streams WHERE arn = ?", .text(arn)) { _ in true } ?? false
    }

    /// No more records come; what is there stays readable for its 24 hours.
    func closeStream(_ stream: TableStream) throws {
        try closeShard(of: stream.id)
        try database.run("UPDATE streams SET disabled_ms = ? WHERE id = ?", .integer(nowMilliseconds), .integer(stream.id))
    }

    /// Such as `2015-05-20T20:51:10.252`, the form of the service's stream labels.
    private static func label(_ milliseconds: Int64) -> String {
        // Half a millisecond on top, for the style cuts off and a Date is a binary fraction.
        let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
        let text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return text.hasSuffix("Z") ? String(text.dropLast()) : text
    }
}
