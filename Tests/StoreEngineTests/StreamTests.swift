import Foundation
import LambdaEvents
import Synchronization
import Testing

@testable import StoreEngine

@Suite("Streams")
struct StreamTests {
    static func arn(_ store: TestStore) throws -> String {
        try #require(try store.engine.listStreams(ListStreamsInput(tableName: "tab")).streams.first?.streamArn)
    }

    static func shards(_ store: TestStore) throws -> [StreamShard] {
        try store.engine.describeStream(DescribeStreamInput(streamArn: try arn(store))).streamDescription.shards
    }

    /// All records of all shards, parents before children.
    static func records(_ store: TestStore) throws -> [StreamRecord] {
        try shards(store).flatMap { shard in
            try store.engine.getRecords(
                GetRecordsInput(shardIterator: try iterator(store, .trimHorizon, shard: shard))
            ).records
        }
    }

    /// In the newest shard unless one is given.
    static func iterator(
        _ store: TestStore, _ type: ShardIteratorType, _ sequence: String? = nil, shard: StreamShard? = nil
    ) throws -> String {
        let shard = try #require(try shard ?? shards(store).last)
        return try store.engine.getShardIterator(
            GetShardIteratorInput(
                streamArn: try arn(store), shardId: shard.shardId, shardIteratorType: type, sequenceNumber: sequence)
        ).shardIterator
    }

