import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("CreateTable, DescribeTable, ListTables, DeleteTable")
struct TableTests {
    static func input(_ change: (inout CreateTableInput) -> Void = { _ in }) -> CreateTableInput {
        var input = CreateTableInput(
            tableName: "Music",
            attributeDefinitions: [
                AttributeDefinition(attributeName: "Artist", attributeType: .string),
                AttributeDefinition(attributeName: "Song", attributeType: .string),
            ],
            keySchema: [
                KeySchemaElement(attributeName: "Artist", keyType: .hash),
                KeySchemaElement(attributeName: "Song", keyType: .range),
            ],
            billingMode: .payPerRequest)
        change(&input)
        return input
    }

    static func index(_ name: String = "ByYear", _ projection: Projection = Projection(projectionType: .all))
        -> GlobalSecondaryIndex
    {
        GlobalSecondaryIndex(
            indexName: name, keySchema: [KeySchemaElement(attributeName: "Song", keyType: .hash)], projection: projection)
    }

    @Test("a new table is CREATING in its answer and ACTIVE when described")
    func create() async throws {
        let store = try TestStore()
        let created = try await store.engine.createTable(
            Self.input {
                $0.globalSecondaryIndexes = [Self.index()]
                $0.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
            }
        ).tableDescription
        #expect(created.tableStatus == .creating)
        #expect(created.tableArn == "arn:aws:dynamodb:us-east-1:000000000000:table/Music")
        // The manual clock stands at 1700000000.
        #expect(created.latestStreamLabel == "2023-11-14T22:13:20.000")
        #expect(created.latestStreamArn == "\(created.tableArn)/stream/2023-11-14T22:13:20.000")
        let described = try store.engine.describeTable(DescribeTableInput(tableName: "Music")).table
        #expect(described.tableStatus == .active)
        #expect(described.tableId == created.tableId)
        #expect(described.globalSecondaryIndexes?.first?.indexArn == "\(created.tableArn)/index/ByYear")
        #expect(described.globalSecondaryIndexes?.first?.indexStatus == .active)
        #expect(described.billingModeSummary?.billingMode == .payPerRequest)
    }

    @Test("a description counts the items and their bytes")
    func counts() async throws {
        let store = try await TestStore.withTable()
        try await store.put(key("a", "1"))
        try await store.put(key("a", "22"))
        let table = try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table
        #expect(table.itemCount == 2)
        // "pk" + "a" + "sk" + "1", and one byte more.
        #expect(table.tableSizeBytes == 13)
    }

