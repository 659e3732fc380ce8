import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("Point-in-time recovery")
struct PointInTimeRecoveryTests {
    static let start = Date(timeIntervalSince1970: 1_700_000_000)

    static func enable(_ store: TestStore, days: Int? = nil) async throws {
        _ = try await store.engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(tableName: "tab", pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: days))
    }

    static func restore(_ store: TestStore, _ name: String, at date: Date?) async throws -> TableDescription {
        try await store.engine.restoreTableToPointInTime(
            RestoreTableToPointInTimeInput(
                sourceTable: "tab", targetTableName: name, useLatestRestorableTime: date == nil ? true : nil,
                restoreDateTime: date)
        ).tableDescription
    }

    @Test("restores the table of every second since it was turned on")
    func everySecond() async throws {
        let store = try await BackupTests.indexedStore()
        try await store.put(["pk": .s("old"), "sk": .s("0"), "v": .s("i"), "n": .n(0)])
        try await Self.enable(store)
        // What the table holds after each second, kept beside it.
        var model: [String: Int] = ["old": 0]
        var history: [[String: Int]] = []
        var random = SystemRandomNumberGenerator()
        for second in 0..<20 {
            for _ in 0..<3 {
                let pk = ["old", "a", "b", "c"].randomElement(using: &random) ?? "a"
                if Bool.random(using: &random) {
                    model[pk] = second
                    try await store.put(["pk": .s(pk), "sk": .s("0"), "v": .s("i"), "n": .n(second)])
                } else {
                    model[pk] = nil
                    _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key(pk, "0")))
                }
            }
            history.append(model)
            store.clock.advance(bySeconds: 1)
        }
        for (second, expected) in history.enumerated() {
            let name = "at-\(second)"
            _ = try await Self.restore(store, name, at: Self.start + Double(second))
            for index in [nil, "by-v"] {
                let items = try store.engine.scan(ScanInput(tableName: name, indexName: index)).items ?? []
                var found: [String: Int] = [:]
                for item in items {
                    let attributes = try item.attributes()
                    if case .string(let pk)? = attributes["pk"], case .number(let n)? = attributes["n"] { found[pk] = Int(n) }
                }
                #expect(found == expected, "second \(second), \(index ?? "table")")
            }
        }
        let latest = try await Self.restore(store, "latest", at: nil)
        #expect(latest.restoreSummary?.sourceTableArn == "arn:aws:dynamodb:us-east-1:000000000000:table/tab")
        #expect(latest.restoreSummary?.sourceBackupArn == nil)
        #expect(try store.engine.scan(ScanInput(tableName: "latest")).count == model.count)
    }

    @Test("is told with its period and its bounds, in whole seconds")
    func description() async throws {
        let store = try await TestStore.withTable()
        #expect(try store.engine.describeContinuousBackups("tab").pointInTimeRecovery == nil)
        try await Self.enable(store)
        store.clock.advance(bySeconds: 10.5)
        let recovery = try #require(try store.engine.describeContinuousBackups("tab").pointInTimeRecovery)
        #expect(recovery.recoveryPeriodInDays == 35)
        #expect(recovery.earliestRestorableDateTime == Self.start)
        #expect(recovery.latestRestorableDateTime == Self.start + 10)
        // What a shorter period has let go does not come back with a longer one.
        store.clock.advance(bySeconds: 3 * 86400)
        try await Self.enable(store, days: 1)
        try await Self.enable(store, days: 30)
        let longer = try #require(try store.engine.describeContinuousBackups("tab").pointInTimeRecovery)
        #expect(longer.recoveryPeriodInDays == 30)
        #expect(longer.earliestRestorableDateTime == Self.start + 2 * 86400 + 10)
    }

    @Test("refuses what is not between its bounds, and tables without it")
    func refused() async throws {
        let store = try await TestStore.withTable()
        func code(_ input: RestoreTableToPointInTimeInput) async -> String? {
            await failure { () throws(StoreError) in try await store.engine.restoreTableToPointInTime(input) }?.code
        }
        func input(_ date: Date?, latest: Bool? = nil) -> RestoreTableToPointInTimeInput {
            RestoreTableToPointInTimeInput(
                sourceTable: "tab", targetTableName: "new", useLatestRestorableTime: latest, restoreDateTime: date)
        }
        #expect(await code(input(nil, latest: true)) == "PointInTimeRecoveryUnavailableException")
        try await Self.enable(store)
        store.clock.advance(bySeconds: 10)
        #expect(await code(input(Self.start - 1)) == "InvalidRestoreTimeException")
        #expect(await code(input(Self.start + 11)) == "InvalidRestoreTimeException")
        #expect(await code(input(nil)) == "ValidationException")
        #expect(await code(input(Self.start, latest: true)) == "ValidationException")
        #expect(
            await code(RestoreTableToPointInTimeInput(sourceTable: "none", targetTableName: "new"))
                == "TableNotFoundException")
        #expect(
            await code(RestoreTableToPointInTimeInput(sourceTable: "tab", targetTableName: "tab"))
                == "TableAlreadyExistsException")
        #expect(await code(RestoreTableToPointInTimeInput(sourceTable: nil, targetTableName: "new")) == "ValidationException")
    }

    @Test("forgets changes past its period, and all of them when it is turned off")
    func trimming() async throws {
        let store = try await TestStore.withTable()
        func count() throws -> Int? {
            try store.engine.readers.read { database in
                let exists = try database.first("SELECT 1 FROM sqlite_schema WHERE name GLOB 'c_[0-9]*'") { _ in true }
                guard exists == true, let table = store.engine.catalogue.table(named: "tab") else { return nil }
                return try database.first("SELECT count(*) FROM c_\(table.id)") { Int($0.integer(0)) }
            }
        }
        try await store.put(key("a", "0"))
        #expect(try count() == nil)
        try await Self.enable(store, days: 2)
        try await store.put(key("a", "1"))
        store.clock.advance(bySeconds: 86400)
        try await store.put(key("a", "2"))
        #expect(try count() == 2)
        store.clock.advance(bySeconds: 86401)
        try await store.maintain()
        #expect(try count() == 1)
        _ = try await store.engine.updateContinuousBackups(
            UpdateContinuousBackupsInput(tableName: "tab", pointInTimeRecoveryEnabled: false))
        #expect(try count() == nil)
        try await store.put(key("a", "3"))
    }

    @Test("leaves a system backup of a table that is deleted, for 35 days")
    func systemBackup() async throws {
        let store = try await TestStore.withTable()
        try await Self.enable(store)
        try await store.put(key("a", "1"))
        _ = try await store.engine.deleteTable(DeleteTableInput(tableName: "tab"))
        #expect(try store.engine.listBackups(ListBackupsInput()).backups.isEmpty)
        let backup = try #require(try store.engine.listBackups(ListBackupsInput(backupType: .system)).backups.first)
        #expect(backup.backupDetails.backupName == "tab$DeletedTableBackup" && backup.itemCount == 1)
        // A table of the same name is another one.
        try await store.makeTable("tab")
        _ = try await BackupTests.restore(store, backup.backupDetails.backupArn)
        #expect(try BackupTests.items(store, "again").count == 1)
        store.clock.advance(bySeconds: 35 * 86400 + 1)
        try await store.maintain()
        #expect(try store.engine.listBackups(ListBackupsInput(backupType: .system)).backups.isEmpty)
    }
}