    /// An item put, changed, put again unchanged, and deleted.
    static func story(_ store: TestStore) async throws {
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(1)])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(2)])
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .n(2)])
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
    }

    @Test("keep insert, modify and remove, and nothing for a write that changes nothing", arguments: StreamViewType.allCases)
    func views(view: StreamViewType) async throws {
        let store = try await TestStore.withTable(stream: view)
        try await Self.story(store)
        let records = try Self.records(store)
        #expect(records.map(\.eventName) == [.insert, .modify, .remove])
        #expect(records.allSatisfy { $0.keys.text == #"{"pk":{"S":"a"},"sk":{"S":"1"}}"# })
        let (one, two) = (
            #"{"pk":{"S":"a"},"sk":{"S":"1"},"v":{"N":"1"}}"#, #"{"pk":{"S":"a"},"sk":{"S":"1"},"v":{"N":"2"}}"#
        )
        let hasNew = view == .newImage || view == .newAndOldImages
        let hasOld = view == .oldImage || view == .newAndOldImages
        #expect(records.map(\.newImage?.text) == (hasNew ? [one, two, nil] : [nil, nil, nil]))
        #expect(records.map(\.oldImage?.text) == (hasOld ? [nil, one, two] : [nil, nil, nil]))
        #expect(records.allSatisfy { $0.streamViewType == view && $0.userIdentity == nil })
    }

    @Test("have sequence numbers of 21 digits or more that grow, and event ids that stay")
    func identity() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await Self.story(store)
        let records = try Self.records(store)
        let numbers = records.map(\.sequenceNumber)
        #expect(numbers.allSatisfy { $0.count >= 21 && $0.allSatisfy(\.isNumber) })
        #expect(numbers == numbers.sorted() && Set(numbers).count == 3)
        #expect(Set(records.map(\.eventID)).count == 3)
        #expect(records.allSatisfy { $0.eventID.count == 32 })
        #expect(try Self.records(store).map(\.eventID) == records.map(\.eventID))
        // The manual clock's instant, in whole seconds.
        #expect(records[0].approximateCreationDateTime == Date(timeIntervalSince1970: 1_700_000_000))
    }

    @Test("are described with one open shard whose id has the service's form")
    func describe() async throws {
        let store = try await TestStore.withTable(stream: .oldImage)
        let arn = try #require(try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table.latestStreamArn)
        let stream = try store.engine.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription
        #expect(stream.streamStatus == .enabled)
        #expect(stream.streamViewType == .oldImage)
        #expect(stream.keySchema.map(\.attributeName) == ["pk", "sk"])
        #expect(stream.shards.count == 1)
        #expect(stream.shards[0].shardId.wholeMatch(of: /shardId-[0-9]{20}-[0-9a-f]{8}/) != nil)
        #expect(stream.shards[0].endingSequenceNumber == nil)
        let error = await failure { () throws(StoreError) in
            try store.engine.describeStream(DescribeStreamInput(streamArn: arn + "x"))
        }
        #expect(error?.code == "ResourceNotFoundException")
    }

    @Test("are read from each of the four kinds of places")
    func iterators() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        let latest = try Self.iterator(store, .latest)
        try await Self.story(store)
        let all = try Self.records(store).map(\.sequenceNumber)
        func read(_ iterator: String) throws -> [String] {
            try store.engine.getRecords(GetRecordsInput(shardIterator: iterator)).records.map(\.sequenceNumber)
        }
        #expect(try read(latest) == all)
        #expect(try read(Self.iterator(store, .latest)) == [])
        #expect(try read(Self.iterator(store, .atSequenceNumber, all[1])) == Array(all[1...]))
        #expect(try read(Self.iterator(store, .afterSequenceNumber, all[1])) == Array(all[2...]))
    }

    @Test("go on page by page, past their present end")
    func pages() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        for number in 1...3 { try await store.put(key("a", "\(number)")) }
        let first = try store.engine.getRecords(
            GetRecordsInput(shardIterator: try Self.iterator(store, .trimHorizon), limit: 2))
        #expect(first.records.count == 2)
        let second = try store.engine.getRecords(GetRecordsInput(shardIterator: try #require(first.nextShardIterator)))
        #expect(second.records.count == 1)
        let third = try store.engine.getRecords(GetRecordsInput(shardIterator: try #require(second.nextShardIterator)))
        #expect(third.records.isEmpty)
        try await store.put(key("a", "4"))
        let fourth = try store.engine.getRecords(GetRecordsInput(shardIterator: try #require(third.nextShardIterator)))
        #expect(fourth.records.count == 1)
    }

    @Test("an iterator is good for 15 minutes; a foreign one is refused")
    func iteratorAge() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        let iterator = try Self.iterator(store, .trimHorizon)
        store.clock.advance(bySeconds: 900)
        _ = try store.engine.getRecords(GetRecordsInput(shardIterator: iterator))
        store.clock.advance(bySeconds: 1)
        let expired = await failure { () throws(StoreError) in
            try store.engine.getRecords(GetRecordsInput(shardIterator: iterator))
        }
        #expect(expired?.code == "ExpiredIteratorException")
        let foreign = await failure { () throws(StoreError) in
            try store.engine.getRecords(GetRecordsInput(shardIterator: "AAAA"))
        }
        #expect(foreign?.code == "ValidationException")
    }

    @Test("lose records after 24 hours, and say so to who asks for one")
    func trimming() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("a", "1"))
        try await store.put(key("a", "2"))
        let old = try Self.records(store).map(\.sequenceNumber)
        store.clock.advance(bySeconds: 24 * 3600 + 1)
        try await store.put(key("a", "3"))
        try await store.maintain()
        #expect(try Self.records(store).map(\.keys.text) == [#"{"pk":{"S":"a"},"sk":{"S":"3"}}"#])
        let shard = try #require(try Self.shards(store).first)
        let error = await failure { () throws(StoreError) in
            do {
                return try Self.iterator(store, .atSequenceNumber, old[0], shard: shard)
            } catch { throw StoreError(any: error) }
        }
        #expect(error?.code == "TrimmedDataAccessException")
        // Numbers go on where they were.
        #expect(try #require(Self.records(store).first).sequenceNumber > old[1])
    }

    @Test("outlive their table by 24 hours, closed")
    func deletedTable() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("a", "1"))
        _ = try await store.engine.deleteTable(DeleteTableInput(tableName: "tab"))
        let arn = try #require(try store.engine.listStreams(ListStreamsInput()).streams.first?.streamArn)
        let stream = try store.engine.describeStream(DescribeStreamInput(streamArn: arn)).streamDescription
        #expect(stream.streamStatus == .disabled)
        // The end has a number of its own, behind that of the last record.
        #expect(stream.shards[0].endingSequenceNumber == "100000000000000000002")
        let page = try store.engine.getRecords(GetRecordsInput(shardIterator: try Self.iterator(store, .trimHorizon)))
        #expect(page.records.count == 1)
        #expect(page.nextShardIterator == nil)
        store.clock.advance(bySeconds: 24 * 3600 + 1)
        try await store.maintain()
        #expect(try store.engine.listStreams(ListStreamsInput()).streams.isEmpty)
    }

    @Test("that are disabled stay readable, closed, and enabling again makes a new one")
    func disabledAndEnabledAgain() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("a", "1"))
        func update(_ specification: StreamSpecification) async throws -> TableDescription {
            store.clock.advance(bySeconds: 1)
            return try await store.engine.updateTable(
                UpdateTableInput(tableName: "tab", streamSpecification: specification)
            ).tableDescription
        }
        let old = try Self.arn(store)
        let waiting = try Self.iterator(store, .latest)
        _ = try await update(StreamSpecification(streamEnabled: false))
        // What is written now is in no stream.
        try await store.put(key("a", "2"))
        let description = try store.engine.describeStream(DescribeStreamInput(streamArn: old)).streamDescription
        #expect(description.streamStatus == .disabled)
        #expect(description.shards.allSatisfy { $0.endingSequenceNumber != nil })
        #expect(try Self.records(store).count == 1)
        let end = try store.engine.getRecords(GetRecordsInput(shardIterator: waiting))
        #expect(end.records.isEmpty && end.nextShardIterator == nil)
        let new = try #require(
            try await update(StreamSpecification(streamEnabled: true, streamViewType: .newImage)).latestStreamArn)
        #expect(new != old)
        try await store.put(key("a", "3"))
        let streams = try store.engine.listStreams(ListStreamsInput(tableName: "tab")).streams.map(\.streamArn)
        #expect(streams == [old, new])
        let shards = try store.engine.describeStream(DescribeStreamInput(streamArn: new)).streamDescription.shards
        #expect(shards.count == 1 && shards[0].parentShardId == nil)
    }

    @Test("observers hear of a table after the commit, and not of writes without a record")
    func observers() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.makeTable("quiet")
        let heard = Mutex<[String]>([])
        let engine = store.engine
        engine.observeStream { table in
            // The record can be read when the observer is called.
            let count = (try? engine.scan(ScanInput(tableName: table)).count) ?? -1
            heard.withLock { $0.append("\(table) \(count)") }
        }
        try await store.put(key("a", "1"))
        try await store.put(key("a", "1"), into: "quiet")
        try await store.put(key("a", "1"))
        #expect(heard.withLock { $0 } == ["tab 1"])
    }

    @Test("number on where they were after a restart")
    func restart() async throws {
        let directory = try TemporaryDirectory()
        var before: [String] = []
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab", stream: .keysOnly)
            try await store.put(key("a", "1"))
            before = try Self.records(store).map(\.sequenceNumber)
            store.engine.close()
        }
        let store = try TestStore(.directory(directory.url))
        try await store.put(key("a", "2"))
        let after = try Self.records(store).map(\.sequenceNumber)
        #expect(after.count == 2 && after[0] == before[0] && after[1] > after[0])
    }
}

extension TestStore {
    /// One round of what the store does by itself.
    func maintain() async throws {
        let result: Result<Bool, StoreError> = await withCheckedContinuation { continuation in
            engine.maintain { continuation.resume(returning: $0) }
        }
        _ = try result.get()
    }
}
