package enum VectorDistanceFunction: String, Sendable, Codable, CaseIterable {
    case cosine = "COSINE"
    case dotProduct = "DOT_PRODUCT"
    case euclidean = "EUCLIDEAN"
}

/// What an attribute of a search schema is there for.
package enum SearchSchemaElementType: String, Sendable, Codable, CaseIterable {
    /// Divides the index: a search names one value of it.
    case hash = "HASH"
    /// A search may name a value of it.
    case inlineFilter = "INLINE_FILTER"
}

package struct SearchSchemaElement: Sendable, Codable, Hashable {
    package var attributeName: String
    package var elementType: SearchSchemaElementType

    package init(attributeName: String, elementType: SearchSchemaElementType) {
        self.attributeName = attributeName
        self.elementType = elementType
    }
}

/// A vector index as CreateTable and UpdateTable define it.
package struct VectorIndex: Sendable, Codable, Hashable {
    package var indexName: String
    /// The attribute that holds the vectors, each a list of numbers.
    package var vectorAttribute: String
    /// Nil for none: every search looks at all of the index.
    package var searchSchema: [SearchSchemaElement]?
    package var projection: Projection
    package var dimensions: Int
    package var distanceFunction: VectorDistanceFunction

    package init(
        indexName: String, vectorAttribute: String, searchSchema: [SearchSchemaElement]? = nil, projection: Projection,
        dimensions: Int, distanceFunction: VectorDistanceFunction
    ) {
        self.indexName = indexName
        self.vectorAttribute = vectorAttribute
        self.searchSchema = searchSchema
        self.projection = projection
        self.dimensions = dimensions
        self.distanceFunction = distanceFunction
    }

    /// The attribute that divides the index; nil for one that is not divided.
    var hashAttribute: String? { searchSchema?.first { $0.elementType == .hash }?.attributeName }
    var filterAttributes: [String] { (searchSchema ?? []).filter { $0.elementType == .inlineFilter }.map(\.attributeName) }
}
