package enum KeyType: String, Sendable, Codable, CaseIterable {
    case hash = "HASH"
    case range = "RANGE"
}

/// The types that a key attribute may have.
package enum ScalarAttributeType: String, Sendable, Codable, CaseIterable {
    case string = "S"
    case number = "N"
    case binary = "B"
}

package struct KeySchemaElement: Sendable, Codable, Hashable {
    package var attributeName: String
    package var keyType: KeyType

    package init(attributeName: String, keyType: KeyType) {
        self.attributeName = attributeName
        self.keyType = keyType
    }
}

package struct AttributeDefinition: Sendable, Codable, Hashable {
    package var attributeName: String
    package var attributeType: ScalarAttributeType

    package init(attributeName: String, attributeType: ScalarAttributeType) {
        self.attributeName = attributeName
        self.attributeType = attributeType
    }
}

package enum ProjectionType: String, Sendable, Codable, CaseIterable {
    case keysOnly = "KEYS_ONLY"
    case include = "INCLUDE"
    case all = "ALL"
}

package struct Projection: Sendable, Codable, Hashable {
    /// Nil is refused when a table is made, as the service does.
    package var projectionType: ProjectionType?
    package var nonKeyAttributes: [String]?

    package init(projectionType: ProjectionType?, nonKeyAttributes: [String]? = nil) {
        self.projectionType = projectionType
        self.nonKeyAttributes = nonKeyAttributes
    }
}

package struct ProvisionedThroughput: Sendable, Codable, Hashable {
    package var readCapacityUnits: Int
    package var writeCapacityUnits: Int

    package init(readCapacityUnits: Int, writeCapacityUnits: Int) {
        self.readCapacityUnits = readCapacityUnits
        self.writeCapacityUnits = writeCapacityUnits
    }
}

/// Its key schema has one to four HASH elements and, after them, up to four RANGE elements.
package struct GlobalSecondaryIndex: Sendable, Codable, Hashable {
    package var indexName: String
    package var keySchema: [KeySchemaElement]
    package var projection: Projection
    package var provisionedThroughput: ProvisionedThroughput?
    package var onDemandThroughput: OnDemandThroughput?
    package var warmThroughput: WarmThroughput?

    package init(
        indexName: String, keySchema: [KeySchemaElement], projection: Projection,
        provisionedThroughput: ProvisionedThroughput? = nil, onDemandThroughput: OnDemandThroughput? = nil,
        warmThroughput: WarmThroughput? = nil
    ) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.warmThroughput = warmThroughput
    }
}

/// Has the table's HASH attribute and one RANGE attribute of its own.
package struct LocalSecondaryIndex: Sendable, Codable, Hashable {
    package var indexName: String
    package var keySchema: [KeySchemaElement]
    package var projection: Projection

    package init(indexName: String, keySchema: [KeySchemaElement], projection: Projection) {
        self.indexName = indexName
        self.keySchema = keySchema
        self.projection = projection
    }
}

package enum BillingMode: String, Sendable, Codable, CaseIterable {
    case provisioned = "PROVISIONED"
    case payPerRequest = "PAY_PER_REQUEST"
}

package enum StreamViewType: String, Sendable, Codable, CaseIterable {
    case newImage = "NEW_IMAGE"
    case oldImage = "OLD_IMAGE"
    case newAndOldImages = "NEW_AND_OLD_IMAGES"
    case keysOnly = "KEYS_ONLY"
}

package struct StreamSpecification: Sendable, Codable, Hashable {
    package var streamEnabled: Bool
    package var streamViewType: StreamViewType?

    package init(streamEnabled: Bool, streamViewType: StreamViewType? = nil) {
        self.streamEnabled = streamEnabled
        self.streamViewType = streamViewType
    }
}

package struct TimeToLiveSpecification: Sendable, Codable, Hashable {
    package var attributeName: String
    package var enabled: Bool

    package init(attributeName: String, enabled: Bool) {
        self.attributeName = attributeName
        self.enabled = enabled
    }
}
