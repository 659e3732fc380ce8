internal import LambdaEvents

/// What a key schema and a projection may be, for CreateTable and for an index that UpdateTable adds. The texts are the
/// service's, recorded in October 2026.
///
/// Checks, in the service's order: as many definitions as elements, each element defined, distinct names, HASH before RANGE.
enum KeySchemaRule {
    /// "Multi-attribute keys" (Developer Guide): up to four attributes in an index's partition key and four in its sort key.
    static let mostAttributesOfAPart = 4

    static func invalid(_ text: String) -> StoreError {
        .validation("One or more parameter values were invalid: \(text)")
    }

    static func list(_ names: some Sequence<String>) -> String { "[\(names.sorted().joined(separator: ", "))]" }

    /// A table's schema, or a local index's.
    static func check(_ schema: [KeySchemaElement], definedIn types: NameMap<ScalarAttributeType>) throws(StoreError) {
        try checkDefinitions(schema, types)
        if schema.count == 2, schema[0].attributeName.hasSameBytes(as: schema[1].attributeName) { throw sameName }
        guard schema[0].keyType == .hash else { throw firstIsNoHash }
        if schema.count == 2, schema[1].keyType != .range {
            throw .validation("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type")
        }
    }

    /// A global index's schema.
    static func checkGlobal(
        _ schema: [KeySchemaElement], definedIn types: NameMap<ScalarAttributeType>
    ) throws(StoreError) {
        try checkDefinitions(schema, types)
        var names = NameSet()
        guard schema.allSatisfy({ names.insert($0.attributeName) }) else {
            if schema.map(\.keyType) == [.hash, .range] { throw sameName }
            throw .validation("The KeySchema contains multiple key attributes with the same name")
        }
        guard schema[0].keyType == .hash else { throw firstIsNoHash }
        let hashes = schema.prefix { $0.keyType == .hash }
        let ranges = schema.dropFirst(hashes.count)
        guard ranges.allSatisfy({ $0.keyType == .range }) else {
            throw invalid("All HASH key attributes must precede RANGE key attributes in the KeySchema")
        }
        for (part, type) in [(hashes.count, KeyType.hash), (ranges.count, .range)] where part > mostAttributesOfAPart {
            throw invalid("The KeySchema exceeds the maximum allowed number of \(type.rawValue) key attributes")
        }
    }

    private static let sameName = StoreError.validation(
        "Both the Hash Key and the Range Key element in the KeySchema have the same name")
    private static let firstIsNoHash = StoreError.validation(
        "Invalid KeySchema: The first KeySchemaElement is not a HASH key type")

    private static func checkDefinitions(
        _ schema: [KeySchemaElement], _ types: NameMap<ScalarAttributeType>
    ) throws(StoreError) {
        guard schema.count <= types.count else {
            throw .validation("Invalid KeySchema: Some index key attribute have no definition")
        }
        guard schema.allSatisfy({ types[$0.attributeName] != nil }) else {
            throw invalid(
                "Some index key attributes are not defined in AttributeDefinitions. Keys: "
                    + "\(list(schema.map(\.attributeName))), AttributeDefinitions: \(list(types.keys))")
        }
    }

    static func types(_ definitions: [AttributeDefinition]) throws(StoreError) -> NameMap<ScalarAttributeType> {
        var types: NameMap<ScalarAttributeType> = [:]
        for definition in definitions {
            guard types.updateValue(definition.attributeType, forKey: definition.attributeName) == nil else {
                throw .validation("Attribute Name is duplicated: \(definition.attributeName)")
            }
        }
        return types
    }

    static func check(_ projection: Projection) throws(StoreError) {
        switch (projection.projectionType, projection.nonKeyAttributes) {
        case (nil, _): throw invalid("Unknown ProjectionType: null")
        case (.include, nil): throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified")
        case (.include, .some): break
        case (let type?, .some):
            throw invalid("ProjectionType is \(type.rawValue), but NonKeyAttributes is specified")
        case (_, nil): break
        }
        if let name = duplicate(in: projection.nonKeyAttributes ?? []) {
            throw invalid("Duplicate element in NonKeyAttributes: \(name)")
        }
    }

    static func duplicate(in names: [String]) -> String? {
        var seen = NameSet()
        return names.first { !seen.insert($0) }
    }
}
