/// What CreateTable refuses, with the service's messages.
enum CreateTableValidation {
    /// "Quotas in Amazon DynamoDB": global secondary indexes per table, and attributes that all indexes' INCLUDE
    /// projections may name together.
    static let mostIndexes = 20
    static let mostProjectedAttributes = 100

    static func check(_ input: CreateTableInput) throws(StoreError) {
        try checkConstraints(input)
        try checkThroughput(input)
        let types = try attributeTypes(input)
        try checkKeySchema(input.keySchema, types)
        try checkIndexes(input, types)
        try checkUse(of: types, in: input)
        try checkStream(input.streamSpecification)
    }

    private static func invalid(_ text: String) -> StoreError {
        .validation("One or more parameter values were invalid: \(text)")
    }

    private static func list(_ names: some Sequence<String>) -> String { "[\(names.sorted().joined(separator: ", "))]" }

    // MARK: The model's constraints

    private static func checkConstraints(_ input: CreateTableInput) throws(StoreError) {
        try TableNameRule.check(input.tableName, parameter: "tableName")
        try checkLength(input.keySchema, at: "keySchema")
        for (number, index) in (input.globalSecondaryIndexes ?? []).enumerated() {
            let path = "globalSecondaryIndexes.\(number + 1).member"
            try TableNameRule.check(index.indexName, parameter: "\(path).indexName")
            try checkLength(index.keySchema, at: "\(path).keySchema")
        }
        var violations = ConstraintViolations()
        if let throughput = input.provisionedThroughput {
            violations.check(throughput, at: "provisionedThroughput")
        }
        for (number, index) in (input.globalSecondaryIndexes ?? []).enumerated() {
            guard let throughput = index.provisionedThroughput else { continue }
            violations.check(throughput, at: "globalSecondaryIndexes.\(number + 1).member.provisionedThroughput")
        }
        try violations.check()
    }

    private static func checkLength(_ schema: [KeySchemaElement], at path: String) throws(StoreError) {
        var violations = ConstraintViolations()
        let shown = schema.map { "KeySchemaElement(attributeName=\($0.attributeName), keyType=\($0.keyType.rawValue))" }
        let value = "[\(shown.joined(separator: ", "))]"
        if schema.isEmpty { violations.add(value, at: path, "Member must have length greater than or equal to 1") }
        if schema.count > 2 { violations.add(value, at: path, "Member must have length less than or equal to 2") }
        try violations.check()
    }

    // MARK: Billing

