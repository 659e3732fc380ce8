internal import LambdaEvents

/// What a vector index may be, for CreateTable and for one that UpdateTable adds.
///
/// The texts are those that the service was seen to answer (eu-west-2, August 2026), but for the ones marked as this store's.
/// Checks: the dimensions, the projection, the search schema, the vector's attribute, the other indexes of that attribute.
struct VectorIndexRule {
    /// "Vector indexes" in "Quotas in Amazon DynamoDB".
    static let mostIndexes = 5
    static let mostDimensions = 4096
    /// The vector and the attributes that filter count among them, the table's key and the one that divides the index do not
    /// (CreateTable, API reference, `VectorIndexes`).
    static let mostProjectedAttributes = 20

    /// The vector indexes of the table, to which those that are checked are added.
    private var others: [VectorIndex]

    init(others: [VectorIndex]) {
        self.others = others
    }

    static let notOnDemand = KeySchemaRule.invalid("Vector indexes are only supported for PAY_PER_REQUEST tables")

    /// - Parameter types: the attributes that the request defines.
    mutating func check(_ index: VectorIndex, definedIn types: NameMap<ScalarAttributeType>) throws(StoreError) {
        guard (1...Self.mostDimensions).contains(index.dimensions) else {
            throw KeySchemaRule.invalid("Number of dimensions must be between 1 and \(Self.mostDimensions) inclusive.")
        }
        try Self.checkProjection(of: index)
        try Self.checkSearchSchema(of: index, types)
        let attribute = index.vectorAttribute
        guard types[attribute] == nil else {
            throw Self.conflict(
                attribute, "An attribute cannot be defined in AttributeDefinitions when used as a VectorAttribute.")
        }
        guard others.allSatisfy({ $0.vectorAttribute != attribute || $0.dimensions == index.dimensions }) else {
            throw Self.conflict(attribute, "All VectorIndexes on the same vector attribute must use the same dimensions.")
        }
        others.append(index)
    }

    private static func conflict(_ attribute: String, _ reason: String) -> StoreError {
        KeySchemaRule.invalid("Conflicting attribute definition for '\(attribute)'. \(reason)")
    }

    /// The text for too many is this store's.
    private static func checkProjection(of index: VectorIndex) throws(StoreError) {
        try KeySchemaRule.check(index.projection)
        let names = index.projection.nonKeyAttributes ?? []
        let count = Set(names + index.filterAttributes + [index.vectorAttribute]).count
        guard count <= mostProjectedAttributes else {
            throw KeySchemaRule.invalid(
                "The number of projected attributes of vector index \(index.indexName) exceeds the limit of "
                    + "\(mostProjectedAttributes)")
        }
    }

    /// The texts for what is named twice are this store's.
    private static func checkSearchSchema(
        of index: VectorIndex, _ types: NameMap<ScalarAttributeType>
    ) throws(StoreError) {
        guard let schema = index.searchSchema else { return }
        guard schema.allSatisfy({ types[$0.attributeName] != nil }) else {
            throw KeySchemaRule.invalid("One element in SearchSchema is not defined in attribute definitions")
        }
        if let name = KeySchemaRule.duplicate(in: schema.map(\.attributeName)) {
            throw KeySchemaRule.invalid("Duplicate attribute name in SearchSchema: \(name)")
        }
        guard schema.count(where: { $0.elementType == .hash }) <= 1 else {
            throw KeySchemaRule.invalid("SearchSchema can have one HASH element at most")
        }
    }

    /// For UpdateTable: that a vector's attribute is no key of the table or an index of it, and that an attribute of the search
    /// schema keeps the type that it has.
    static func check(
        _ index: VectorIndex, againstKeysOf definition: TableDefinition, _ types: NameMap<ScalarAttributeType>
    ) throws(StoreError) {
        let attribute = index.vectorAttribute
        if let type = definition.type(of: attribute) {
            throw redefined(
                definition.schema(of: attribute, type),
                "VectorIndexSchema:[VectorAttribute: key{\(attribute):L:\(index.dimensions)}]")
        }
        for element in index.searchSchema ?? [] {
            let name = element.attributeName
            guard let old = definition.type(of: name), let new = types[name], old != new else { continue }
            throw redefined(
                definition.schema(of: name, old),
                "VectorIndexSchema:[SearchSchemaElement: key{\(name):\(new.rawValue):\(element.elementType.rawValue)}]")
        }
    }

    /// For a global index whose key would be an attribute that holds vectors. The shown schema's form is this store's.
    static func isVector(_ attribute: String) -> StoreError {
        redefined("VectorIndexSchema:[VectorAttribute: key{\(attribute):L}]", "Schema:[SchemaElement: key{\(attribute)}]")
    }

    private static func redefined(_ old: String, _ new: String) -> StoreError {
        KeySchemaRule.invalid(
            "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. "
                + "Existing schema: \(old) New schema: \(new)")
    }
}

extension TableDefinition {
    func isVector(_ attribute: String) -> Bool { vectorIndexes?.contains { $0.vectorAttribute == attribute } ?? false }

    /// The first use of a defined attribute, as the service shows it.
    fileprivate func schema(of attribute: String, _ type: ScalarAttributeType) -> String {
        let schemas = [keySchema] + globalSecondaryIndexes.map(\.keySchema) + (localSecondaryIndexes ?? []).map(\.keySchema)
        if let key = schemas.joined().first(where: { $0.attributeName.hasSameBytes(as: attribute) }) {
            return "Schema:[SchemaElement: key{\(attribute):\(type.rawValue):\(key.keyType.rawValue)}]"
        }
        return "VectorIndexSchema:[SearchSchemaElement: key{\(attribute):\(type.rawValue)}]"
    }
}

extension ConstraintViolations {
    mutating func check(_ index: VectorIndex, at path: String) {
        TableNameRule.note(index.indexName, at: "\(path).indexName", &self)
        check(index.projection, at: "\(path).projection")
        if index.dimensions < 1 {
            add("\(index.dimensions)", at: "\(path).dimensions", "Member must have value greater than or equal to 1")
        }
        checkAttributeName(index.vectorAttribute, at: "\(path).vectorAttribute.attributeName")
        if index.searchSchema?.isEmpty == true {
            add("[]", at: "\(path).searchSchema", "Member must have length greater than or equal to 1")
        }
        for (number, element) in (index.searchSchema ?? []).enumerated() {
            checkAttributeName(element.attributeName, at: "\(path).searchSchema.\(number + 1).member.attributeName")
        }
    }
}
