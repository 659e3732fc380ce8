internal import LambdaEvents
internal import RoostSQLite

/// Streams: that each is of a table, and that its records, one after the other, lead to the table's items.
struct StreamCheck {
    let database: SQLiteDatabase
    let tables: [Table]

    func run(_ report: inout StoreCheckReport) throws {
        let streams = try StoredStream.all(in: database)
        for table in tables { checkStream(of: table, in: streams, &report) }
        for stream in streams {
            let table = tables.first { $0.stream?.id == stream.id }
            if stream.disabledMilliseconds == nil, table == nil {
                report.add("stream \(stream.arn)", "it is open, and no table writes to it")
            }
            report.attempt("stream \(stream.arn)") { report in
                try checkShards(of: stream, &report)
                try checkRecords(of: stream, table: table, &report)
            }
        }
        for (name, things) in [("stream_records", "records"), ("stream_shards", "shards")] {
            let sql = "SELECT count(*) FROM \(name) WHERE stream NOT IN (SELECT id FROM streams)"
            let lost = try database.first(sql) { $0.integer(0) } ?? 0
            if lost > 0 { report.add("streams", "\(lost) \(things) are of no stream") }
        }
    }

    /// Shards are a line: each begins after its parent's end, one is open as long as the stream is, and every record that
    /// is not older than all of them, and so about to be trimmed, is within one.
    private func checkShards(of stream: StoredStream, _ report: inout StoreCheckReport) throws {
        let place = "stream \(stream.arn)"
        let shards = try StoredShard.all(of: stream.id, in: database)
        let open = shards.count { $0.last == nil }
        if open != (stream.disabledMilliseconds == nil ? 1 : 0) { report.add(place, "it has \(open) open shards") }
        for (parent, child) in zip(shards, shards.dropFirst()) {
            if child.parentID != parent.shardID || child.first <= parent.last ?? .max {
                report.add(place, "the shard \(child.shardID) does not follow the shard \(parent.shardID)")
            }
        }
        let sql = """
            SELECT count(*) FROM stream_records r WHERE stream = ?1 AND NOT EXISTS (SELECT 1 FROM stream_shards s
            WHERE s.stream = ?1 AND s.first <= r.sequence AND (s.last IS NULL OR r.sequence < s.last))
            AND sequence >= (SELECT min(first) FROM stream_shards WHERE stream = ?1)
            """
        let homeless = try database.first(sql, .integer(stream.id)) { $0.integer(0) } ?? 0
        if homeless > 0 { report.add(place, "\(homeless) records are in no shard") }
    }

    private func checkStream(of table: Table, in streams: [StoredStream], _ report: inout StoreCheckReport) {
        let isOn = table.definition.streamSpecification?.streamEnabled == true
        if isOn != (table.stream != nil) {
            report.add(
                "table \(table.name)", isOn ? "its stream is on, and is not there" : "its stream is off, and an open one is there"
            )
        }
        let open = streams.filter { $0.tableName == table.name && $0.disabledMilliseconds == nil }.count
        if open > 1 { report.add("table \(table.name)", "it has \(open) open streams") }
    }

    /// What the newest record of a key says of its item. Images are kept as hashes: a stream has a day's records.
    private struct Last {
        var sequence: Int64
        var isRemoval: Bool
        /// Nil where the stream's view has no new images.
        var newImage: Int?
        var key: AttributeMap
    }

    private func checkRecords(of stream: StoredStream, table: Table?, _ report: inout StoreCheckReport) throws {
        let place = "stream \(stream.arn)"
        var newest: [[UInt8]: Last] = [:]
        let sql = "SELECT sequence, event, keys, new_image, old_image FROM stream_records WHERE stream = ? ORDER BY sequence"
        try database.forEach(sql, [.integer(stream.id)]) { row in
            report.streamRecords += 1
            let sequence = row.integer(0)
            let (keys, event) = (row.bytes(2), row.text(1))
            let (newImage, oldImage) = (row.image(3), row.image(4))
            if sequence <= stream.trimmed { report.add(place, "the record \(sequence) should have been trimmed") }
            checkImages(sequence, event, stream.viewType, hasNew: newImage != nil, hasOld: oldImage != nil, &report, place)
            if let before = newest[keys] {
                if before.isRemoval != (event == StreamEventName.insert.rawValue) {
                    report.add(place, "the record \(sequence) (\(event)) cannot follow the record \(before.sequence)")
                }
                if let new = before.newImage, let oldImage, new != oldImage {
                    report.add(
                        place, "the old image of the record \(sequence) is not the new one of the record \(before.sequence)")
                }
            }
            newest[keys] = Last(
                sequence: sequence, isRemoval: event == StreamEventName.remove.rawValue, newImage: newImage,
                key: try AttributeJSONReader.item(keys))
            return true
        }
        guard let table else { return }
        for last in newest.values { try check(last, in: table, place, &report) }
    }

    private func checkImages(
        _ sequence: Int64, _ event: String, _ view: StreamViewType, hasNew: Bool, hasOld: Bool,
        _ report: inout StoreCheckReport, _ place: String
    ) {
        guard let name = StreamEventName(rawValue: event) else {
            return report.add(place, "the record \(sequence) is a \(event), which is no event")
        }
        if hasNew != (view.keepsNewImage && name != .remove) || hasOld != (view.keepsOldImage && name != .insert) {
            report.add(place, "the record \(sequence) (\(event)) has not the images of \(view.rawValue)")
        }
    }

    private func check(_ last: Last, in table: Table, _ place: String, _ report: inout StoreCheckReport) throws {
        let item = try table.read(try table.itemKey(ofItem: last.key), from: database)
        if (item == nil) != last.isRemoval {
            return report.add(
                place,
                "the record \(last.sequence) is the last of its item, \(last.isRemoval ? "a removal, and the item is there" : "and the item is not there")"
            )
        }
        if let item, let image = last.newImage, item.json.hashValue != image {
            report.add(place, "the record \(last.sequence) is the last of its item, which is another than its new image")
        }
    }
}

extension SQLiteRow {
    /// The hash of an image, equal within this process for equal bytes; nil where there is none.
    fileprivate func image(_ column: Int32) -> Int? { isNull(column) ? nil : bytes(column).hashValue }
}
