import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

/// Random requests of every kind, seeded: each answer is held against ``MemoryTable``, and after each round the checker walks
/// through the store, and the stream is replayed.
@Suite("Random requests")
struct RandomRequestsTests {
    typealias Item = MemoryTable.Item
    typealias Place = MemoryTable.Place

    @Test("are answered as a plain model answers them, in memory and on disk", arguments: 1...6)
    func agree(seed: UInt64) async throws {
        let directory = try TemporaryDirectory()
        let store = try await Self.store(seed.isMultiple(of: 2) ? .directory(directory.url) : .inMemory)
        var run = Run(store: store, random: .init(state: seed))
        for _ in 0..<8 {
            for _ in 0..<60 { try await run.step() }
            let report = try store.engine.check()
            #expect(report.problems == [])
            #expect(report.items == run.model.items.count)
            #expect(try Self.replay(StreamTests.records(store)) == Set(run.model.items.values))
        }
        let snapshot = directory.url.appendingPathComponent("snapshot")
        _ = try store.engine.snapshot(to: snapshot)
        let copy = try TestStore(.directory(snapshot))
        #expect(try Set(copy.engine.scan(ScanInput(tableName: "tab")).attributes) == Set(run.model.items.values))
    }

    /// Keys `pk` (S), `sk` (N); indexes `by-g` (g, n) with everything, `by-n` (n) with `v`, and a local one (n) with keys.
    private static func store(_ location: StoreEngine.Location) async throws -> TestStore {
        let store = try TestStore(location)
        func element(_ name: String, _ type: KeyType) -> KeySchemaElement { KeySchemaElement(attributeName: name, keyType: type) }
        func attribute(_ name: String, _ type: ScalarAttributeType) -> AttributeDefinition {
            AttributeDefinition(attributeName: name, attributeType: type)
        }
        _ = try await store.engine.createTable(
            CreateTableInput(
                tableName: "tab",
                attributeDefinitions: [
                    attribute("pk", .string), attribute("sk", .number), attribute("g", .string), attribute("n", .number),
                ],
                keySchema: [element("pk", .hash), element("sk", .range)],
                globalSecondaryIndexes: [
                    GlobalSecondaryIndex(
                        indexName: "by-g", keySchema: [element("g", .hash), element("n", .range)],
                        projection: Projection(projectionType: .all)),
                    GlobalSecondaryIndex(
                        indexName: "by-n", keySchema: [element("n", .hash)],
                        projection: Projection(projectionType: .include, nonKeyAttributes: ["v"])),
                ],
                localSecondaryIndexes: [
                    LocalSecondaryIndex(
                        indexName: "local", keySchema: [element("pk", .hash), element("n", .range)],
                        projection: Projection(projectionType: .keysOnly))
                ], billingMode: .payPerRequest,
                streamSpecification: StreamSpecification(streamEnabled: true, streamViewType: .newAndOldImages)))
        try await TimeToLiveTests.enable(store, true, "v")
        return store
    }

    private static func replay(_ records: [StreamRecord]) throws -> Set<Item> {
        var items: [Item: Item] = [:]
        for record in records {
            let key = try record.keys.attributes()
            #expect(try items[key] == record.oldImage?.attributes())
            items[key] = try record.newImage?.attributes()
        }
        return Set(items.values)
    }
}

/// One sequence of requests, with the model beside the store.
private struct Run {
    typealias Item = MemoryTable.Item
    typealias Place = MemoryTable.Place

    let store: TestStore
    var random: RandomOperationsTests.Generator
    var model = MemoryTable()

    mutating func step() async throws {
        switch int(0..<13) {
        case 0, 1: try await put()
        case 2, 3: try await update()
        case 4: try await delete()
        case 5, 6: try await transact()
        case 7: try await batchWrite()
        case 8: try batchGet()
        case 9: try queryTable()
        case 10: try queryIndexes()
        case 11: try queryLocalIndex()
        default: try scan()
        }
    }

    // MARK: Inputs

    private mutating func int(_ range: Range<Int>) -> Int { Int.random(in: range, using: &random) }

    private mutating func place() -> Place { Place(pk: "p\(int(0..<3))", sk: int(-3..<6)) }

    /// The key with its number in one of the forms that mean the same.
    private mutating func key(_ place: Place) -> Item {
        var key = place.key
        let forms = ["\(place.sk)", "\(place.sk).0", "\(place.sk * 10)e-1", "\(place.sk).000e0"]
        key["sk"] = .number(forms[int(0..<forms.count)])
        return key
    }

    private mutating func item(_ place: Place) -> Item {
        var item = place.key
        item["v"] = .n(int(-2..<4))
        if int(0..<3) > 0 { item["g"] = .s("g\(int(0..<2))") }
        if int(0..<3) > 0 { item["n"] = .n(int(-2..<3)) }
        if int(0..<4) == 0 { item["text"] = .s(String(repeating: "x", count: int(0..<3000))) }
        return item
    }

    /// Two to four places, no two the same, for requests that allow an item once.
    private mutating func places() -> [Place] {
        var places: Set<Place> = []
        let count = int(2..<5)
        while places.count < count { places.insert(place()) }
        return places.sorted { ($0.pk, $0.sk) < ($1.pk, $1.sk) }
    }

