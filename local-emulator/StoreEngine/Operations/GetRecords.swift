internal import EmulatorClock
internal import Foundation
internal import RoostSQLite

/// GetRecords: at most 1,000 records and 1 MB, in order.
extension StoreEngine {
    package static let mostRecords = 1000
    static let recordsBytes = 1024 * 1024

    package func getRecords(_ input: GetRecordsInput) throws(StoreError) -> GetRecordsOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: Self.mostRecords)
        try violations.check()
        let iterator = try ShardIterator(input.shardIterator)
        let now = clock.nowMilliseconds
        try iterator.checkAge(now)
        let limit = input.limit ?? Self.mostRecords
        let region = region
        let page = try readers.read { database in
            try database.readTransaction {
                try RecordPage.read(iterator, limit: limit, now: now, region: region, database)
            }
        }
        let next = ShardIterator(
            streamARN: iterator.streamARN, shard: iterator.shard, place: page.place, issuedMilliseconds: now)
        return GetRecordsOutput(records: page.records, nextShardIterator: page.isAtEndOfClosedShard ? nil : next.text)
    }
}

private struct RecordPage: Sendable {
    var records: [StreamRecord] = []
    /// Where the next page begins.
    var place: ShardIterator.Place
    var isAtEndOfClosedShard = false

    private static let select = """
        SELECT sequence, created_ms, event, keys, keys_size, new_image, new_size, old_image, old_size, by_ttl
        FROM stream_records WHERE stream = ? AND sequence > ? AND sequence <= ? ORDER BY sequence
        """

    static func read(
        _ iterator: ShardIterator, limit: Int, now: Int64, region: String, _ database: SQLiteDatabase
    ) throws -> RecordPage {
        guard let stream = try StoredStream.find(iterator.streamARN, in: database) else {
            throw StoredStream.notFound(iterator.streamARN)
        }
        // A shard that is gone was trimmed away with its records.
        let shards = try StoredShard.all(of: stream.id, in: database)
        guard let shard = shards.first(where: { $0.first == iterator.shard }) else { throw StoreError.trimmedData }
        var start = shard.first - 1
        if case .after(let number) = iterator.place {
            guard number >= stream.trimmed else { throw StoreError.trimmedData }
            start = number
        }
        var page = RecordPage(place: iterator.place)
        let range: [SQLiteValue] = [.integer(stream.id), .integer(start), .integer(shard.last ?? .max)]
        let horizon = now - WriteTransaction.streamLifetimeMilliseconds
        var bytes = 0
        // Set when the page is full and there is more, so that a closed shard's end shows on the page that reaches it.
        var isCut = false
        try database.forEach(select, range) { row in
            // Past its lifetime, and only waiting to be trimmed.
            guard row.integer(1) >= horizon else { return true }
            let size = Int(row.integer(4) + row.integer(6) + row.integer(8))
            isCut = page.records.count == limit || !page.records.isEmpty && bytes + size > StoreEngine.recordsBytes
            guard !isCut else { return false }
            bytes += size
            page.records.append(StreamRecord(row, of: stream, region: region))
            page.place = .after(row.integer(0))
            return true
        }
        page.isAtEndOfClosedShard = shard.last != nil && !isCut
        return page
    }
}

extension StreamRecord {
    fileprivate init(_ row: borrowing SQLiteRow, of stream: StoredStream, region: String) {
        let sequence = row.integer(0)
        let sizes = (keys: Int(row.integer(4)), new: Int(row.integer(6)), old: Int(row.integer(8)))
        self.init(
            eventID: Self.eventID(stream: stream.arn, sequence: sequence),
            // The table's own INSERT is the only writer of this column.
            eventName: StreamEventName(rawValue: row.text(2)) ?? .modify,
            awsRegion: region, userIdentity: row.flag(9) ? .timeToLive : nil,
            approximateCreationDateTime: Date(timeIntervalSince1970: Double(row.integer(1) / 1000)),
            keys: ItemDocument(json: row.bytes(3), size: sizes.keys),
            newImage: row.isNull(5) ? nil : ItemDocument(json: row.bytes(5), size: sizes.new),
            oldImage: row.isNull(7) ? nil : ItemDocument(json: row.bytes(7), size: sizes.old),
            sequenceNumber: StreamSequences.text(sequence), sizeBytes: sizes.keys + sizes.new + sizes.old,
            streamViewType: stream.viewType)
    }

    /// 32 hexadecimal digits that follow from the record's place, so that every reading gives the same.
    private static func eventID(stream: String, sequence: Int64) -> String {
        var hash: UInt64 = 14_695_981_039_346_656_037
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
        let high = Splitmix.mix(hash &+ UInt64(bitPattern: sequence))
        let low = Splitmix.mix(high ^ hash)
        return [high, low].map { half in
            let digits = String(half, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
