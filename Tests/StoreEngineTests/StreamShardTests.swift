import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("A stream's shards")
struct StreamShardTests {
    /// A table with one item in each of three shards, four hours apart.
    static func threeShards() async throws -> TestStore {
        let store = try await TestStore.withTable(stream: .keysOnly)
        for number in 1...3 {
            try await store.put(key("a", "\(number)"))
            guard number < 3 else { break }
            store.clock.advance(bySeconds: 4 * 3600)
            try await store.maintain()
        }
        return store
    }

    static func read(_ store: TestStore, _ iterator: String, limit: Int? = nil) throws -> GetRecordsOutput {
        try store.engine.getRecords(GetRecordsInput(shardIterator: iterator, limit: limit))
    }

    @Test("close after four hours and have a child that goes on where they ended")
    func lineage() async throws {
        let store = try await Self.threeShards()
        let shards = try StreamTests.shards(store)
        #expect(shards.count == 3)
        #expect(shards.map(\.parentShardId) == [nil, shards[0].shardId, shards[1].shardId])
        #expect(shards.map { $0.endingSequenceNumber == nil } == [false, false, true])
        #expect(shards.allSatisfy { $0.shardId.wholeMatch(of: /shardId-[0-9]{20}-[0-9a-f]{8}/) != nil })
        // Some consumers want the ids in lexical order.
        #expect(shards.map(\.shardId) == shards.map(\.shardId).sorted())
        for (parent, child) in zip(shards, shards.dropFirst()) {
            #expect(try #require(parent.endingSequenceNumber) < child.startingSequenceNumber)
        }
        #expect(try StreamTests.records(store).map(\.keys.text) == (1...3).map { #"{"pk":{"S":"a"},"sk":{"S":"\#($0)"}}"# })
    }

