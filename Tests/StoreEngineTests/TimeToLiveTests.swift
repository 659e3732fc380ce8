import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Time to live")
struct TimeToLiveTests {
    static func enable(_ store: TestStore, _ enabled: Bool = true, _ attribute: String = "expires") async throws {
        _ = try await store.engine.updateTimeToLive(
            UpdateTimeToLiveInput(
                tableName: "tab", timeToLiveSpecification: TimeToLiveSpecification(attributeName: attribute, enabled: enabled)))
    }

    @Test("is described as it was set")
    func describe() async throws {
        let store = try await TestStore.withTable()
        let input = DescribeTimeToLiveInput(tableName: "tab")
        #expect(try store.engine.describeTimeToLive(input).timeToLiveStatus == .disabled)
        try await Self.enable(store)
        #expect(try store.engine.describeTimeToLive(input).timeToLiveStatus == .enabled)
        #expect(try store.engine.describeTimeToLive(input).attributeName == "expires")
        store.clock.advance(bySeconds: 3600)
        try await Self.enable(store, false)
        #expect(try store.engine.describeTimeToLive(input).attributeName == nil)
    }

    @Test("is changed once an hour at most")
    func interval() async throws {
        let store = try await TestStore.withTable()
        try await Self.enable(store)
        store.clock.advance(bySeconds: 3599)
        let error = await failure { () throws(StoreError) in
            do { try await Self.enable(store, false) } catch { throw StoreError(any: error) }
        }
        #expect(error == .validation("Time to live has been modified multiple times within a fixed interval"))
        store.clock.advance(bySeconds: 1)
        try await Self.enable(store, false)
        // Another attribute is another setting, whose sweep knows nothing of the first one's times.
        store.clock.advance(bySeconds: 3600)
        try await Self.enable(store, true, "dies")
        let now = Int(store.clock.now.timeIntervalSince1970)
        try await store.put(["pk": .s("old"), "sk": .s("1"), "expires": .n(now - 1)])
        try await store.put(["pk": .s("new"), "sk": .s("1"), "dies": .n(now - 1)])
        try await store.maintain()
        #expect(try store.get(key("old", "1")) != nil)
        #expect(try store.get(key("new", "1")) == nil)
    }

    @Test("is refused when it is so already, or on another attribute")
    func refusals() async throws {
        let store = try await TestStore.withTable()
        func error(_ enabled: Bool, _ attribute: String) async -> String? {
            await failure { () throws(StoreError) in
                do { try await Self.enable(store, enabled, attribute) } catch { throw StoreError(any: error) }
            }?.message
        }
        #expect(await error(false, "expires") == "TimeToLive is already disabled")
        try await Self.enable(store)
        #expect(await error(true, "expires") == "TimeToLive is already enabled")
        #expect(
            await error(true, "other") == "TimeToLive is active on a different AttributeName: current AttributeName is expires")
    }

    @Test("deletes what has expired, old and new, as the service's principal, and nothing else")
    func deletes() async throws {
        let store = try await TestStore.withTable(stream: .newAndOldImages)
        let now = 1_700_000_000
        try await store.put(["pk": .s("before"), "sk": .s("1"), "expires": .n(now + 60)])
        try await Self.enable(store)
        try await store.put(["pk": .s("after"), "sk": .s("1"), "expires": .n(now + 60)])
        try await store.put(["pk": .s("later"), "sk": .s("1"), "expires": .n(now + 4000)])
        try await store.put(["pk": .s("text"), "sk": .s("1"), "expires": .s("\(now)")])
        try await store.put(["pk": .s("ancient"), "sk": .s("1"), "expires": .n(now - 6 * 365 * 86400)])
        try await store.put(["pk": .s("moved"), "sk": .s("1"), "expires": .n(now + 60)])
        try await store.put(["pk": .s("moved"), "sk": .s("1"), "expires": .n(now + 5000)])
        try await store.maintain()
        #expect(try store.engine.scan(ScanInput(tableName: "tab")).count == 6)
        store.clock.advance(bySeconds: 61)
        try await store.maintain()
        let left = try store.engine.scan(ScanInput(tableName: "tab")).items ?? []
        #expect(try Set(left.map { try $0.attributes()["pk"] }) == Set(["ancient", "later", "moved", "text"].map { .s($0) }))
        let removed = try StreamTests.records(store).filter { $0.eventName == .remove }
        #expect(removed.count == 2)
        #expect(removed.allSatisfy { $0.userIdentity?.type == "Service" })
        #expect(removed.allSatisfy { $0.userIdentity?.principalId == "dynamodb.amazonaws.com" })
        #expect(removed.allSatisfy { $0.oldImage != nil })
    }

    @Test("deletes more than one transaction's worth in one round")
    func manyExpired() async throws {
        let store = try await TestStore.withTable()
        try await Self.enable(store)
        for number in 0..<505 {
            try await store.put(["pk": .s("p"), "sk": .s("\(number)"), "expires": .n(1_699_999_999)])
        }
        try await store.maintain()
        #expect(try store.engine.scan(ScanInput(tableName: "tab")).count == 0)
    }

    @Test("the clock alone makes the store delete")
    func byItself() async throws {
        let store = try await TestStore.withTable()
        try await Self.enable(store)
        try await store.put(["pk": .s("a"), "sk": .s("1"), "expires": .n(1_700_000_000 + 30)])
        store.clock.advance(bySeconds: 61)
        // The writer takes requests in order: this one comes after the sweep.
        try await store.put(key("b", "1"))
        #expect(try store.get(key("a", "1")) == nil)
    }
}
