import EmulatorClock
import Foundation
import LambdaEvents

@testable import StoreEngine

/// A store in memory on a manual clock, and one-line inputs for the tests.
struct TestStore {
    let clock: ManualClock
    let engine: StoreEngine

    init(_ location: StoreEngine.Location = .inMemory, clock: ManualClock = ManualClock()) throws {
        self.clock = clock
        engine = try StoreEngine(location: location, clock: clock)
    }

    /// A table `tab` with the keys `pk` (S) and `sk` (S).
    static func withTable(
        sort: ScalarAttributeType? = .string, indexes: [GlobalSecondaryIndex]? = nil, stream: StreamViewType? = nil,
        attributes: [AttributeDefinition] = []
    ) async throws -> TestStore {
        let store = try TestStore()
        try await store.makeTable("tab", sort: sort, indexes: indexes, stream: stream, attributes: attributes)
        return store
    }

    func makeTable(
        _ name: String, sort: ScalarAttributeType? = .string, indexes: [GlobalSecondaryIndex]? = nil,
        stream: StreamViewType? = nil, attributes: [AttributeDefinition] = []
    ) async throws {
        var definitions = [AttributeDefinition(attributeName: "pk", attributeType: .string)]
        var keys = [KeySchemaElement(attributeName: "pk", keyType: .hash)]
        if let sort {
            definitions.append(AttributeDefinition(attributeName: "sk", attributeType: sort))
            keys.append(KeySchemaElement(attributeName: "sk", keyType: .range))
        }
        _ = try await engine.createTable(
            CreateTableInput(
                tableName: name, attributeDefinitions: definitions + attributes, keySchema: keys,
                globalSecondaryIndexes: indexes, billingMode: .payPerRequest,
                streamSpecification: stream.map { StreamSpecification(streamEnabled: true, streamViewType: $0) }))
    }

    func put(_ item: AttributeMap, into table: String = "tab") async throws {
        _ = try await engine.putItem(PutItemInput(tableName: table, item: item))
    }

    func get(_ key: AttributeMap, from table: String = "tab") throws -> AttributeMap? {
        try engine.getItem(GetItemInput(tableName: table, key: key)).item?.attributes()
    }
}

extension AttributeValue {
    static func s(_ text: String) -> AttributeValue { .string(text) }
    static func n(_ number: Int) -> AttributeValue { .number(String(number)) }
}

func key(_ pk: String, _ sk: String) -> AttributeMap { ["pk": .s(pk), "sk": .s(sk)] }

extension ItemDocument {
    var text: String { String(decoding: json, as: UTF8.self) }
}

/// The error of a call that must fail.
func failure<T>(_ body: () async throws(StoreError) -> T) async -> StoreError? {
    do throws(StoreError) {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

/// A directory that is removed with the object.
final class TemporaryDirectory: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("roost-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        // A directory that stays behind in the temporary place harms nobody.
        try? FileManager.default.removeItem(at: url)
    }
}
