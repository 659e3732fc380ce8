import StoreEngine

/// How the structures of vector indexes are read and written.
extension RequestReader {
    func vectorIndexes(_ name: String) throws(Refusal) -> [VectorIndex]? {
        guard let readers = try structures(name, of: "VectorIndex") else { return nil }
        var indexes: [VectorIndex] = []
        for reader in readers { indexes.append(try reader.vectorIndex()) }
        return indexes
    }

    /// An element of `VectorIndexes`, or the `Create` of an index update.
    func vectorIndex() throws(Refusal) -> VectorIndex {
        let projection = try projection()
        let name = try requiredString("IndexName")
        let attribute = try requiredStructure("VectorAttribute", "VectorAttributeDefinition")?.requiredString("AttributeName")
        return VectorIndex(
            indexName: name, vectorAttribute: attribute ?? "", searchSchema: try searchSchema(), projection: projection,
            dimensions: try requiredLong("Dimensions"),
            distanceFunction: try requiredOption(
                "DistanceFunction", order: "COSINE, EUCLIDEAN, DOT_PRODUCT", standIn: VectorDistanceFunction.cosine))
    }

    private func searchSchema() throws(Refusal) -> [SearchSchemaElement]? {
        guard let readers = try structures("SearchSchema", of: "SearchSchemaElement") else { return nil }
        var schema: [SearchSchemaElement] = []
        for element in readers {
            schema.append(
                SearchSchemaElement(
                    attributeName: try element.requiredString("AttributeName"),
                    elementType: try element.requiredOption(
                        "SearchSchemaElementType", order: "HASH, INLINE_FILTER", standIn: SearchSchemaElementType.hash)))
        }
        return schema
    }
}

extension JSONObjectWriter {
    static func index(_ index: TableDescription.VectorIndexDescription) -> [UInt8] {
        object { writer in
            writer.vectorIndex(index.index)
            writer.string("IndexStatus", index.indexStatus.rawValue)
            writer.bool("Backfilling", index.backfilling)
            writer.integer("IndexSizeBytes", index.indexSizeBytes)
            writer.integer("ItemCount", index.itemCount)
            writer.string("IndexArn", index.indexArn)
        }
    }

    /// The members of an index as it is defined.
    mutating func vectorIndex(_ index: VectorIndex) {
        string("IndexName", index.indexName)
        object("VectorAttribute") { $0.string("AttributeName", index.vectorAttribute) }
        array(
            "SearchSchema",
            index.searchSchema?.map { element in
                Self.object { writer in
                    writer.string("AttributeName", element.attributeName)
                    writer.string("SearchSchemaElementType", element.elementType.rawValue)
                }
            })
        projection(index.projection)
        integer("Dimensions", index.dimensions)
        string("DistanceFunction", index.distanceFunction.rawValue)
    }
}