    // MARK: Writes

    private mutating func put() async throws {
        let place = place()
        let item = item(place)
        var input = PutItemInput(tableName: "tab", item: item, returnValues: .allOld)
        let isConditional = int(0..<2) == 0
        if isConditional { input.conditionExpression = "attribute_not_exists(sk)" }
        let before = model[place]
        do throws(StoreError) {
            let output = try await store.engine.putItem(input)
            #expect(try output.attributes?.attributes() == before)
            #expect(!isConditional || before == nil)
            model[place] = item
        } catch {
            #expect(error.code == "ConditionalCheckFailedException")
            #expect(isConditional && before != nil)
        }
    }

    private mutating func update() async throws {
        let place = place()
        let limit = int(-2..<4)
        let number = int(-2..<3)
        let input = UpdateItemInput(
            tableName: "tab", key: key(place),
            updateExpression: "SET g = :g, n = if_not_exists(n, :number) ADD v :one, tags :tags REMOVE #t",
            conditionExpression: "attribute_not_exists(v) OR v < :limit", expressionAttributeNames: ["#t": "text"],
            expressionAttributeValues: [
                ":g": .s("g\(int(0..<2))"), ":number": .n(number), ":one": .n(1), ":limit": .n(limit),
                ":tags": .stringSet(["tag"]),
            ], returnValues: .allNew)
        let before = model[place]
        var after = before ?? place.key
        after["g"] = input.expressionAttributeValues?[":g"]
        after["n"] = after["n"] ?? .n(number)
        after["v"] = .n((after.number("v") ?? 0) + 1)
        after["tags"] = .stringSet(["tag"])
        after["text"] = nil
        do throws(StoreError) {
            let output = try await store.engine.updateItem(input)
            #expect(try output.attributes?.attributes() == after)
            #expect(before?.number("v").map { $0 < limit } ?? true)
            model[place] = after
        } catch {
            #expect(error.code == "ConditionalCheckFailedException")
            #expect(before?.number("v").map { $0 >= limit } == true)
        }
    }

    private mutating func delete() async throws {
        let place = place()
        let input = DeleteItemInput(tableName: "tab", key: key(place), returnValues: .allOld)
        #expect(try await store.engine.deleteItem(input).attributes?.attributes() == model[place])
        model[place] = nil
    }

    /// Puts, deletes and updates, each perhaps under a condition, and at the end a check: all of them or none.
    private mutating func transact() async throws {
        var after = model
        var actions: [TransactWriteAction] = []
        var reasons: [String] = []
        for place in places() {
            let exists = model[place] != nil
            var isRefused = false
            switch int(0..<5) {
            case 0:
                after[place] = item(place)
                actions.append(.put(.init(tableName: "tab", item: after[place] ?? [:])))
            case 1:
                after[place] = item(place)
                actions.append(
                    .put(.init(tableName: "tab", item: after[place] ?? [:], conditionExpression: "attribute_not_exists(pk)")))
                isRefused = exists
            case 2:
                after[place] = nil
                actions.append(.delete(.init(tableName: "tab", key: key(place))))
            case 3:
                after[place] = model[place] ?? place.key
                after[place]?["v"] = .n(3)
                actions.append(
                    .update(
                        .init(
                            tableName: "tab", key: key(place), updateExpression: "SET v = :v",
                            expressionAttributeValues: [":v": .n(3)])))
            default:
                actions.append(
                    .conditionCheck(
                        .init(tableName: "tab", key: key(place), conditionExpression: "attribute_exists(pk)")))
                isRefused = !exists
            }
            reasons.append(isRefused ? "ConditionalCheckFailed" : "None")
        }
        let shouldFail = reasons.contains("ConditionalCheckFailed")
        let (writes, expected) = (actions, reasons)
        let error = await failure { () throws(StoreError) in try await TransactionTests.write(store, writes) }
        #expect((error != nil) == shouldFail)
        #expect(error?.cancellationReasons?.map(\.code) == (shouldFail ? expected : nil))
        if error == nil { model = after }
    }

    private mutating func batchWrite() async throws {
        var requests: [WriteRequest] = []
        for place in places() {
            if int(0..<2) == 0 {
                let item = item(place)
                model[place] = item
                requests.append(.put(item: item))
            } else {
                model[place] = nil
                requests.append(.delete(key: key(place)))
            }
        }
        let output = try await store.engine.batchWriteItem(BatchWriteItemInput(requestItems: ["tab": requests]))
        #expect(output.unprocessedItems.isEmpty)
    }

    // MARK: Reads

    private mutating func batchGet() throws {
        let places = places()
        var keys: [Item] = []
        for place in places { keys.append(key(place)) }
        let output = try store.engine.batchGetItem(
            BatchGetItemInput(requestItems: ["tab": KeysAndAttributes(keys: keys, consistentRead: true)]))
        let found = try (output.responses["tab"] ?? []).map { try $0.attributes() }
        #expect(Set(found) == Set(places.compactMap { model[$0] }))
        let pairs = try store.engine.transactGetItems(
            TransactGetItemsInput(transactItems: keys.map { TransactGet(tableName: "tab", key: $0) }))
        #expect(try pairs.responses.map { try $0?.attributes() } == places.map { model[$0] })
    }

