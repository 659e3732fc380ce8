internal import StoreEngine

/// Reads a table's stream from a checkpoint on.
struct StreamReader: Sendable {
    var store: StoreEngine
    var tableName: String

    struct Place: Sendable {
        var streamARN: String
        var shardID: String
    }

    /// The stream that the table has now, and its shard.
    ///
    /// - Throws: the store's refusal; nil is a table without a stream.
    func place() throws(StoreError) -> Place? {
        let table = try store.describeTable(DescribeTableInput(tableName: tableName)).table
        guard let arn = table.latestStreamArn else { return nil }
        let stream = try store.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription
        return stream.shards.first.map { Place(streamARN: arn, shardID: $0.shardId) }
    }

    /// Up to `limit` records after a sequence number; nil starts with the oldest. Records that were trimmed while nobody read
    /// them are gone, and what is left is read.
    func records(at place: Place, after sequenceNumber: String?, limit: Int) throws(StoreError) -> [StreamRecord] {
        do {
            return try read(at: place, after: sequenceNumber, limit: limit)
        } catch {
            guard error.code == "TrimmedDataAccessException" else { throw error }
            return try read(at: place, after: nil, limit: limit)
        }
    }

    private func read(at place: Place, after sequenceNumber: String?, limit: Int) throws(StoreError) -> [StreamRecord] {
        let type: ShardIteratorType = sequenceNumber == nil ? .trimHorizon : .afterSequenceNumber
        var iterator: String? = try store.getShardIterator(
            GetShardIteratorInput(
                streamArn: place.streamARN, shardId: place.shardID, shardIteratorType: type, sequenceNumber: sequenceNumber)
        ).shardIterator
        var records: [StreamRecord] = []
        while let current = iterator, records.count < limit {
            let page = try store.getRecords(GetRecordsInput(shardIterator: current, limit: min(1000, limit - records.count)))
            records += page.records
            iterator = page.records.isEmpty ? nil : page.nextShardIterator
        }
        return records
    }

    /// The sequence number of the newest record; nil in an empty stream.
    func latest(at place: Place) throws(StoreError) -> String? {
        var last: String?
        while true {
            let page = try records(at: place, after: last, limit: 1000)
            guard let newest = page.last else { return last }
            last = newest.sequenceNumber
        }
    }
}