    private static func checkThroughput(_ input: CreateTableInput) throws(StoreError) {
        let isOnDemand = input.billingMode == .payPerRequest
        if isOnDemand, input.provisionedThroughput != nil {
            throw invalid(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST")
        }
        if !isOnDemand, input.provisionedThroughput == nil {
            throw invalid(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED")
        }
        for index in input.globalSecondaryIndexes ?? [] {
            if isOnDemand, index.provisionedThroughput != nil {
                throw invalid(
                    "ProvisionedThroughput should not be specified for index: \(index.indexName) when BillingMode is "
                        + "PAY_PER_REQUEST")
            }
            if !isOnDemand, index.provisionedThroughput == nil {
                throw invalid("ProvisionedThroughput is not specified for index: \(index.indexName)")
            }
        }
    }

    // MARK: Keys

    private static func attributeTypes(_ input: CreateTableInput) throws(StoreError) -> [String: ScalarAttributeType] {
        var types: [String: ScalarAttributeType] = [:]
        for definition in input.attributeDefinitions {
            guard types.updateValue(definition.attributeType, forKey: definition.attributeName) == nil else {
                throw invalid("Cannot define attribute \(definition.attributeName) more than once in AttributeDefinitions")
            }
        }
        return types
    }

    private static func checkKeySchema(
        _ schema: [KeySchemaElement], _ types: [String: ScalarAttributeType]
    ) throws(StoreError) {
        guard schema[0].keyType == .hash else {
            throw .validation("Invalid KeySchema: The first KeySchemaElement is not a HASH key type")
        }
        if schema.count == 2 {
            guard schema[0].attributeName != schema[1].attributeName else {
                throw .validation("Both the Hash Key and the Range Key element in the KeySchema have the same name")
            }
            guard schema[1].keyType == .range else {
                throw .validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
            }
        }
        let missing = schema.map(\.attributeName).filter { types[$0] == nil }
        guard missing.isEmpty else {
            throw invalid(
                "Some index key attributes are not defined in AttributeDefinitions. Keys: \(list(missing)), "
                    + "AttributeDefinitions: \(list(types.keys))")
        }
    }

    private static func checkUse(of types: [String: ScalarAttributeType], in input: CreateTableInput) throws(StoreError) {
        let indexes = input.globalSecondaryIndexes ?? []
        let used = Set((input.keySchema + indexes.flatMap(\.keySchema)).map(\.attributeName))
        guard used.count != types.count else { return }
        guard !indexes.isEmpty else {
            throw invalid(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in "
                    + "AttributeDefinitions")
        }
        throw invalid(
            "Some AttributeDefinitions are not used. AttributeDefinitions: \(list(types.keys)), keys used: \(list(used))")
    }

    // MARK: Indexes

    private static func checkIndexes(
        _ input: CreateTableInput, _ types: [String: ScalarAttributeType]
    ) throws(StoreError) {
        guard let indexes = input.globalSecondaryIndexes else { return }
        guard !indexes.isEmpty else { throw invalid("List of GlobalSecondaryIndexes is empty") }
        guard indexes.count <= mostIndexes else {
            throw invalid("GlobalSecondaryIndex count exceeds the per-table limit of \(mostIndexes)")
        }
        var names: Set<String> = []
        for index in indexes {
            guard names.insert(index.indexName).inserted else {
                throw invalid("Duplicate index name: \(index.indexName)")
            }
            try checkKeySchema(index.keySchema, types)
            try checkProjection(index.projection)
        }
        let projected = indexes.reduce(0) { $0 + ($1.projection.nonKeyAttributes?.count ?? 0) }
        guard projected <= mostProjectedAttributes else {
            throw invalid(
                "The total number of non-key attributes projected into all secondary indexes exceeds the limit of "
                    + "\(mostProjectedAttributes)")
        }
    }

    private static func checkProjection(_ projection: Projection) throws(StoreError) {
        switch (projection.projectionType, projection.nonKeyAttributes) {
        case (nil, _): throw invalid("Unknown ProjectionType: null")
        case (.include, nil): throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        case (.include, let names?):
            guard !names.isEmpty else { throw invalid("NonKeyAttributes must not be empty") }
        case (let type?, .some):
            throw invalid("ProjectionType is \(type.rawValue), but NonKeyAttributes is specified")
        case (_, nil): break
        }
    }

    // MARK: Stream

    private static func checkStream(_ specification: StreamSpecification?) throws(StoreError) {
        guard let specification else { return }
        if specification.streamEnabled, specification.streamViewType == nil {
            throw invalid("StreamViewType must be specified when StreamEnabled is true")
        }
        if !specification.streamEnabled, specification.streamViewType != nil {
            throw invalid("StreamViewType must not be specified when StreamEnabled is false")
        }
    }
}

extension ConstraintViolations {
    fileprivate mutating func check(_ throughput: ProvisionedThroughput, at path: String) {
        let constraint = "Member must have value greater than or equal to 1"
        if throughput.readCapacityUnits < 1 {
            add("\(throughput.readCapacityUnits)", at: "\(path).readCapacityUnits", constraint)
        }
        if throughput.writeCapacityUnits < 1 {
            add("\(throughput.writeCapacityUnits)", at: "\(path).writeCapacityUnits", constraint)
        }
    }
}