    @Test("stay open for as long as they are younger than four hours")
    func young() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        store.clock.advance(bySeconds: 4 * 3600 - 1)
        try await store.maintain()
        #expect(try StreamTests.shards(store).count == 1)
    }

    @Test("a closed one is read to its end, where no next iterator comes")
    func end() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("a", "1"))
        try await store.put(key("a", "2"))
        let waiting = try StreamTests.iterator(store, .latest)
        store.clock.advance(bySeconds: 4 * 3600)
        try await store.maintain()
        try await store.put(key("a", "3"))
        let closed = try #require(try StreamTests.shards(store).first)
        let first = try Self.read(store, try StreamTests.iterator(store, .trimHorizon, shard: closed), limit: 1)
        #expect(first.records.count == 1)
        // The page that holds the last record says that it is the last.
        let second = try Self.read(store, try #require(first.nextShardIterator), limit: 1)
        #expect(second.records.count == 1 && second.nextShardIterator == nil)
        let latest = try Self.read(store, try StreamTests.iterator(store, .latest, shard: closed))
        #expect(latest.records.isEmpty && latest.nextShardIterator == nil)
        let expired = await failure { () throws(StoreError) in
            try store.engine.getRecords(GetRecordsInput(shardIterator: waiting))
        }
        #expect(expired?.code == "ExpiredIteratorException")
    }

    @Test("take no sequence number but their own")
    func foreignSequenceNumber() async throws {
        let store = try await Self.threeShards()
        let shards = try StreamTests.shards(store)
        func error(_ type: ShardIteratorType, _ number: String?, _ shard: StreamShard) async throws -> StoreError? {
            let arn = try StreamTests.arn(store)
            return await failure { () throws(StoreError) in
                try store.engine.getShardIterator(
                    GetShardIteratorInput(
                        streamArn: arn, shardId: shard.shardId, shardIteratorType: type, sequenceNumber: number))
            }
        }
        for type in [ShardIteratorType.atSequenceNumber, .afterSequenceNumber] {
            #expect(try await error(type, shards[0].startingSequenceNumber, shards[1])?.code == "ValidationException")
            #expect(try await error(type, shards[1].startingSequenceNumber, shards[0])?.code == "ValidationException")
            #expect(try await error(type, nil, shards[0])?.code == "ValidationException")
            // Both ends of a shard's range are places in it.
            #expect(try await error(type, shards[0].startingSequenceNumber, shards[0]) == nil)
            #expect(try await error(type, shards[0].endingSequenceNumber, shards[0]) == nil)
            // An open shard's start is one too, though no record may have it.
            #expect(try await error(type, shards[2].startingSequenceNumber, shards[2]) == nil)
        }
        #expect(try await error(.latest, shards[0].startingSequenceNumber, shards[0])?.code == "ValidationException")
        #expect(try await error(.trimHorizon, shards[0].startingSequenceNumber, shards[0])?.code == "ValidationException")
    }

    @Test("are described page by page, or as one shard's children")
    func pages() async throws {
        let store = try await Self.threeShards()
        let arn = try StreamTests.arn(store)
        let ids = try StreamTests.shards(store).map(\.shardId)
        func page(_ input: DescribeStreamInput) throws -> (ids: [String], last: String?) {
            let stream = try store.engine.describeStream(input).streamDescription
            return (stream.shards.map(\.shardId), stream.lastEvaluatedShardId)
        }
        let first = try page(DescribeStreamInput(streamArn: arn, limit: 2))
        #expect(first.ids == Array(ids[..<2]) && first.last == ids[1])
        let second = try page(DescribeStreamInput(streamArn: arn, exclusiveStartShardId: ids[1], limit: 2))
        #expect(second.ids == [ids[2]] && second.last == nil)
        #expect(try page(DescribeStreamInput(streamArn: arn, exclusiveStartShardId: ids[2])).ids.isEmpty)
        #expect(try page(DescribeStreamInput(streamArn: arn, childrenOf: ids[0])).ids == [ids[1]])
        #expect(try page(DescribeStreamInput(streamArn: arn, childrenOf: ids[2])).ids.isEmpty)
    }

    @Test("are gone 24 hours after they closed, and an iterator into one says what happened")
    func trimmed() async throws {
        let store = try await Self.threeShards()
        let ids = try StreamTests.shards(store).map(\.shardId)
        let old = ShardIterator(
            streamARN: try StreamTests.arn(store), shard: 1, place: .oldest,
            issuedMilliseconds: 1_700_000_000_000 + 32 * 3_600_000)
        // The first shard closed after 4 hours, the second after 8; now it is 8 hours and a day.
        store.clock.advance(bySeconds: 24 * 3600 + 1)
        try await store.maintain()
        let left = try StreamTests.shards(store).map(\.shardId)
        #expect(!left.contains(ids[0]) && !left.contains(ids[1]) && left.contains(ids[2]))
        let error = await failure { () throws(StoreError) in
            try store.engine.getRecords(GetRecordsInput(shardIterator: old.text))
        }
        #expect(error?.code == "TrimmedDataAccessException")
    }

    @Test("go on after a restart: the number of a closed shard's end is not given again")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        var shards: [StreamShard] = []
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab", stream: .keysOnly)
            store.clock.advance(bySeconds: 4 * 3600)
            try await store.maintain()
            shards = try StreamTests.shards(store)
            store.engine.close()
        }
        let store = try TestStore(.directory(directory.url))
        try await store.put(key("a", "1"))
        let record = try #require(try StreamTests.records(store).first)
        #expect(shards.count == 2)
        #expect(record.sequenceNumber == shards[1].startingSequenceNumber)
    }

    @Test("of a file of the first version are made from its streams")
    func migration() throws {
        let database = try SQLiteDatabase(.inMemory)
        try Schema.prepare(database, migrations: [Schema.migrations[0]])
        try database.execute(
            """
            INSERT INTO streams (id, table_id, table_name, arn, label, view_type, key_schema, created_ms, disabled_ms, trimmed)
                VALUES (1, 1, 'open', 'a', 'l', 'KEYS_ONLY', '[]', 1700000000000, NULL, 0),
                    (2, 2, 'closed', 'b', 'l', 'KEYS_ONLY', '[]', 1700000000000, 1700000001000, 3);
            INSERT INTO stream_records VALUES (1, 7, 1700000000000, 'INSERT', '{}', 0, NULL, 0, NULL, 0, 0);
            """)
        try Schema.prepare(database)
        let open = try #require(try StoredShard.all(of: 1, in: database).first)
        #expect(open.last == nil && open.first == 1 && open.parentID == nil)
        #expect(open.shardID.wholeMatch(of: /shardId-[0-9]{20}-[0-9a-f]{8}/) != nil)
        #expect(try StoredShard.all(of: 2, in: database).first?.last == 3)
        let sequences = try StreamSequences(database)
        #expect(sequences.next(in: 1) == 8)
        #expect(sequences.next(in: 2) == 4)
    }
}
