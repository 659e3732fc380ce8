/// What UpdateTable refuses, with the service's messages, in its order.
enum UpdateTableValidation {
    // MARK: The request by itself

    static func check(_ input: UpdateTableInput) throws(StoreError) {
        let updates = input.globalSecondaryIndexUpdates ?? []
        try checkConstraints(input, updates)
        let asked: [Any?] = [
            input.provisionedThroughput, input.billingMode, input.streamSpecification, updates.first, input.sseSpecification,
            input.tableClass, input.deletionProtectionEnabled, given(input.onDemandThroughput), given(input.warmThroughput),
            input.vectorIndexUpdates?.first,
        ]
        let changes = asked.count { $0 != nil }
        guard changes > 0 else { throw nothingAsked }
        if input.globalSecondaryIndexUpdates?.isEmpty == true {
            throw KeySchemaRule.invalid("List of GlobalSecondaryIndexUpdates is empty")
        }
        for update in updates {
            guard let update = update.update, update.warmThroughput?.isEmpty == true else { continue }
            throw KeySchemaRule.invalid(
                "WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified for index: "
                    + update.indexName)
        }
        if changes > 1 { try checkTogether(input, updates, changes) }
        try ThroughputRule.checkBounds(input.provisionedThroughput)
        if input.billingMode == .payPerRequest, input.provisionedThroughput != nil {
            throw KeySchemaRule.invalid("ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST")
        }
        try checkEachOther(updates)
        for update in input.vectorIndexUpdates ?? [] { try check(update) }
        try input.streamSpecification?.checkForUpdate()
        try input.sseSpecification?.check()
    }

    /// The service takes a structure without members for none where something else is asked for. Alone, it answers one with
    /// InternalFailure; here that is a request for nothing.
    private static func given(_ throughput: OnDemandThroughput?) -> OnDemandThroughput? {
        throughput?.isEmpty == true ? nil : throughput
    }

    private static func given(_ throughput: WarmThroughput?) -> WarmThroughput? {
        throughput?.isEmpty == true ? nil : throughput
    }

    private static let nothingAsked = StoreError.validation(
        "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates, "
            + "SSESpecification, ReplicaUpdates, MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency, "
            + "DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is required")

    /// Which changes one request may make together, as measured at the service in October 2026: encryption, table class,
    /// protection and warm throughput are changed alone, throughput on demand alone or with the billing mode, a stream or an
    /// index not with the provisioned throughput.
    ///
    /// - Parameter changes: how many the request asks for, more than one.
    private static func checkTogether(
        _ input: UpdateTableInput, _ updates: [UpdateTableInput.IndexUpdate], _ changes: Int
    ) throws(StoreError) {
        let alone = [
            ("Server-Side Encryption", input.sseSpecification != nil), ("TableClass", input.tableClass != nil),
            ("DeletionProtection", input.deletionProtectionEnabled != nil),
        ]
        for (change, isAsked) in alone where isAsked {
            throw KeySchemaRule.invalid("\(change) modification must be the only operation in the request")
        }
        if given(input.onDemandThroughput) != nil, changes > 2 || input.billingMode == nil {
            throw KeySchemaRule.invalid("OnDemandThroughput can only be combined with BillingMode in an UpdateTable request")
        }
        let isIndexCreated = updates.contains { $0.create != nil }
        if given(input.warmThroughput) != nil {
            throw KeySchemaRule.invalid(
                isIndexCreated
                    ? "Create global secondary index cannot be specified when updating WarmThroughput"
                    : "WarmThroughput must be the only operation in the request")
        }
        let changesThroughput = input.provisionedThroughput != nil || input.billingMode == .provisioned
        let changesStream = input.streamSpecification != nil
        if changesStream, changesThroughput {
            throw KeySchemaRule.invalid("You cannot modify stream status while updating table IOPS")
        }
        guard isIndexCreated || updates.contains(where: { $0.delete != nil }) else { return }
        if changesThroughput {
            throw KeySchemaRule.invalid("You cannot create or delete index while updating table IOPS")
        }
        if changesStream {
            throw KeySchemaRule.invalid("You cannot create or delete index while changing stream status")
        }
    }

