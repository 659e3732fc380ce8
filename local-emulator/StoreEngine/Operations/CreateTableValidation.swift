internal import LambdaEvents

/// What CreateTable refuses, with the service's messages, in its order.
enum CreateTableValidation {
    /// "Quotas in Amazon DynamoDB": indexes per table, and attributes that all indexes' INCLUDE projections may name together.
    static let mostIndexes = 20
    static let mostLocalIndexes = 5
    static let mostProjectedAttributes = 100

    static func check(_ input: CreateTableInput) throws(StoreError) {
        try checkConstraints(input)
        try checkThroughput(input)
        let types = try KeySchemaRule.types(input.attributeDefinitions)
        try KeySchemaRule.check(input.keySchema, definedIn: types)
        let hasIndexes =
            input.localSecondaryIndexes != nil || input.globalSecondaryIndexes != nil || input.vectorIndexes != nil
        if !hasIndexes, input.keySchema.count != types.count {
            throw KeySchemaRule.invalid(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions")
        }
        try checkUse(of: types, in: input)
        var names: Set<String> = []
        try checkLocalIndexes(input, types, &names)
        try checkGlobalIndexes(input, types, &names)
        try checkVectorIndexes(input, types, &names)
        try input.streamSpecification?.checkForCreation()
        try input.sseSpecification?.check()
        try TagRule.check(input.tags ?? [])
    }

    // MARK: The model's constraints

    private static func checkConstraints(_ input: CreateTableInput) throws(StoreError) {
        var violations = ConstraintViolations()
        TableNameRule.note(input.tableName, at: "tableName", &violations)
        violations.check(input.attributeDefinitions)
        violations.check(input.provisionedThroughput, at: "provisionedThroughput")
        violations.check(input.keySchema, at: "keySchema", atMost: 2)
        for (number, index) in (input.globalSecondaryIndexes ?? []).enumerated() {
            let path = "globalSecondaryIndexes.\(number + 1).member"
            TableNameRule.note(index.indexName, at: "\(path).indexName", &violations)
            violations.check(index.projection, at: "\(path).projection")
            violations.check(index.provisionedThroughput, at: "\(path).provisionedThroughput")
            violations.check(index.keySchema, at: "\(path).keySchema", atMost: KeySchemaRule.mostAttributesOfAPart * 2)
        }
        for (number, index) in (input.localSecondaryIndexes ?? []).enumerated() {
            let path = "localSecondaryIndexes.\(number + 1).member"
            TableNameRule.note(index.indexName, at: "\(path).indexName", &violations)
            violations.check(index.projection, at: "\(path).projection")
            violations.check(index.keySchema, at: "\(path).keySchema", atMost: 2)
        }
        for (number, index) in (input.vectorIndexes ?? []).enumerated() {
            violations.check(index, at: "vectorIndexes.\(number + 1).member")
        }
        try violations.check()
    }

    // MARK: Billing

    private static func checkThroughput(_ input: CreateTableInput) throws(StoreError) {
        let mode = input.billingMode ?? .provisioned
        if mode == .payPerRequest, input.provisionedThroughput != nil { throw ThroughputRule.notOnDemand }
        if mode == .provisioned, input.provisionedThroughput == nil { throw ThroughputRule.neededWhenProvisioned }
        try ThroughputRule.checkBounds(input.provisionedThroughput)
        try ThroughputRule.check(input.onDemandThroughput, mode, inCreateTable: true)
        try ThroughputRule.check(input.warmThroughput, for: "table", provisioned: input.provisionedThroughput)
    }

    // MARK: Indexes

    private static func checkLocalIndexes(
        _ input: CreateTableInput, _ types: NameMap<ScalarAttributeType>, _ names: inout Set<String>
    ) throws(StoreError) {
        guard let indexes = input.localSecondaryIndexes else { return }
        guard !indexes.isEmpty else { throw KeySchemaRule.invalid("List of LocalSecondaryIndexes is empty") }
        guard input.keySchema.count == 2 else {
            throw KeySchemaRule.invalid(
                "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex")
        }
        let tableHash = input.keySchema[0].attributeName
        for index in indexes {
            try KeySchemaRule.check(index.keySchema, definedIn: types)
            guard index.keySchema.count == 2 else {
                throw KeySchemaRule.invalid("Index KeySchema does not have a range key for index: \(index.indexName)")
            }
            let hash = index.keySchema[0].attributeName
            guard hash == tableHash else {
                throw KeySchemaRule.invalid(
                    "Index KeySchema does not have the same leading hash key as table KeySchema for index: "
                        + "\(index.indexName). index hash key: \(hash), table hash key: \(tableHash)")
            }
            try KeySchemaRule.check(index.projection)
            try add(index.indexName, to: &names)
        }
        guard indexes.count <= mostLocalIndexes else {
            throw KeySchemaRule.invalid("Number of LocalSecondaryIndexes exceeds per-table limit of \(mostLocalIndexes)")
        }
    }

    private static func checkGlobalIndexes(
        _ input: CreateTableInput, _ types: NameMap<ScalarAttributeType>, _ names: inout Set<String>
    ) throws(StoreError) {
        guard let indexes = input.globalSecondaryIndexes else { return }
        guard !indexes.isEmpty else { throw KeySchemaRule.invalid("List of GlobalSecondaryIndexes is empty") }
        for index in indexes {
            try KeySchemaRule.checkGlobal(index.keySchema, definedIn: types)
            try KeySchemaRule.check(index.projection)
            let mode = input.billingMode ?? .provisioned
            try ThroughputRule.check(index.provisionedThroughput, ofIndex: index.indexName, mode)
            try checkThroughput(of: index, mode, inCreateTable: true)
            try add(index.indexName, to: &names)
        }
        guard indexes.count <= mostIndexes else {
            throw KeySchemaRule.invalid("GlobalSecondaryIndex count exceeds the per-table limit of \(mostIndexes)")
        }
        try checkProjected(indexes.map(\.projection) + (input.localSecondaryIndexes ?? []).map(\.projection))
    }

    private static func checkVectorIndexes(
        _ input: CreateTableInput, _ types: NameMap<ScalarAttributeType>, _ names: inout Set<String>
    ) throws(StoreError) {
        guard let indexes = input.vectorIndexes else { return }
        guard !indexes.isEmpty else { throw KeySchemaRule.invalid("List of VectorIndexes is empty") }
        guard input.billingMode == .payPerRequest else { throw VectorIndexRule.notOnDemand }
        guard indexes.count <= VectorIndexRule.mostIndexes else {
            throw KeySchemaRule.invalid("VectorIndex count exceeds the per-table limit of \(VectorIndexRule.mostIndexes)")
        }
        var rule = VectorIndexRule(others: [])
        for index in indexes {
            try rule.check(index, definedIn: types)
            try add(index.indexName, to: &names)
        }
    }

    /// What an index is given beside its keys, in CreateTable and UpdateTable.
    static func checkThroughput(
        of index: GlobalSecondaryIndex, _ mode: BillingMode, inCreateTable: Bool
    ) throws(StoreError) {
        try ThroughputRule.checkBounds(index.provisionedThroughput)
        try ThroughputRule.check(
            index.onDemandThroughput, ofIndex: index.indexName, mode, inCreateTable: inCreateTable)
        try ThroughputRule.check(
            index.warmThroughput, for: "index \(index.indexName)", provisioned: index.provisionedThroughput)
    }

    static func checkProjected(_ projections: [Projection]) throws(StoreError) {
        let projected = projections.reduce(0) { $0 + ($1.nonKeyAttributes?.count ?? 0) }
        guard projected <= mostProjectedAttributes else {
            throw KeySchemaRule.invalid(
                "The total number of non-key attributes projected into all secondary indexes exceeds the limit of "
                    + "\(mostProjectedAttributes)")
        }
    }

    private static func add(_ name: String, to names: inout Set<String>) throws(StoreError) {
        guard names.insert(name).inserted else { throw KeySchemaRule.invalid("Duplicate index name: \(name)") }
    }

    /// Before the indexes' own rules, as measured at the service in October 2026. A vector's attribute has a refusal of its own.
    private static func checkUse(of types: NameMap<ScalarAttributeType>, in input: CreateTableInput) throws(StoreError) {
        let indexKeys =
            (input.globalSecondaryIndexes ?? []).flatMap(\.keySchema) + (input.localSecondaryIndexes ?? []).flatMap(\.keySchema)
        let searched = (input.vectorIndexes ?? []).flatMap { $0.searchSchema ?? [] }.map(\.attributeName)
        let used = NameSet((input.keySchema + indexKeys).map(\.attributeName) + searched)
        let vectors = NameSet((input.vectorIndexes ?? []).map(\.vectorAttribute))
        guard !types.keys.allSatisfy({ used.contains($0) || vectors.contains($0) }) else { return }
        throw KeySchemaRule.invalid(
            "Some AttributeDefinitions are not used. AttributeDefinitions: \(KeySchemaRule.list(types.keys)), keys used: "
                + "\(KeySchemaRule.list(used.keys))")
    }
}

extension ConstraintViolations {
    mutating func check(_ throughput: ProvisionedThroughput?, at path: String) {
        guard let throughput else { return }
        let constraint = "Member must have value greater than or equal to 1"
        if throughput.writeCapacityUnits < 1 {
            add("\(throughput.writeCapacityUnits)", at: "\(path).writeCapacityUnits", constraint)
        }
        if throughput.readCapacityUnits < 1 {
            add("\(throughput.readCapacityUnits)", at: "\(path).readCapacityUnits", constraint)
        }
    }

