import EmulatorClock
import Foundation
import LambdaEvents
import Testing

@testable import StoreEngine

@Suite("UpdateTable")
struct UpdateTableTests {
    static func index(_ name: String = "by-city", _ attribute: String = "city") -> GlobalSecondaryIndex {
        GlobalSecondaryIndex(
            indexName: name, keySchema: [KeySchemaElement(attributeName: attribute, keyType: .hash)],
            projection: Projection(projectionType: .all))
    }

    static func adding(_ index: GlobalSecondaryIndex = index(), type: ScalarAttributeType = .string) -> UpdateTableInput {
        UpdateTableInput(
            tableName: "tab",
            attributeDefinitions: index.keySchema.map {
                AttributeDefinition(attributeName: $0.attributeName, attributeType: type)
            }, globalSecondaryIndexUpdates: [.init(create: index)])
    }

    static func input(_ change: (inout UpdateTableInput) -> Void) -> UpdateTableInput {
        var input = UpdateTableInput(tableName: "tab")
        change(&input)
        return input
    }

    static func described(_ store: TestStore) throws -> TableDescription {
        try store.engine.describeTable(DescribeTableInput(tableName: "tab")).table
    }

    @Test("changes the billing mode and the throughput, and tells the old throughput in its answer")
    func billing() async throws {
        let store = try await TestStore.withTable()
        let engine = store.engine
        store.clock.advance(bySeconds: 10)
        let provisioned = ProvisionedThroughput(readCapacityUnits: 5, writeCapacityUnits: 6)
        let answer = try await engine.updateTable(
            Self.input {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = provisioned
            }
        ).tableDescription
        #expect(answer.tableStatus == .updating)
        #expect(answer.provisionedThroughput.readCapacityUnits == 0)
        var table = try Self.described(store)
        #expect(table.tableStatus == .active)
        #expect(table.provisionedThroughput.writeCapacityUnits == 6)
        // The service goes on telling since when the table was on demand.
        #expect(table.billingModeSummary?.billingMode == .provisioned)
        let made = Date(timeIntervalSince1970: 1_700_000_000)
        #expect(table.billingModeSummary?.lastUpdateToPayPerRequestDateTime == made)
        #expect(table.provisionedThroughput.lastIncreaseDateTime == made.addingTimeInterval(10))

        let same = await failure { () throws(StoreError) in
            try await engine.updateTable(Self.input { $0.provisionedThroughput = provisioned })
        }
        #expect(
            same?.message.hasPrefix(
                "The provisioned throughput for the table will not change. The requested value equals the current value. "
                    + "Current ReadCapacityUnits provisioned for the table: 5. Requested ReadCapacityUnits: 5.") == true)
        _ = try await engine.updateTable(
            Self.input { $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 4, writeCapacityUnits: 6) })
        #expect(try Self.described(store).provisionedThroughput.numberOfDecreasesToday == 1)
        _ = try await engine.updateTable(Self.input { $0.billingMode = .payPerRequest })
        table = try Self.described(store)
        #expect(table.billingModeSummary?.billingMode == .payPerRequest)
        #expect(table.provisionedThroughput.readCapacityUnits == 0)
    }

    private static func lower(_ store: TestStore, table: Int? = nil, index: Int? = nil) async -> String? {
        func units(_ count: Int) -> ProvisionedThroughput {
            ProvisionedThroughput(readCapacityUnits: count, writeCapacityUnits: count)
        }
        return await failure { () throws(StoreError) in
            try await store.engine.updateTable(
                input {
                    $0.provisionedThroughput = table.map(units)
                    $0.globalSecondaryIndexUpdates = index.map {
                        [.init(update: .init(indexName: "by-city", provisionedThroughput: units($0)))]
                    }
                })
        }.map { "\($0.code): \($0.message)" }
    }

    private static let tooMany =
        "LimitExceededException: Subscriber limit exceeded: Provisioned throughput decreases are limited within a given UTC day. "
        + "After the first 4 decreases, each subsequent decrease in the same UTC day can be performed at most once every 3600 "
        + "seconds. Number of decreases today: "

    /// The clock starts on 14 November 2023 at 22:13:20.
    private static let fifth =
        tooMany
        + "4. Last decrease at Tuesday, November 14, 2023 at 10:13:20 PM Coordinated Universal Time. Next decrease can be made "
        + "at Tuesday, November 14, 2023 at 11:13:20 PM Coordinated Universal Time"

    @Test("a fifth decrease of throughput on a UTC day waits for an hour after the last one, or for midnight")
    func decreases() async throws {
        let directory = try TemporaryDirectory()
        let clock = ManualClock()
        do {
            let store = try TestStore(.directory(directory.url), clock: clock)
            try await store.makeTable("tab")
            let units = ProvisionedThroughput(readCapacityUnits: 20, writeCapacityUnits: 20)
            _ = try await store.engine.updateTable(
                Self.input {
                    $0.billingMode = .provisioned
                    $0.provisionedThroughput = units
                })
            var index = Self.index()
            index.provisionedThroughput = units
            _ = try await store.engine.updateTable(Self.adding(index))
            for units in [19, 18, 17, 16] { #expect(await Self.lower(store, table: units) == nil) }
            clock.advance(bySeconds: 60)
            #expect(await Self.lower(store, table: 15) == Self.fifth)
            // An index has decreases of its own, but a request is done as a whole or not at all.
            #expect(await Self.lower(store, table: 15, index: 19) == Self.fifth)
            #expect(await Self.lower(store, index: 19) == nil)
            #expect(await Self.lower(store, table: 30) == nil)
            store.engine.close()
        }
        let store = try TestStore(.directory(directory.url), clock: clock)
        #expect(await Self.lower(store, table: 15) == Self.fifth)
        let described = try Self.described(store)
        #expect(described.provisionedThroughput.numberOfDecreasesToday == 4)
        #expect(described.globalSecondaryIndexes?.first?.provisionedThroughput.numberOfDecreasesToday == 1)

        clock.advance(bySeconds: 3540)
        #expect(await Self.lower(store, table: 15) == nil)
        #expect(
            await Self.lower(store, table: 14) == Self.tooMany
                + "5. Last decrease at Tuesday, November 14, 2023 at 11:13:20 PM Coordinated Universal Time. Next decrease can be "
                + "made at Wednesday, November 15, 2023 at 12:00:00 AM Coordinated Universal Time")
        clock.advance(bySeconds: 2801)
        #expect(try Self.described(store).provisionedThroughput.numberOfDecreasesToday == 0)
        #expect(await Self.lower(store, table: 14) == nil)
    }

    @Test("an index's answer has its old throughput, and on-demand capacity counts as a decrease of each index")
    func indexDecreases() async throws {
        let store = try await TestStore.withTable()
        let units = ProvisionedThroughput(readCapacityUnits: 9, writeCapacityUnits: 9)
        _ = try await store.engine.updateTable(
            Self.input {
                $0.billingMode = .provisioned
                $0.provisionedThroughput = units
            })
        var index = Self.index()
        index.provisionedThroughput = units
        _ = try await store.engine.updateTable(Self.adding(index))
        let lower = ProvisionedThroughput(readCapacityUnits: 8, writeCapacityUnits: 9)
        let answer = try await store.engine.updateTable(
            Self.input {
                $0.globalSecondaryIndexUpdates = [.init(update: .init(indexName: "by-city", provisionedThroughput: lower))]
            }
        ).tableDescription.globalSecondaryIndexes?.first?.provisionedThroughput
        #expect(answer?.readCapacityUnits == 9 && answer?.numberOfDecreasesToday == 0)
        #expect(answer?.lastDecreaseDateTime == store.clock.now)
        _ = try await store.engine.updateTable(Self.input { $0.billingMode = .payPerRequest })
        let table = try Self.described(store)
        #expect(table.globalSecondaryIndexes?.first?.provisionedThroughput.numberOfDecreasesToday == 2)
        #expect(table.globalSecondaryIndexes?.first?.provisionedThroughput.readCapacityUnits == 0)
        #expect(table.provisionedThroughput.numberOfDecreasesToday == 0)
    }

    @Test("sets table class, encryption, protection, on-demand and warm throughput")
    func settings() async throws {
        let store = try await TestStore.withTable()
        let changes: [(inout UpdateTableInput) -> Void] = [
            { $0.tableClass = .standardInfrequentAccess },
            { $0.sseSpecification = SSESpecification(enabled: true) },
            { $0.deletionProtectionEnabled = true },
            { $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: 20) },
            { $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 13000) },
        ]
        for change in changes { _ = try await store.engine.updateTable(Self.input(change)) }
        let table = try Self.described(store)
        #expect(table.tableClassSummary?.tableClass == .standardInfrequentAccess)
        #expect(table.tableClassSummary?.lastUpdateDateTime == store.clock.now)
        #expect(table.sseDescription?.status == "ENABLED")
        #expect(table.sseDescription?.kmsMasterKeyArn.hasPrefix("arn:aws:kms:us-east-1:000000000000:key/") == true)
        #expect(table.deletionProtectionEnabled)
        #expect(table.onDemandThroughput == OnDemandThroughput(maxReadRequestUnits: 20))
        #expect(table.warmThroughput == .init(readUnitsPerSecond: 13000, writeUnitsPerSecond: 4000, status: .active))
        let lower = await failure { () throws(StoreError) in
            try await store.engine.updateTable(
                Self.input { $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 12500) })
        }
        #expect(lower?.message.contains("ReadUnitsPerSecond for WarmThroughput for table is lower than current") == true)
    }

    @Test("turns a stream on and off, and its records stay readable")
    func stream() async throws {
        let store = try await TestStore.withTable()
        let on = StreamSpecification(streamEnabled: true, streamViewType: .newImage)
        let answer = try await store.engine.updateTable(Self.input { $0.streamSpecification = on }).tableDescription
        let arn = try #require(answer.latestStreamArn)
        #expect(answer.streamSpecification == on)
        try await store.put(key("a", "1"))
        let again = await failure { () throws(StoreError) in
            try await store.engine.updateTable(Self.input { $0.streamSpecification = on })
        }
        #expect(again == .validation("Table already has an enabled stream: TableName: tab"))
        let off = StreamSpecification(streamEnabled: false)
        _ = try await store.engine.updateTable(Self.input { $0.streamSpecification = off })
        try await store.put(key("b", "1"))
        let table = try Self.described(store)
        #expect(table.streamSpecification == nil)
        #expect(table.latestStreamArn == arn)
        let without = await failure { () throws(StoreError) in
            try await store.engine.updateTable(Self.input { $0.streamSpecification = off })
        }
        #expect(without == .validation("Table has no stream to disable: TableName: tab"))
        #expect(try store.engine.listStreams(ListStreamsInput(tableName: "tab")).streams.map(\.streamArn) == [arn])
    }

    struct Refusal: Sendable {
        var change: @Sendable (inout UpdateTableInput) -> Void
        var code = "ValidationException"
        var message: String
    }

    /// Texts: the service's, as recorded by the tests of dynalite and Alternator and by measurements of October 2026.
    static let refusals: [Refusal] = [
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [] },
            message: "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
                + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
                + "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required"),
        Refusal(
            change: {
                $0.globalSecondaryIndexUpdates = []
                $0.deletionProtectionEnabled = true
            },
            message: "One or more parameter values were invalid: List of GlobalSecondaryIndexUpdates is empty"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init(create: index(), delete: "abc")] },
            message: "One or more parameter values were invalid: Only one global secondary index action is allowed per "
                + "GlobalSecondaryIndexUpdate object"),
        Refusal(
            change: { $0.streamSpecification = StreamSpecification(streamEnabled: true) },
            message: "One or more parameter values were invalid: If stream is being enabled then UpdateViewType is required"),
        Refusal(
            change: { $0.streamSpecification = StreamSpecification(streamEnabled: false, streamViewType: .keysOnly) },
            message: "One or more parameter values were invalid: If stream is being disabled, then UpdateViewType must not be "
                + "specified"),
        Refusal(
            change: { $0.sseSpecification = SSESpecification(enabled: false, sseType: .kms) },
            message: "One or more parameter values were invalid: SSEType can not be specified if Enabled is false"),
        Refusal(
            change: { $0.sseSpecification = SSESpecification(enabled: false) },
            message: "One or more parameter values were invalid: Table is already encrypted by default"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init()] },
            message: "One or more parameter values were invalid: One of GlobalSecondaryIndexUpdate.Update, "
                + "GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init(delete: "abc"), .init(delete: "abc")] },
            message: "One or more parameter values were invalid: Only one global secondary index update per index is allowed "
                + "simultaneously. Index: abc"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init(delete: "abc"), .init(delete: "abd")] },
            code: "LimitExceededException",
            message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init(create: index())] },
            message: "One or more parameter values were invalid: AttributeDefinitions is not specified for index: by-city"),
        Refusal(
            change: {
                $0 = adding(
                    GlobalSecondaryIndex(
                        indexName: "two",
                        keySchema: [.init(attributeName: "a", keyType: .hash), .init(attributeName: "b", keyType: .range)],
                        projection: Projection(projectionType: .all)))
                $0.attributeDefinitions?.removeLast()
            },
            message: "Invalid KeySchema: Some index key attribute have no definition"),
        Refusal(
            change: { $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1) },
            message: "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                + "specified when BillingMode is PAY_PER_REQUEST"),
        Refusal(
            change: { $0.billingMode = .provisioned },
            message: "One or more parameter values were invalid: ProvisionedThroughput must be specified when BillingMode is "
                + "PROVISIONED"),
        Refusal(
            change: {
                throughput(&$0)
                $0.billingMode = .payPerRequest
            },
            message: "One or more parameter values were invalid: ProvisionedThroughput cannot be specified when BillingMode is "
                + "PAY_PER_REQUEST"),
        Refusal(
            change: { $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 11999) },
            message: "One or more parameter values were invalid: Requested ReadUnitsPerSecond for WarmThroughput for table is "
                + "lower than current WarmThroughput, decreasing WarmThroughput is not supported"),
        Refusal(
            change: { $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: -2) },
            message: "One or more parameter values were invalid: Requested MaxReadRequestUnits for OnDemandThroughput for table "
                + "is outside of valid range"),
        Refusal(
            change: {
                $0.tableClass = .standard
                $0.globalSecondaryIndexUpdates = [.init(update: .init(indexName: "ghost", warmThroughput: WarmThroughput()))]
            },
            message: "One or more parameter values were invalid: WarmThroughput must have at least one of ReadUnitsPerSecond or "
                + "WriteUnitsPerSecond specified for index: ghost"),
        Refusal(
            change: { $0.globalSecondaryIndexUpdates = [.init(delete: "ghost")] }, code: "ResourceNotFoundException",
            message: "Requested resource not found: Index ghost for table tab"),
        Refusal(
            change: {
                var index = index("by-sort", "sk")
                index.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
                $0 = adding(index)
            },
            message: "One or more parameter values were invalid: Neither ReadCapacityUnits nor WriteCapacityUnits can be "
                + "specified for index: by-sort when BillingMode is PAY_PER_REQUEST"),
        Refusal(
            change: { $0 = adding(index("by-long", TableTests.long)) },
            message: "2 validation errors detected: Value '\(TableTests.long)' at "
                + "'attributeDefinitions.1.member.attributeName' failed to satisfy constraint: Member must have length less than "
                + "or equal to 255; Value '\(TableTests.long)' at "
                + "'globalSecondaryIndexUpdates.1.member.create.keySchema.1.member.attributeName' failed to satisfy constraint: "
                + "Member must have length less than or equal to 255"),
        Refusal(
            change: { $0 = adding(index("by-sort", "sk"), type: .number) },
            message: "One or more parameter values were invalid: Attributes cannot be redefined. Please check that your "
                + "attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{sk:S:HASH}] "
                + "New schema: Schema:[SchemaElement: key{sk:N:HASH}]"),
    ]

    @Test("refuses what cannot be", arguments: refusals.indices)
    func refuses(number: Int) async throws {
        let store = try await TestStore.withTable()
        let refusal = Self.refusals[number]
        let error = await failure { () throws(StoreError) in
            try await store.engine.updateTable(Self.input(refusal.change))
        }
        #expect(error == StoreError(code: refusal.code, message: refusal.message))
    }

    @Test("capacities without members change nothing, an index cannot be updated to nothing, and -1 is no limit")
    func capacitiesWithoutMembers() async throws {
        let store = try await TestStore.withTable()
        _ = try await store.engine.updateTable(Self.adding())
        let refused = [
            UpdateTableInput.IndexUpdate.Update(indexName: "by-city"),
            UpdateTableInput.IndexUpdate.Update(indexName: "by-city", onDemandThroughput: OnDemandThroughput()),
        ]
        for update in refused {
            let error = await failure { () throws(StoreError) in
                try await store.engine.updateTable(
                    Self.input { $0.globalSecondaryIndexUpdates = [.init(update: update)] })
            }
            let text = "The only Updates for index: by-city when TableThroughputMode is PAY_PER_REQUEST can be to "
            #expect(error == KeySchemaRule.invalid(text + "OnDemandThroughput, WarmThroughput"))
        }
        for limit in [5, -1] {
            _ = try await store.engine.updateTable(
                Self.input { $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: limit) })
            #expect(try Self.described(store).onDemandThroughput?.maxReadRequestUnits == (limit == 5 ? 5 : nil))
        }
        #expect(try Self.described(store).onDemandThroughput == nil)
        let answer = try await store.engine.updateTable(
            Self.input {
                $0.deletionProtectionEnabled = true
                $0.warmThroughput = WarmThroughput()
                $0.onDemandThroughput = OnDemandThroughput()
            })
        #expect(answer.tableDescription.deletionProtectionEnabled == true)
        #expect(try Self.described(store).onDemandThroughput == nil)
    }

    @Test("encryption is asked for by its type alone, and again")
    func encryptionByType() async throws {
        let store = try await TestStore.withTable()
        for _ in 1...2 {
            _ = try await store.engine.updateTable(
                Self.input { $0.sseSpecification = SSESpecification(sseType: .kms) })
            #expect(try Self.described(store).sseDescription?.sseType == .kms)
        }
    }

    static let protection: @Sendable (inout UpdateTableInput) -> Void = { $0.deletionProtectionEnabled = true }
    static let encryption: @Sendable (inout UpdateTableInput) -> Void = { $0.sseSpecification = .init(enabled: true) }
    static let tableClass: @Sendable (inout UpdateTableInput) -> Void = { $0.tableClass = .standardInfrequentAccess }
    static let streamOn: @Sendable (inout UpdateTableInput) -> Void = {
        $0.streamSpecification = StreamSpecification(streamEnabled: true, streamViewType: .keysOnly)
    }
    static let onDemand: @Sendable (inout UpdateTableInput) -> Void = {
        $0.onDemandThroughput = OnDemandThroughput(maxReadRequestUnits: 5, maxWriteRequestUnits: 5)
    }
    static let warm: @Sendable (inout UpdateTableInput) -> Void = {
        $0.warmThroughput = WarmThroughput(readUnitsPerSecond: 13000, writeUnitsPerSecond: 5000)
    }
    static let throughput: @Sendable (inout UpdateTableInput) -> Void = {
        $0.provisionedThroughput = ProvisionedThroughput(readCapacityUnits: 1, writeCapacityUnits: 1)
    }
    static let deletion: @Sendable (inout UpdateTableInput) -> Void = {
        $0.globalSecondaryIndexUpdates = [.init(delete: "by-city")]
    }
    static let creation: @Sendable (inout UpdateTableInput) -> Void = {
        $0.globalSecondaryIndexUpdates = [.init(create: index())]
    }

    /// Pairs and their texts as measured at the service in October 2026.
    static let pairs: [(changes: [@Sendable (inout UpdateTableInput) -> Void], text: String)] = [
        ([protection, encryption], "Server-Side Encryption modification must be the only operation in the request"),
        ([encryption, tableClass], "Server-Side Encryption modification must be the only operation in the request"),
        ([protection, tableClass], "TableClass modification must be the only operation in the request"),
        ([warm, protection], "DeletionProtection modification must be the only operation in the request"),
        ([creation, protection], "DeletionProtection modification must be the only operation in the request"),
        ([onDemand, streamOn], "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"),
        ([warm, onDemand], "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request"),
        ([warm, streamOn], "WarmThroughput must be the only operation in the request"),
        ([warm, creation], "Create global secondary index cannot be specified when updating WarmThroughput"),
        ([throughput, streamOn], "You cannot modify stream status while updating table IOPS"),
        ([throughput, deletion], "You cannot create or delete index while updating table IOPS"),
        ([streamOn, creation], "You cannot create or delete index while changing stream status"),
    ]

    @Test("takes changes together that the service takes together, and no others", arguments: pairs.indices)
    func refusesTogether(number: Int) async throws {
        let store = try await TestStore.withTable()
        let (changes, text) = Self.pairs[number]
        let error = await failure { () throws(StoreError) in
            try await store.engine.updateTable(Self.input { input in for change in changes { change(&input) } })
        }
        #expect(error == .validation("One or more parameter values were invalid: \(text)"))
        let table = try Self.described(store)
        #expect(table.streamSpecification == nil && table.sseDescription == nil && table.deletionProtectionEnabled != true)
    }

    @Test("takes the billing mode with a stream or with a limit on demand")
    func together() async throws {
        let store = try await TestStore.withTable()
        for change in [Self.streamOn, Self.onDemand] {
            _ = try await store.engine.updateTable(
                Self.input {
                    $0.billingMode = .payPerRequest
                    change(&$0)
                })
        }
        let table = try Self.described(store)
        #expect(table.streamSpecification?.streamViewType == .keysOnly)
        #expect(table.onDemandThroughput?.maxReadRequestUnits == 5)
    }

    @Test("names the table and the index that it does not find")
    func notFound() async throws {
        let store = try await TestStore.withTable()
        let noTable = await failure { () throws(StoreError) in
            try await store.engine.updateTable(UpdateTableInput(tableName: "none", billingMode: .payPerRequest))
        }
        #expect(noTable == .tableNotFound("none"))
        let noIndex = await failure { () throws(StoreError) in
            try await store.engine.updateTable(Self.input { $0.globalSecondaryIndexUpdates = [.init(delete: "none")] })
        }
        #expect(noIndex?.code == "ResourceNotFoundException")
    }
}
