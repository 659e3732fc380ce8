import Foundation
import LambdaEvents
import RoostSQLite
import Testing

@testable import StoreEngine

@Suite("Backups")
struct BackupTests {
    static let index = GlobalSecondaryIndex(
        indexName: "by-v", keySchema: [KeySchemaElement(attributeName: "v", keyType: .hash)],
        projection: Projection(projectionType: .all))

    static func indexedStore() async throws -> TestStore {
        try await TestStore.withTable(
            indexes: [index], attributes: [AttributeDefinition(attributeName: "v", attributeType: .string)])
    }

    static func items(_ store: TestStore, _ table: String, index: String? = nil) throws -> [String] {
        try store.engine.scan(ScanInput(tableName: table, indexName: index)).items?.map(\.text).sorted() ?? []
    }

    static func restore(
        _ store: TestStore, _ arn: String, _ name: String = "again", _ overrides: RestoreOverrides = RestoreOverrides()
    ) async throws -> TableDescription {
        try await store.engine.restoreTableFromBackup(
            RestoreTableFromBackupInput(targetTableName: name, backupArn: arn, overrides: overrides)
        ).tableDescription
    }

    static func describe(_ store: TestStore, _ name: String) throws -> TableDescription {
        try store.engine.describeTable(DescribeTableInput(tableName: name)).table
    }