    /// A range of one partition, page by page, in either direction.
    private mutating func queryTable() throws {
        let pk = "p\(int(0..<3))"
        let comparison = MemoryTable.Comparison.allCases[int(0..<6)]
        let low = int(-4..<6)
        let high = low + int(0..<4)
        var values: Item = [":pk": .s(pk), ":low": .n(low)]
        if comparison == .between { values[":high"] = .n(high) }
        var input = QueryInput(
            tableName: "tab", keyConditionExpression: "pk = :pk AND " + comparison.expression("sk"),
            expressionAttributeValues: values, limit: int(1..<6), scanIndexForward: int(0..<2) == 0)
        var expected = model.query("pk", .s(pk), by: "sk") { comparison.holds($0, low, high) }
        if !input.scanIndexForward { expected.reverse() }
        if int(0..<2) == 0 {
            input.filterExpression = "v >= :one"
            input.expressionAttributeValues?[":one"] = .n(1)
            expected = expected.filter { ($0.number("v") ?? .min) >= 1 }
        }
        #expect(try all(input) == expected)
    }

    /// Entries with equal sort keys come in an order that nothing documents.
    private mutating func queryIndexes() throws {
        let (g, number) = (AttributeValue.s("g\(int(0..<2))"), AttributeValue.n(int(-2..<3)))
        let isForward = int(0..<2) == 0
        let input = QueryInput(
            tableName: "tab", indexName: "by-g", keyConditionExpression: "g = :g", expressionAttributeValues: [":g": g],
            limit: int(1..<6), scanIndexForward: isForward)
        let found = try all(input)
        #expect(Set(found) == Set(model.query("g", g, by: "n")))
        let numbers = found.compactMap { $0.number("n") }
        #expect(numbers == (isForward ? numbers.sorted() : numbers.sorted(by: >)))
        let projected = try all(
            QueryInput(
                tableName: "tab", indexName: "by-n", keyConditionExpression: "n = :n", expressionAttributeValues: [":n": number],
                limit: int(1..<6)))
        #expect(
            Set(projected)
                == Set(model.query("n", number, by: "n").map { $0.filter { ["pk", "sk", "n", "v"].contains($0.key) } }))
    }

    /// A range of a local index, and beyond what it projects: the table has the rest.
    private mutating func queryLocalIndex() throws {
        let pk = "p\(int(0..<3))"
        let comparison = MemoryTable.Comparison.allCases[int(0..<6)]
        let low = int(-3..<3)
        let high = low + int(0..<3)
        var values: Item = [":pk": .s(pk), ":low": .n(low)]
        if comparison == .between { values[":high"] = .n(high) }
        var input = QueryInput(
            tableName: "tab", indexName: "local", keyConditionExpression: "pk = :pk AND " + comparison.expression("n"),
            expressionAttributeValues: values, limit: int(1..<4), scanIndexForward: int(0..<2) == 0, consistentRead: true)
        var expected = model.query("pk", .s(pk), by: "n") { comparison.holds($0, low, high) }
        if int(0..<2) == 0 {
            input.select = .allAttributes
        } else {
            expected = expected.map { $0.filter { ["pk", "sk", "n"].contains($0.key) } }
        }
        let found = try all(input)
        #expect(found.count == expected.count)
        #expect(Set(found) == Set(expected))
        let numbers = found.compactMap { $0.number("n") }
        #expect(numbers == (input.scanIndexForward ? numbers.sorted() : numbers.sorted(by: >)))
    }

    /// All pages of a query, one after the other.
    private func all(_ input: QueryInput) throws -> [Item] {
        var (input, found) = (input, [Item]())
        repeat {
            let page = try store.engine.query(input)
            #expect(page.scannedCount <= input.limit ?? .max)
            found += try (page.items ?? []).map { try $0.attributes() }
            input.exclusiveStartKey = page.lastEvaluatedKey
        } while input.exclusiveStartKey != nil
        return found
    }

    /// The table in segments, each page by page: every item once.
    private mutating func scan() throws {
        let total = int(1..<5)
        let limit = int(1..<8)
        var found: [Item] = []
        for segment in 0..<total {
            var input = ScanInput(tableName: "tab", limit: limit, segment: segment, totalSegments: total, consistentRead: true)
            repeat {
                let page = try store.engine.scan(input)
                found += try page.attributes
                input.exclusiveStartKey = page.lastEvaluatedKey
            } while input.exclusiveStartKey != nil
        }
        #expect(found.count == model.items.count)
        #expect(Set(found) == Set(model.items.values))
        let index = try store.engine.scan(ScanInput(tableName: "tab", indexName: "by-g")).attributes
        #expect(Set(index) == Set(model.items.values.filter { $0["g"] != nil && $0["n"] != nil }))
    }
}

extension ScanOutput {
    fileprivate var attributes: [AttributeMap] {
        get throws { try (items ?? []).map { try $0.attributes() } }
    }
}
