internal import StoreEngine

/// Reads a table's stream from a checkpoint on, shard by shard.
struct StreamReader: Sendable {
    var store: StoreEngine
    var tableName: String

    /// Records of one shard, in order; never empty.
    struct ShardRecords: Sendable {
        var shardID: String
        var records: [StreamRecord]
    }

    /// The ARN of the stream that the table has now.
    ///
    /// - Throws: the store's refusal; nil is a table without a stream.
    func streamARN() throws(StoreError) -> String? {
        try store.describeTable(DescribeTableInput(tableName: tableName)).table.latestStreamArn
    }

    /// Up to `limit` records after a sequence number; nil starts with the oldest. Records that were trimmed while nobody read
    /// them are gone, and what is left is read.
    ///
    /// A child's records come when its parent's are all done with, as Lambda takes them ("Using AWS Lambda with Amazon
    /// DynamoDB", Developer Guide: in-order processing per shard and its lineage), and never in one batch with them.
    func records(of streamARN: String, after sequenceNumber: String?, limit: Int) throws(StoreError) -> ShardRecords? {
        for shard in try shards(of: streamARN) where !shard.ends(at: sequenceNumber) {
            let records = try records(of: shard, in: streamARN, after: sequenceNumber, limit: limit)
            guard records.isEmpty else { return ShardRecords(shardID: shard.shardId, records: records) }
        }
        return nil
    }

    /// The sequence number of the newest record; nil in an empty stream.
    func latest(of streamARN: String) throws(StoreError) -> String? {
        var last: String?
        while let newest = try records(of: streamARN, after: last, limit: 1000)?.records.last {
            last = newest.sequenceNumber
        }
        return last
    }

    /// All shards, a parent before its child: the store lists them by age.
    private func shards(of streamARN: String) throws(StoreError) -> [StreamShard] {
        var shards: [StreamShard] = []
        repeat {
            let page = try store.describeStream(
                DescribeStreamInput(streamArn: streamARN, exclusiveStartShardId: shards.last?.shardId)
            ).streamDescription
            shards += page.shards
            guard page.lastEvaluatedShardId != nil else { return shards }
        } while true
    }

    private func records(
        of shard: StreamShard, in streamARN: String, after sequenceNumber: String?, limit: Int
    ) throws(StoreError) -> [StreamRecord] {
        // A shard that begins behind the checkpoint is read whole.
        guard let sequenceNumber, sequenceNumber >= shard.startingSequenceNumber else {
            return try read(shard, in: streamARN, from: .trimHorizon, limit: limit)
        }
        do {
            return try read(shard, in: streamARN, from: .afterSequenceNumber, sequenceNumber, limit: limit)
        } catch {
            guard error.code == "TrimmedDataAccessException" else { throw error }
            return try read(shard, in: streamARN, from: .trimHorizon, limit: limit)
        }
    }

    private func read(
        _ shard: StreamShard, in streamARN: String, from type: ShardIteratorType, _ sequenceNumber: String? = nil, limit: Int
    ) throws(StoreError) -> [StreamRecord] {
        var iterator: String? = try store.getShardIterator(
            GetShardIteratorInput(
                streamArn: streamARN, shardId: shard.shardId, shardIteratorType: type, sequenceNumber: sequenceNumber)
        ).shardIterator
        var records: [StreamRecord] = []
        while let current = iterator, records.count < limit {
            let page = try store.getRecords(GetRecordsInput(shardIterator: current, limit: min(1000, limit - records.count)))
            records += page.records
            iterator = page.records.isEmpty ? nil : page.nextShardIterator
        }
        return records
    }
}

extension StreamShard {
    /// Whether nothing of the shard comes after a sequence number. The numbers have the same count of digits, so that they
    /// compare as texts.
    fileprivate func ends(at sequenceNumber: String?) -> Bool {
        guard let sequenceNumber, let endingSequenceNumber else { return false }
        return endingSequenceNumber <= sequenceNumber
    }
}