    @Test("a table's name is taken until it is deleted")
    func deleteAndAgain() async throws {
        let store = try await TestStore.withTable(stream: .keysOnly)
        try await store.put(key("a", "1"))
        let taken = await failure { () throws(StoreError) in
            try await store.engine.createTable(
                CreateTableInput(
                    tableName: "tab", attributeDefinitions: [AttributeDefinition(attributeName: "a", attributeType: .string)],
                    keySchema: [KeySchemaElement(attributeName: "a", keyType: .hash)], billingMode: .payPerRequest))
        }
        #expect(taken == StoreError(code: "ResourceInUseException", message: "Table already exists: tab"))
        let deleted = try await store.engine.deleteTable(DeleteTableInput(tableName: "tab")).tableDescription
        #expect(deleted.tableStatus == .deleting)
        let gone = await failure { () throws(StoreError) in
            try store.engine.describeTable(DescribeTableInput(tableName: "tab"))
        }
        #expect(
            gone == StoreError(code: "ResourceNotFoundException", message: "Requested resource not found: Table: tab not found"))
        try await store.makeTable("tab", stream: .keysOnly)
        #expect(try store.get(key("a", "1")) == nil)
    }

    @Test("a protected table is not deleted")
    func protection() async throws {
        let store = try TestStore()
        _ = try await store.engine.createTable(Self.input { $0.deletionProtectionEnabled = true })
        let error = await failure { () throws(StoreError) in
            try await store.engine.deleteTable(DeleteTableInput(tableName: "Music"))
        }
        #expect(error?.code == "ValidationException")
        #expect(try store.engine.listTables(ListTablesInput()).tableNames == ["Music"])
    }

    @Test("names are listed in order, page by page")
    func list() async throws {
        let store = try TestStore()
        for name in ["bbb", "aaa", "Zzz", "ccc"] { try await store.makeTable(name) }
        let first = try store.engine.listTables(ListTablesInput(limit: 3))
        #expect(first.tableNames == ["Zzz", "aaa", "bbb"])
        #expect(first.lastEvaluatedTableName == "bbb")
        let second = try store.engine.listTables(ListTablesInput(exclusiveStartTableName: "bbb", limit: 3))
        #expect(second.tableNames == ["ccc"])
        #expect(second.lastEvaluatedTableName == nil)
        let error = await failure { () throws(StoreError) in try store.engine.listTables(ListTablesInput(limit: 0)) }
        #expect(
            error
                == .validation(
                    "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value "
                        + "greater than or equal to 1"))
    }

    @Test("a table is told with the settings that it was made with, and no others")
    func settings() async throws {
        let store = try TestStore()
        let plain = try await store.engine.createTable(Self.input()).tableDescription
        #expect(plain.sseDescription == nil)
        #expect(plain.tableClassSummary == nil)
        #expect(plain.onDemandThroughput == nil)
        #expect(plain.warmThroughput == .init(readUnitsPerSecond: 12000, writeUnitsPerSecond: 4000, status: .active))
        _ = try await store.engine.createTable(
            Self.input {
                $0.tableName = "Full"
                $0.localSecondaryIndexes = [Self.localIndex()]
                $0.attributeDefinitions.append(AttributeDefinition(attributeName: "Year", attributeType: .number))
                $0.sseSpecification = SSESpecification(enabled: true, sseType: .kms, kmsMasterKeyId: "1234")
                $0.tableClass = .standard
                $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: 10, maxWriteRequestUnits: 5)
                $0.warmThroughput = WarmThroughput(writeUnitsPerSecond: 5000)
            })
        let full = try store.engine.describeTable(DescribeTableInput(tableName: "Full")).table
        #expect(full.sseDescription?.kmsMasterKeyArn == "arn:aws:kms:us-east-1:000000000000:key/1234")
        #expect(full.tableClassSummary?.tableClass == .standard)
        #expect(full.onDemandThroughput?.maxWriteRequestUnits == 5)
        #expect(full.warmThroughput == .init(readUnitsPerSecond: 12000, writeUnitsPerSecond: 5000, status: .active))
        let local = try #require(full.localSecondaryIndexes?.first)
        #expect(local.indexArn == "\(full.tableArn)/index/ByYear")
        #expect(local.keySchema.map(\.attributeName) == ["Artist", "Year"])
    }

    static func localIndex(_ hash: String = "Artist", _ range: String? = "Year") -> LocalSecondaryIndex {
        LocalSecondaryIndex(
            indexName: "ByYear",
            keySchema: [KeySchemaElement(attributeName: hash, keyType: .hash)]
                + (range.map { [KeySchemaElement(attributeName: $0, keyType: .range)] } ?? []),
            projection: Projection(projectionType: .keysOnly))
    }

    @Test("a deleted table's description has no part of its schema")
    func deletedDescription() async throws {
        let store = try await TestStore.withTable()
        let table = try await store.engine.deleteTable(DeleteTableInput(tableName: "tab")).tableDescription
        #expect(table.keySchema == nil && table.attributeDefinitions == nil && table.creationDateTime == nil)
        #expect(table.billingModeSummary?.billingMode == .payPerRequest)
    }

    struct Refusal: Sendable {
        var change: @Sendable (inout CreateTableInput) -> Void
        var message: String
    }

    static func severalKeys(_ keys: (String, KeyType)...) -> GlobalSecondaryIndex { severalKeys(keys) }

    static func severalKeys(_ keys: [(String, KeyType)]) -> GlobalSecondaryIndex {
        GlobalSecondaryIndex(
            indexName: "Several", keySchema: keys.map { KeySchemaElement(attributeName: $0.0, keyType: $0.1) },
            projection: Projection(projectionType: .all))
    }

    /// Texts: the service's, as recorded by the tests of dynalite and moto, which were made against it, and by measurements of
    /// October 2026.
    static let refusals: [Refusal] = [
        Refusal(
            change: { $0.tableName = "a b" },
            message: "1 validation error detected: Value 'a b' at 'tableName' failed to satisfy constraint: Member must satisfy "
                + "regular expression pattern: [a-zA-Z0-9_.-]+"),
        Refusal(
            change: { $0.billingMode = nil },
            message: "One or more parameter values were invalid: ReadCapacityUnits and WriteCapacityUnits must both be specified "
                + "when BillingMode is PROVISIONED"),
        Refusal(
            change: { $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1) },
            message: "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                + "specified when BillingMode is PAY_PER_REQUEST"),
        Refusal(
            change: { $0.keySchema.swapAt(0, 1) },
            message: "Invalid KeySchema: The first KeySchemaElement is not a HASH key type"),
        Refusal(
            change: { $0.keySchema[1].attributeName = "Artist" },
            message: "Both the Hash Key and the Range Key element in the KeySchema have the same name"),
        Refusal(
            change: { $0.keySchema.removeLast() },
            message: "One or more parameter values were invalid: Number of attributes in KeySchema does not exactly match number "
                + "of attributes defined in AttributeDefinitions"),
        Refusal(
            change: { $0.keySchema[1].attributeName = "Title" },
            message: "One or more parameter values were invalid: Some index key attributes are not defined in "
                + "AttributeDefinitions. Keys: [Artist, Title], AttributeDefinitions: [Artist, Song]"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [] },
            message: "One or more parameter values were invalid: List of GlobalSecondaryIndexes is empty"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [index(), index()] },
            message: "One or more parameter values were invalid: Duplicate index name: ByYear"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [index("ByYear", Projection(projectionType: nil))] },
            message: "One or more parameter values were invalid: Unknown ProjectionType: null"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [index("ByYear", Projection(projectionType: .all, nonKeyAttributes: ["x"]))] },
            message: "One or more parameter values were invalid: ProjectionType is ALL, but NonKeyAttributes is specified"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [index("ByYear", Projection(projectionType: .include))] },
            message: "One or more parameter values were invalid: ProjectionType is INCLUDE, but NonKeyAttributes is not specified"
        ),
        Refusal(
            change: { $0.attributeDefinitions.removeLast() },
            message: "Invalid KeySchema: Some index key attribute have no definition"),
        Refusal(
            change: { $0.attributeDefinitions.append($0.attributeDefinitions[0]) },
            message: "Attribute Name is duplicated: Artist"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [severalKeys(("Artist", .hash), ("Artist", .hash))] },
            message: "The KeySchema contains multiple key attributes with the same name"),
        Refusal(
            change: {
                $0.attributeDefinitions.append(.init(attributeName: "Year", attributeType: .string))
                $0.globalSecondaryIndexes = [severalKeys(("Artist", .hash), ("Song", .range), ("Year", .hash))]
            },
            message:
                "One or more parameter values were invalid: All HASH key attributes must precede RANGE key attributes in the "
                + "KeySchema"),
        Refusal(
            change: {
                let names = ["a", "b", "c", "d", "e"]
                $0.attributeDefinitions += names.map { .init(attributeName: $0, attributeType: .string) }
                $0.globalSecondaryIndexes = [severalKeys(names.map { ($0, .hash) })]
            },
            message: "One or more parameter values were invalid: The KeySchema exceeds the maximum allowed number of HASH key "
                + "attributes"),
        Refusal(
            change: { $0.streamSpecification = StreamSpecification(streamEnabled: true) },
            message: "One or more parameter values were invalid: Table is being created with a stream enabled, UpdateViewType is "
                + "required"),
        Refusal(
            change: { $0.streamSpecification = StreamSpecification(streamEnabled: false, streamViewType: .keysOnly) },
            message: "One or more parameter values were invalid: Table is being created with a stream disabled, UpdateViewType "
                + "should not be specified"),
        Refusal(
            change: { $0.sseSpecification = SSESpecification(enabled: true, kmsMasterKeyId: "1234") },
            message: "One or more parameter values were invalid: SSEType KMS is required if KMSMasterKeyId is specified"),
        Refusal(
            change: { $0.localSecondaryIndexes = [] },
            message: "One or more parameter values were invalid: List of LocalSecondaryIndexes is empty"),
        Refusal(
            change: {
                $0.keySchema.removeLast()
                $0.localSecondaryIndexes = [localIndex("Artist", "Song")]
            },
            message: "One or more parameter values were invalid: Table KeySchema does not have a range key, which is required "
                + "when specifying a LocalSecondaryIndex"),
        Refusal(
            change: { $0.localSecondaryIndexes = [localIndex("Artist", nil)] },
            message: "One or more parameter values were invalid: Index KeySchema does not have a range key for index: ByYear"),
        Refusal(
            change: { $0.localSecondaryIndexes = [localIndex("Song", "Artist")] },
            message: "One or more parameter values were invalid: Index KeySchema does not have the same leading hash key as "
                + "table KeySchema for index: ByYear. index hash key: Song, table hash key: Artist"),
        Refusal(
            change: {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1_000_000_000_001, writeCapacityUnits: 1)
            },
            message: "Given value 1000000000001 for ReadCapacityUnits is out of bounds"),
        Refusal(
            change: { $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 12000, writeUnitsPerSecond: 3999) },
            message: "One or more parameter values were invalid: Requested WriteUnitsPerSecond for WarmThroughput for table is "
                + "lower than initial throughput for OnDemand. See: https://docs.aws.amazon.com/amazondynamodb/latest/"
                + "developerguide/on-demand-capacity-mode.html#on-demand-capacity-mode-initial"),
        Refusal(
            change: {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 10, writeCapacityUnits: 10)
                $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 5, writeUnitsPerSecond: 5)
            },
            message: "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is "
                + "lower than ReadCapacityUnits of ProvisionedThroughput"),
        Refusal(
            change: { $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: -1) },
            message: "One or more parameter values were invalid: Requested MaxReadRequestUnits for OnDemandThroughput for table "
                + "is outside of valid range"),
        Refusal(
            change: {
                $0.globalSecondaryIndexes = [index()]
                $0.globalSecondaryIndexes?[0].onDemandThroughput = OnDemandThroughput(maxWriteRequestUnits: 0)
            },
            message: "One or more parameter values were invalid: Requested MaxWriteRequestUnits for OnDemandThroughput for "
                + "index : ByYear is outside of valid range"),
        Refusal(
            change: {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
                $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: 1)
            },
            message: "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput cannot be specified "
                + "when table BillingMode is PROVISIONED."),
        Refusal(
            change: {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
                $0.globalSecondaryIndexes = [index()]
                $0.globalSecondaryIndexes?[0].provisionedThroughput = $0.provisionedThroughput
                $0.globalSecondaryIndexes?[0].onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: 1)
            },
            message: "One or more parameter values were invalid: MaxReadRequestUnits for OnDemandThroughput for index: ByYear "
                + "cannot be specified when table BillingMode is PROVISIONED."),
        Refusal(
            change: {
                $0.attributeDefinitions.append(.init(attributeName: "Year", attributeType: .string))
                $0.globalSecondaryIndexes = [index("ByYear", Projection(projectionType: nil))]
            },
            message: "One or more parameter values were invalid: Some AttributeDefinitions are not used. AttributeDefinitions: "
                + "[Artist, Song, Year], keys used: [Artist, Song]"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [severalKeys(("Year", .hash))] },
            message: "One or more parameter values were invalid: Some index key attributes are not defined in "
                + "AttributeDefinitions. Keys: [Year], AttributeDefinitions: [Artist, Song]"),
        Refusal(
            change: {
                $0.globalSecondaryIndexes = [
                    index("ByYear", Projection(projectionType: .include, nonKeyAttributes: ["x", "y", "x"]))
                ]
            },
            message: "One or more parameter values were invalid: Duplicate element in NonKeyAttributes: x"),
        Refusal(
            change: { $0.sseSpecification = SSESpecification(kmsMasterKeyId: "1234") },
            message: "One or more parameter values were invalid: SSEType KMS is required if KMSMasterKeyId is specified"),
        Refusal(
            change: { $0.attributeDefinitions[1].attributeName = long },
            message: "1 validation error detected: Value '\(long)' at 'attributeDefinitions.2.member.attributeName' failed to "
                + "satisfy constraint: Member must have length less than or equal to 255"),
        Refusal(
            change: { $0.keySchema[0].attributeName = "" },
            message: "1 validation error detected: Value '' at 'keySchema.1.member.attributeName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"),
        Refusal(
            change: { $0.globalSecondaryIndexes = [severalKeys((long, .hash))] },
            message: "1 validation error detected: Value '\(long)' at "
                + "'globalSecondaryIndexes.1.member.keySchema.1.member.attributeName' failed to satisfy constraint: Member must "
                + "have length less than or equal to 255"),
        Refusal(
            change: { $0.localSecondaryIndexes = [localIndex("Artist", long)] },
            message: "1 validation error detected: Value '\(long)' at "
                + "'localSecondaryIndexes.1.member.keySchema.2.member.attributeName' failed to satisfy constraint: Member must "
                + "have length less than or equal to 255"),
        Refusal(
            change: {
                $0.globalSecondaryIndexes = [
                    index("ByYear", Projection(projectionType: .include, nonKeyAttributes: ["x", long]))
                ]
            },
            message: "1 validation error detected: Value '[x, \(long)]' at "
                + "'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: Member must "
                + "satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than "
                + "or equal to 1]"),
    ]

    /// One more than a key's name may have.
    static let long = String(repeating: "n", count: 256)

    @Test(
        "encrypts with the account's key where the type alone is given, and not where nothing is",
        arguments: [(SSESpecification(), false), (SSESpecification(sseType: .kms), true)])
    func encryptionByType(specification: SSESpecification, hasKey: Bool) async throws {
        let store = try TestStore()
        let table = try await store.engine.createTable(Self.input { $0.sseSpecification = specification }).tableDescription
        #expect((table.sseDescription != nil) == hasKey)
    }

    @Test("takes a key's name of 255 characters, and capacities without members")
    func atTheLimits() async throws {
        let store = try TestStore()
        let name = String(repeating: "n", count: 255)
        let table = try await store.engine.createTable(
            Self.input {
                $0.attributeDefinitions[1].attributeName = name
                $0.keySchema[1].attributeName = name
                $0.onDemandThroughput = OnDemandThroughput()
                $0.warmThroughput = WarmThroughput()
            }
        ).tableDescription
        #expect(table.keySchema?.map(\.attributeName) == ["Artist", name])
        #expect(table.onDemandThroughput == nil)
    }

    @Test("refuses what is no table", arguments: refusals.indices)
    func refuses(number: Int) async throws {
        let store = try TestStore()
        let refusal = Self.refusals[number]
        let error = await failure { () throws(StoreError) in try await store.engine.createTable(Self.input(refusal.change)) }
        #expect(error == .validation(refusal.message))
        #expect(try store.engine.listTables(ListTablesInput()).tableNames.isEmpty)
    }
}