    @Test("keep the items of their moment, and are restored with the table's keys and indexes")
    func restored() async throws {
        let store = try await Self.indexedStore()
        try await store.put(["pk": .s("a"), "sk": .s("1"), "v": .s("x")])
        try await store.put(["pk": .s("b"), "sk": .s("1")])
        let backup = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "one"))
        #expect(backup.backupStatus == .creating)
        try await store.put(["pk": .s("c"), "sk": .s("1"), "v": .s("x")])
        _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("a", "1")))
        let described = try store.engine.describeBackup(backup.backupArn)
        #expect(described.backupDetails.backupStatus == .available)
        #expect(described.itemCount == 2 && described.tableSizeBytes == 14)
        let answer = try await Self.restore(store, backup.backupArn)
        #expect(answer.tableStatus == .creating)
        #expect(answer.restoreSummary?.sourceBackupArn == backup.backupArn)
        #expect(answer.restoreSummary?.restoreInProgress == true)
        let table = try Self.describe(store, "again")
        #expect(table.tableStatus == .active && table.restoreSummary?.restoreInProgress == false)
        let a = #"{"pk":{"S":"a"},"sk":{"S":"1"},"v":{"S":"x"}}"#
        #expect(try Self.items(store, "again") == [a, #"{"pk":{"S":"b"},"sk":{"S":"1"}}"#])
        #expect(try Self.items(store, "again", index: "by-v") == [a])
        // The two tables have nothing to do with each other any more.
        try await store.put(["pk": .s("d"), "sk": .s("1"), "v": .s("y")], into: "again")
        #expect(try Self.items(store, "again").count == 3)
        #expect(try Self.items(store, "tab").count == 2)
    }

    @Test("of more items than one step takes have those of the moment, whatever is written while they are made")
    func consistent() async throws {
        let store = try await TestStore.withTable()
        let count = 1300
        for first in stride(from: 0, to: count, by: 25) {
            let puts = (first..<first + 25).map { ["pk": .s("p\($0)"), "sk": .s("0"), "v": .n(1)] as AttributeMap }
            _ = try await store.engine.batchWriteItem(
                BatchWriteItemInput(requestItems: ["tab": puts.map { .put(item: $0) }]))
        }
        // The making of the backup goes on behind the answer: these changes come in between its steps, or after them.
        let backup = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "one"))
        for number in stride(from: 0, to: count, by: 10) {
            try await store.put(["pk": .s("p\(number)"), "sk": .s("0"), "v": .n(2)])
            _ = try await store.engine.deleteItem(DeleteItemInput(tableName: "tab", key: key("p\(number + 1)", "0")))
            try await store.put(["pk": .s("new\(number)"), "sk": .s("0"), "v": .n(3)])
        }
        try await store.maintain()
        let described = try store.engine.describeBackup(backup.backupArn)
        #expect(described.backupDetails.backupStatus == .available && described.itemCount == count)
        _ = try await Self.restore(store, backup.backupArn)
        try await store.maintain()
        let items = try Self.items(store, "again")
        #expect(items.count == count)
        #expect(items.allSatisfy { $0.contains(#""v":{"N":"1"}"#) })
        // Nothing of the history is kept when nobody needs it.
        #expect(store.engine.catalogue.table(named: "tab")?.changeLogSQL == nil)
    }

    @Test("a table in the making takes no requests, and is finished by the next process where one ended in the middle")
    func crash() async throws {
        let directory = try TemporaryDirectory()
        var arn = ""
        do {
            let store = try TestStore(.directory(directory.url))
            try await store.makeTable("tab")
            for number in 0..<3 { try await store.put(key("a", "\(number)")) }
            arn = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "one")).backupArn
            store.engine.close()
        }
        // As a process leaves it that dies after it made the table and before it copied the first item.
        do {
            let database = try SQLiteDatabase(.file(directory.url.appendingPathComponent("store.sqlite3").path))
            let file = CatalogueFile(region: "us-east-1", accountID: "000000000000")
            let transaction = WriteTransaction(
                database: database, tables: try file.load(database), nowMilliseconds: 0, sequences: try StreamSequences(database),
                undoing: .savepoints)
            try database.transaction {
                let backup = try #require(try StoredBackup.find(arn, in: database))
                let restore = TableRestore(restoreSeconds: 0, isInProgress: true)
                let definition = try RestoredDefinition(source: backup.definition, overrides: RestoreOverrides()).definition(
                    named: "again", nowMilliseconds: 0, restore)
                let table = try transaction.create(definition, in: file)
                _ = try transaction.insertJob(.restoreBackup, from: backup.id, to: table.id)
                #expect(table.isBeingRestored)
                try transaction.writeCounts()
            }
        }
        let store = try TestStore(.directory(directory.url))
        try await store.maintain()
        #expect(try Self.describe(store, "again").tableStatus == .active)
        #expect(try Self.items(store, "again").count == 3)
    }

    @Test("are listed by table, type, time and page, and gone when they are deleted")
    func list() async throws {
        let store = try await TestStore.withTable()
        try await store.makeTable("other")
        var arns: [String] = []
        for table in ["tab", "tab", "other"] {
            arns.append(
                try await store.engine.createBackup(CreateBackupInput(tableName: table, backupName: "same")).backupArn)
            store.clock.advance(bySeconds: 1)
        }
        func list(_ input: ListBackupsInput) throws -> [String] {
            try store.engine.listBackups(input).backups.map(\.backupDetails.backupArn)
        }
        #expect(Set(arns).count == 3)
        #expect(try list(ListBackupsInput()) == arns)
        #expect(try list(ListBackupsInput(tableName: "tab")) == Array(arns[..<2]))
        #expect(try list(ListBackupsInput(tableName: "arn:aws:dynamodb:us-east-1:000000000000:table/other")) == [arns[2]])
        #expect(try list(ListBackupsInput(tableName: "never")) == [])
        #expect(try list(ListBackupsInput(backupType: .system)) == [])
        #expect(try store.engine.listBackups(ListBackupsInput(limit: 2)).lastEvaluatedBackupArn == arns[1])
        #expect(try list(ListBackupsInput(exclusiveStartBackupArn: arns[1])) == [arns[2]])
        let start = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(try list(ListBackupsInput(timeRangeLowerBound: start + 1, timeRangeUpperBound: start + 2)) == [arns[1]])
        let deleted = try await store.engine.deleteBackup(arns[0])
        #expect(deleted.backupDetails.backupStatus == .deleted)
        #expect(try list(ListBackupsInput()) == Array(arns[1...]))
        let gone = arns[0]
        let error = await failure { () throws(StoreError) in try store.engine.describeBackup(gone) }
        #expect(error == StoreError(code: "BackupNotFoundException", message: "Backup not found: \(gone)"))
    }

    @Test("are restored with fewer indexes and another billing mode where that is asked for, and with no others")
    func overrides() async throws {
        let store = try await Self.indexedStore()
        let arn = try await store.engine.createBackup(CreateBackupInput(tableName: "tab", backupName: "one")).backupArn
        let throughput = ProvisionedThroughput(readCapacityUnits: 3, writeCapacityUnits: 4)
        _ = try await Self.restore(
            store, arn, "plain",
            RestoreOverrides(billingMode: .provisioned, globalSecondaryIndexes: [], provisionedThroughput: throughput))
        let plain = try Self.describe(store, "plain")
        #expect(plain.globalSecondaryIndexes == nil)
        #expect(plain.provisionedThroughput.readCapacityUnits == 3 && plain.provisionedThroughput.writeCapacityUnits == 4)
        // The index's attribute is none of the table's without it.
        #expect((plain.attributeDefinitions as [AttributeDefinition]?)?.map(\.attributeName) == ["pk", "sk"])
        var stranger = Self.index
        stranger.projection = Projection(projectionType: .keysOnly)
        let name = Self.index.indexName
        for (overrides, text) in [
            (
                RestoreOverrides(globalSecondaryIndexes: [stranger]),
                "Index \(name) does not match a secondary index that existed in the source table and cannot be created during "
                    + "the restore operation"
            ),
            (
                RestoreOverrides(billingMode: .provisioned),
                "Must override ProvisionedThroughput if BillingMode is overridden to PROVISIONED"
            ),
            (
                RestoreOverrides(
                    billingMode: .provisioned, globalSecondaryIndexes: [Self.index], provisionedThroughput: throughput),
                "Must specify provisioned throughput for index \(name)"
            ),
            (
                RestoreOverrides(provisionedThroughput: throughput),
                "Cannot override ProvisionedThroughput unless BillingMode is PROVISIONED"
            ),
            (
                RestoreOverrides(onDemandThroughput: OnDemandThroughput(maxReadRequestUnits: 0)),
                "Requested MaxReadRequestUnits for OnDemandThroughput is outside of valid range"
            ),
        ] {
            let error = await failure { () throws(StoreError) in
                try await store.engine.restoreTableFromBackup(
                    RestoreTableFromBackupInput(targetTableName: "bad", backupArn: arn, overrides: overrides))
            }
            #expect(error == .validation("Invalid Request: \(text)"))
        }
        let error = await failure { () throws(StoreError) in
            try await store.engine.restoreTableFromBackup(
                RestoreTableFromBackupInput(targetTableName: "tab", backupArn: arn))
        }
        #expect(error == StoreError(code: "TableAlreadyExistsException", message: "Table already exists: tab"))
        #expect(try store.engine.listTables(ListTablesInput()).tableNames == ["plain", "tab"])
    }
}