    private static func checkConstraints(
        _ input: UpdateTableInput, _ updates: [UpdateTableInput.IndexUpdate]
    ) throws(StoreError) {
        var violations = ConstraintViolations()
        if !input.tableName.hasPrefix("arn:") { TableNameRule.note(input.tableName, at: "tableName", &violations) }
        violations.check(input.attributeDefinitions ?? [])
        violations.check(input.provisionedThroughput, at: "provisionedThroughput")
        for (number, update) in updates.enumerated() {
            let path = "globalSecondaryIndexUpdates.\(number + 1).member"
            if let update = update.update {
                TableNameRule.note(update.indexName, at: "\(path).update.indexName", &violations)
                violations.check(update.provisionedThroughput, at: "\(path).update.provisionedThroughput")
            }
            if let create = update.create {
                TableNameRule.note(create.indexName, at: "\(path).create.indexName", &violations)
                violations.check(create.projection, at: "\(path).create.projection")
                violations.check(create.provisionedThroughput, at: "\(path).create.provisionedThroughput")
                violations.check(
                    create.keySchema, at: "\(path).create.keySchema", atMost: KeySchemaRule.mostAttributesOfAPart * 2)
            }
            if let delete = update.delete { TableNameRule.note(delete, at: "\(path).delete.indexName", &violations) }
        }
        for (number, update) in (input.vectorIndexUpdates ?? []).enumerated() {
            let path = "vectorIndexUpdates.\(number + 1).member"
            if let create = update.create { violations.check(create, at: "\(path).create") }
            if let delete = update.delete { TableNameRule.note(delete, at: "\(path).delete.indexName", &violations) }
        }
        try violations.check()
    }

    private static func checkEachOther(_ updates: [UpdateTableInput.IndexUpdate]) throws(StoreError) {
        let members = "GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete"
        var names: Set<String> = []
        for update in updates {
            switch update.names.count {
            case 0: throw KeySchemaRule.invalid("One of \(members) must not be null")
            case 1: break
            default:
                throw KeySchemaRule.invalid(
                    "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object")
            }
            let name = update.names[0]
            guard names.insert(name).inserted else {
                throw KeySchemaRule.invalid(
                    "Only one global secondary index update per index is allowed simultaneously. Index: \(name)")
            }
        }
    }

    private static func check(_ update: UpdateTableInput.VectorIndexUpdate) throws(StoreError) {
        let members = "VectorIndexUpdate.Create, VectorIndexUpdate.Delete"
        switch (update.create, update.delete) {
        case (nil, nil): throw KeySchemaRule.invalid("One of \(members) must not be null")
        case (.some, .some): throw KeySchemaRule.invalid("Only one of \(members) must be specified")
        default: break
        }
    }

    // MARK: Against the table

    /// - Parameter phases: of vector indexes that are being made.
    static func check(
        _ input: UpdateTableInput, against table: Table, making phases: [String: VectorIndexPhases.Phase], nowSeconds: Double
    ) throws(StoreError) {
        let updates = input.globalSecondaryIndexUpdates ?? []
        try checkOnlineChanges(input, table, phases)
        for update in updates { try checkBlocked(update.update?.provisionedThroughput) }
        try checkBilling(input, updates, table.definition)
        for update in updates { try check(update, input, table) }
        try checkDecreases(input, table.definition, nowSeconds)
        for update in input.vectorIndexUpdates ?? [] { try check(update, input, table) }
        try ThroughputRule.check(
            input.onDemandThroughput, input.billingMode ?? table.definition.billingMode, inCreateTable: false)
        try checkWarmThroughput(input, table.definition)
        if let encryption = input.sseSpecification, !encryption.hasKey, table.definition.sse?.hasKey != true {
            throw KeySchemaRule.invalid("Table is already encrypted by default")
        }
        if let specification = input.streamSpecification {
            if specification.streamEnabled, table.stream != nil {
                throw .validation("Table already has an enabled stream: TableName: \(table.name)")
            }
            if !specification.streamEnabled, table.stream == nil {
                throw .validation("Table has no stream to disable: TableName: \(table.name)")
            }
        }
    }

    /// One index may be made or deleted at a time; while one is filled, it may be deleted and nothing else be changed.
    private static func checkOnlineChanges(
        _ input: UpdateTableInput, _ table: Table, _ phases: [String: VectorIndexPhases.Phase]
    ) throws(StoreError) {
        let (updates, vectors) = (input.globalSecondaryIndexUpdates ?? [], input.vectorIndexUpdates ?? [])
        let deleted = updates.compactMap(\.delete) + vectors.compactMap(\.delete)
        let online = deleted.count + updates.count { $0.create != nil } + vectors.count { $0.create != nil }
        let filling = (table.definition.backfillingIndexes ?? []).union(phases.keys)
        let endsFilling = updates.count + vectors.count == 1 && deleted.first.map(filling.contains) == true
        guard online <= 1, filling.isEmpty || endsFilling || online == 0 else {
            throw StoreError(
                code: "LimitExceededException",
                message: "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table")
        }
        if endsFilling, let index = deleted.first, phases[index] == .allocating {
            throw StoreError(
                code: "ResourceInUseException",
                message: "Attempt to change a resource which is still in use: Index creation is in resource allocation phase. "
                    + "Retry deletion during backfilling phase or when the index is active. Table: \(table.name) Index: \(index)")
        }
        guard filling.isEmpty || endsFilling else {
            throw StoreError(
                code: "ResourceInUseException",
                message: "Attempt to change a resource which is still in use: Table is being updated: \(table.name)")
        }
    }

