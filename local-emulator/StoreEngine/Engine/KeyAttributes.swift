internal import LambdaEvents

/// The attributes of a key schema with their types.
///
/// A table's key has one partition attribute and at most one sort attribute; a global secondary index's up to four of each
/// ("Multi-attribute keys", Developer Guide), a local one's the table's partition attribute and one sort attribute.
struct KeyAttributes: Sendable, Hashable {
    struct Attribute: Sendable, Hashable {
        var name: String
        var type: ScalarAttributeType
    }

    /// At least one.
    let hashes: [Attribute]
    let ranges: [Attribute]
    /// The partition key's attributes, then the sort key's, in the schema's order.
    let all: [Attribute]

    init?(_ schema: [KeySchemaElement], in definition: TableDefinition) {
        var hashes: [Attribute] = []
        var ranges: [Attribute] = []
        for element in schema {
            guard let type = definition.type(of: element.attributeName) else { return nil }
            let attribute = Attribute(name: element.attributeName, type: type)
            switch element.keyType {
            case .hash: hashes.append(attribute)
            case .range: ranges.append(attribute)
            }
        }
        guard !hashes.isEmpty else { return nil }
        self.hashes = hashes
        self.ranges = ranges
        all = hashes + ranges
    }

    /// The first partition attribute, a table's only one.
    var hash: Attribute { hashes[0] }
    /// The first sort attribute, a table's only one.
    var range: Attribute? { ranges.first }

    func contains(_ name: String) -> Bool { all.contains { $0.name.hasSameBytes(as: name) } }
}