    mutating func check(_ projection: Projection, at path: String) {
        guard let names = projection.nonKeyAttributes else { return }
        let place = "\(path).nonKeyAttributes"
        let value = "[\(names.joined(separator: ", "))]"
        if names.isEmpty { add(value, at: place, "Member must have length greater than or equal to 1") }
        if names.count > 20 { add(value, at: place, "Member must have length less than or equal to 20") }
        if !names.allSatisfy({ Self.attributeNameLength.contains($0.utf16.count) }) {
            add(
                value, at: place,
                "Member must satisfy constraint: [Member must have length less than or equal to 255, Member must have length "
                    + "greater than or equal to 1]")
        }
    }

    /// What the model gives a key's or a projected attribute's name (`KeySchemaAttributeName`, `NonKeyAttributeName`).
    private static let attributeNameLength = 1...255

    mutating func checkAttributeName(_ name: String, at path: String) {
        if name.isEmpty { add(name, at: path, "Member must have length greater than or equal to 1") }
        if name.utf16.count > Self.attributeNameLength.upperBound {
            add(name, at: path, "Member must have length less than or equal to \(Self.attributeNameLength.upperBound)")
        }
    }

    mutating func check(_ definitions: [AttributeDefinition]) {
        for (number, definition) in definitions.enumerated() {
            checkAttributeName(
                definition.attributeName, at: "attributeDefinitions.\(number + 1).member.attributeName")
        }
    }

    mutating func check(_ schema: [KeySchemaElement], at path: String, atMost most: Int) {
        let shown = schema.map { "KeySchemaElement(attributeName=\($0.attributeName), keyType=\($0.keyType.rawValue))" }
        let value = "[\(shown.joined(separator: ", "))]"
        if schema.isEmpty { add(value, at: path, "Member must have length greater than or equal to 1") }
        if schema.count > most { add(value, at: path, "Member must have length less than or equal to \(most)") }
        for (number, element) in schema.enumerated() {
            checkAttributeName(element.attributeName, at: "\(path).\(number + 1).member.attributeName")
        }
    }
}