    private static func checkBlocked(_ throughput: ProvisionedThroughput?) throws(StoreError) {
        let most = ThroughputRule.largestUnits
        guard let throughput, throughput.readCapacityUnits > most || throughput.writeCapacityUnits > most else { return }
        throw .validation(
            "This operation cannot be performed with given input values. Please contact DynamoDB service team for more info: "
                + "Action Blocked: IndexUpdate")
    }

    private static func checkBilling(
        _ input: UpdateTableInput, _ updates: [UpdateTableInput.IndexUpdate], _ definition: TableDefinition
    ) throws(StoreError) {
        let mode = input.billingMode ?? definition.billingMode
        if mode == .payPerRequest, input.provisionedThroughput != nil { throw ThroughputRule.notOnDemand }
        if mode == .provisioned, definition.billingMode == .payPerRequest {
            guard input.provisionedThroughput != nil else {
                throw KeySchemaRule.invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED")
            }
            guard definition.vectorIndexes?.isEmpty ?? true else { throw VectorIndexRule.notOnDemand }
            let given = updates.compactMap(\.update).filter { $0.provisionedThroughput != nil }.map(\.indexName)
            let missing = definition.globalSecondaryIndexes.map(\.indexName).filter { !given.contains($0) }
            guard missing.isEmpty else {
                throw KeySchemaRule.invalid(
                    "ProvisionedThroughput must be specified for index: \(missing.joined(separator: ","))")
            }
        }
        if let throughput = input.provisionedThroughput, throughput == definition.provisionedThroughput {
            throw unchanged("table", throughput)
        }
    }

    /// The table and its indexes each have decreases of their own; a request whose one decrease is too many does nothing.
    private static func checkDecreases(
        _ input: UpdateTableInput, _ definition: TableDefinition, _ now: Double
    ) throws(StoreError) {
        try ThroughputRule.checkDecrease(
            from: definition.provisionedThroughput, to: input.provisionedThroughput, definition.throughputChange, now)
        for update in input.globalSecondaryIndexUpdates ?? [] {
            guard let change = update.update,
                let index = definition.globalSecondaryIndexes.first(where: { $0.indexName == change.indexName })
            else { continue }
            try ThroughputRule.checkDecrease(
                from: index.provisionedThroughput, to: change.provisionedThroughput,
                definition.indexThroughputChanges?[index.indexName], now)
        }
    }

    private static func unchanged(_ place: String, _ throughput: ProvisionedThroughput) -> StoreError {
        let (read, write) = (throughput.readCapacityUnits, throughput.writeCapacityUnits)
        return .validation(
            "The provisioned throughput for the \(place) will not change. The requested value equals the current value. "
                + "Current ReadCapacityUnits provisioned for the \(place): \(read). Requested ReadCapacityUnits: \(read). "
                + "Current WriteCapacityUnits provisioned for the \(place): \(write). Requested WriteCapacityUnits: \(write). "
                + "Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.")
    }

    private static func checkWarmThroughput(_ input: UpdateTableInput, _ definition: TableDefinition) throws(StoreError) {
        guard let warm = input.warmThroughput else { return }
        let mode = input.billingMode ?? definition.billingMode
        let provisioned = mode == .payPerRequest ? nil : input.provisionedThroughput ?? definition.provisionedThroughput
        try ThroughputRule.check(
            warm, for: "table", provisioned: provisioned,
            current: .effective(definition.warmThroughput, definition.provisionedThroughput))
    }

    // MARK: Indexes

