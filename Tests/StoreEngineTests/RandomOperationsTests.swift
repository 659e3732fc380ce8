import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

/// Random operations, seeded, held against a dictionary: the table, each index and the replayed stream must all say the
/// same as the model after every round.
@Suite("Random operations")
struct RandomOperationsTests {
    struct Generator: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 33)
        }
    }

    typealias Item = AttributeMap
    typealias Model = [[String]: Item]

    @Test("leave table, indexes and stream agreeing with a plain model", arguments: [1, 2, 3, 4])
    func agree(seed: UInt64) async throws {
        let store = try await QueryTests.store(stream: .newAndOldImages)
        var random = Generator(state: seed)
        var model: Model = [:]
        for _ in 0..<6 {
            for _ in 0..<40 { try await step(store, &model, &random) }
            try check(store, model)
        }
    }

    private func step(_ store: TestStore, _ model: inout Model, _ random: inout Generator) async throws {
        let place = ["p\(Int.random(in: 0..<3, using: &random))", "s\(Int.random(in: 0..<4, using: &random))"]
        let itemKey = key(place[0], place[1])
        switch Int.random(in: 0..<6, using: &random) {
        case 0, 1:
            let item = randomItem(itemKey, &random)
            try await store.put(item)
            model[place] = item
        case 2:
            _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: itemKey))
            model[place] = nil
        case 3:
            let g = "g\(Int.random(in: 0..<2, using: &random))"
            _ = try await UpdateItemTests.update(
                store, "SET g = :g REMOVE n", values: [":g": .s(g)], key: itemKey)
            model[place, default: itemKey]["g"] = .s(g)
            model[place]?["n"] = nil
        case 4:
            // Conditional: goes through exactly when the model has no such item.
            let item = randomItem(itemKey, &random)
            let input = PutItemInput(tableName: "tab", item: item, conditionExpression: "attribute_not_exists(pk)")
            let error = await failure { () throws(StoreError) in try await store.engine.putItem(input) }
            #expect((error?.code == "ConditionalCheckFailedException") == (model[place] != nil))
            if model[place] == nil { model[place] = item }
        default:
            // A transaction whose second half decides over both.
            let other = ["p9", "s9"]
            let item = randomItem(itemKey, &random)
            let actions = [
                TransactionTests.put(item), TransactionTests.put(key(other[0], other[1]), "attribute_not_exists(pk)"),
            ]
            let error = await failure { () throws(StoreError) in try await TransactionTests.write(store, actions) }
            #expect((error != nil) == (model[other] != nil))
            if error == nil {
                model[place] = item
                model[other] = key(other[0], other[1])
            }
        }
    }

    private func randomItem(_ itemKey: Item, _ random: inout Generator) -> Item {
        var item = itemKey
        item["v"] = .n(Int.random(in: 0..<3, using: &random))
        if Bool.random(using: &random) { item["g"] = .s("g\(Int.random(in: 0..<2, using: &random))") }
        if Bool.random(using: &random) { item["n"] = .n(Int.random(in: -5..<5, using: &random)) }
        if Bool.random(using: &random) { item["w"] = .s("w") }
        return item
    }

    private func check(_ store: TestStore, _ model: Model) throws {
        func scan(_ index: String?) throws -> Set<Item> {
            Set(try (store.engine.scan(ScanInput(tableName: "tab", indexName: index)).items ?? []).map { try $0.attributes() })
        }
        #expect(try scan(nil) == Set(model.values))
        let withG = model.values.filter { $0["g"] != nil }
        #expect(try scan("all") == Set(withG.filter { $0["n"] != nil }))
        #expect(try scan("keys") == Set(withG.map { $0.filter { ["pk", "sk", "g"].contains($0.key) } }))
        #expect(try scan("some") == Set(withG.map { $0.filter { ["pk", "sk", "g", "v"].contains($0.key) } }))
        #expect(try replay(StreamTests.records(store)) == Set(model.values))
    }

    /// The table that the stream's records tell of, from nothing; each old image must be what the records before it made.
    private func replay(_ records: [StreamRecord]) throws -> Set<Item> {
        var items: [Item: Item] = [:]
        for record in records {
            let itemKey = try record.keys.attributes()
            #expect(try items[itemKey] == record.oldImage?.attributes())
            #expect((record.eventName == .insert) == (record.oldImage == nil))
            #expect((record.eventName == .remove) == (record.newImage == nil))
            items[itemKey] = try record.newImage?.attributes()
        }
        return Set(items.values)
    }
}