    private static func check(
        _ update: UpdateTableInput.IndexUpdate, _ input: UpdateTableInput, _ table: Table
    ) throws(StoreError) {
        let definition = table.definition
        let mode = input.billingMode ?? definition.billingMode
        if let create = update.create { return try check(create, input, definition, mode) }
        guard let name = update.names.first else { return }
        guard let index = definition.globalSecondaryIndexes.first(where: { $0.indexName == name }) else {
            if definition.localSecondaryIndexes?.contains(where: { $0.indexName == name }) == true {
                throw .validation(
                    "Cannot \(update.delete == nil ? "update" : "delete") an index that is not a GlobalSecondaryIndex: \(name)")
            }
            throw StoreError(
                code: "ResourceNotFoundException",
                message: "Requested resource not found: Index \(name) for table \(table.name)")
        }
        guard let change = update.update else { return }
        let isOfOnDemand = given(change.onDemandThroughput) != nil || change.warmThroughput != nil
        if mode == .payPerRequest, change.provisionedThroughput != nil || !isOfOnDemand {
            throw KeySchemaRule.invalid(
                "The only Updates for index: \(name) when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, "
                    + "WarmThroughput")
        }
        if let throughput = change.provisionedThroughput, throughput == index.provisionedThroughput {
            throw unchanged("index \(name)", throughput)
        }
        try ThroughputRule.check(change.onDemandThroughput, ofIndex: name, mode, inCreateTable: false)
        try ThroughputRule.check(
            change.warmThroughput, for: "index \(name)",
            provisioned: mode == .payPerRequest ? nil : change.provisionedThroughput ?? index.provisionedThroughput,
            current: .effective(index.warmThroughput, index.provisionedThroughput))
    }

    private static func check(
        _ index: GlobalSecondaryIndex, _ input: UpdateTableInput, _ definition: TableDefinition, _ mode: BillingMode
    ) throws(StoreError) {
        guard let definitions = input.attributeDefinitions else {
            throw KeySchemaRule.invalid("AttributeDefinitions is not specified for index: \(index.indexName)")
        }
        let types = try KeySchemaRule.types(definitions)
        try KeySchemaRule.checkGlobal(index.keySchema, definedIn: types)
        try KeySchemaRule.check(index.projection)
        try checkIsNew(index.indexName, definition)
        for element in index.keySchema {
            guard let old = definition.type(of: element.attributeName), let new = types[element.attributeName], old != new
            else { continue }
            throw KeySchemaRule.invalid(
                "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. "
                    + "Existing schema: \(shown(element, old)) New schema: \(shown(element, new))")
        }
        if let key = index.keySchema.first(where: { definition.isVector($0.attributeName) }) {
            throw VectorIndexRule.isVector(key.attributeName)
        }
        try ThroughputRule.check(index.provisionedThroughput, ofAddedIndex: index.indexName, mode)
        try CreateTableValidation.checkThroughput(of: index, mode, inCreateTable: false)
        guard definition.globalSecondaryIndexes.count < CreateTableValidation.mostIndexes else {
            throw StoreError(
                code: "LimitExceededException",
                message: "GlobalSecondaryIndex count exceeds the per-table limit of \(CreateTableValidation.mostIndexes)")
        }
        try CreateTableValidation.checkProjected(
            definition.globalSecondaryIndexes.map(\.projection) + (definition.localSecondaryIndexes ?? []).map(\.projection)
                + [index.projection])
    }

    private static func checkIsNew(_ name: String, _ definition: TableDefinition) throws(StoreError) {
        let names =
            definition.globalSecondaryIndexes.map(\.indexName) + (definition.localSecondaryIndexes ?? []).map(\.indexName)
            + (definition.vectorIndexes ?? []).map(\.indexName)
        guard !names.contains(name) else {
            throw .validation("Attempting to create an index which already exists")
        }
    }

    private static func check(
        _ update: UpdateTableInput.VectorIndexUpdate, _ input: UpdateTableInput, _ table: Table
    ) throws(StoreError) {
        let definition = table.definition
        if let name = update.delete, table.vectorIndex(named: name) == nil {
            throw StoreError(code: "ResourceNotFoundException", message: "Requested resource not found: Index: \(name) not found")
        }
        guard let index = update.create else { return }
        guard (input.billingMode ?? definition.billingMode) == .payPerRequest else { throw VectorIndexRule.notOnDemand }
        try checkIsNew(index.indexName, definition)
        let others = definition.vectorIndexes ?? []
        let types = try KeySchemaRule.types(input.attributeDefinitions ?? [])
        var rule = VectorIndexRule(others: others)
        try rule.check(index, definedIn: types)
        try VectorIndexRule.check(index, againstKeysOf: definition, types)
        guard others.count < VectorIndexRule.mostIndexes else {
            throw StoreError(
                code: "LimitExceededException",
                message: "Subscriber limit exceeded: Number of vector secondary indexes exceeds per-table limit of "
                    + "\(VectorIndexRule.mostIndexes)")
        }
    }

    private static func shown(_ element: KeySchemaElement, _ type: ScalarAttributeType) -> String {
        "Schema:[SchemaElement: key{\(element.attributeName):\(type.rawValue):\(element.keyType.rawValue)}]"
    }
}

extension UpdateTableInput.IndexUpdate {
    /// The indexes that its members name: one, where it is as it should be.
    fileprivate var names: [String] { [update?.indexName, create?.indexName, delete].compactMap { $0 } }
}
