public import LambdaEvents

extension DynamoDB {
    /// A key attribute and its type.
    public struct AttributeDefinition: Sendable, Equatable, Codable {
        public var attributeName: String
        public var attributeType: ScalarAttributeType

        public init(attributeName: String, attributeType: ScalarAttributeType) {
            self.attributeName = attributeName
            self.attributeType = attributeType
        }

        private enum CodingKeys: String, CodingKey {
            case attributeName = "AttributeName"
            case attributeType = "AttributeType"
        }
    }

    public struct KeySchemaElement: Sendable, Equatable, Codable {
        public var attributeName: String
        public var keyType: KeyType

        public init(attributeName: String, keyType: KeyType) {
            self.attributeName = attributeName
            self.keyType = keyType
        }

        private enum CodingKeys: String, CodingKey {
            case attributeName = "AttributeName"
            case keyType = "KeyType"
        }
    }

    /// Which attributes an index holds.
    public struct Projection: Sendable, Equatable, Codable {
        public var projectionType: ProjectionType?
        /// With `include` only.
        public var nonKeyAttributes: [String]?

        public init(projectionType: ProjectionType? = nil, nonKeyAttributes: [String]? = nil) {
            self.projectionType = projectionType
            self.nonKeyAttributes = nonKeyAttributes
        }

        private enum CodingKeys: String, CodingKey {
            case projectionType = "ProjectionType"
            case nonKeyAttributes = "NonKeyAttributes"
        }
    }

    public struct ProvisionedThroughput: Sendable, Equatable, Codable {
        public var readCapacityUnits: Int
        public var writeCapacityUnits: Int

        public init(readCapacityUnits: Int, writeCapacityUnits: Int) {
            self.readCapacityUnits = readCapacityUnits
            self.writeCapacityUnits = writeCapacityUnits
        }

        private enum CodingKeys: String, CodingKey {
            case readCapacityUnits = "ReadCapacityUnits"
            case writeCapacityUnits = "WriteCapacityUnits"
        }
    }

    public struct StreamSpecification: Sendable, Equatable, Codable {
        public var streamEnabled: Bool
        public var streamViewType: StreamViewType?

        public init(streamEnabled: Bool, streamViewType: StreamViewType? = nil) {
            self.streamEnabled = streamEnabled
            self.streamViewType = streamViewType
        }

        private enum CodingKeys: String, CodingKey {
            case streamEnabled = "StreamEnabled"
            case streamViewType = "StreamViewType"
        }
    }

    public struct GlobalSecondaryIndex: Sendable, Equatable, Codable {
        public var indexName: String
        public var keySchema: [KeySchemaElement]
        public var projection: Projection
        /// With billing mode `provisioned` only.
        public var provisionedThroughput: ProvisionedThroughput?

        public init(
            indexName: String, keySchema: [KeySchemaElement], projection: Projection,
            provisionedThroughput: ProvisionedThroughput? = nil
        ) {
            self.indexName = indexName
            self.keySchema = keySchema
            self.projection = projection
            self.provisionedThroughput = provisionedThroughput
        }

        private enum CodingKeys: String, CodingKey {
            case indexName = "IndexName"
            case keySchema = "KeySchema"
            case projection = "Projection"
            case provisionedThroughput = "ProvisionedThroughput"
        }
    }

    public struct LocalSecondaryIndex: Sendable, Equatable, Codable {
        public var indexName: String
        public var keySchema: [KeySchemaElement]
        public var projection: Projection

        public init(indexName: String, keySchema: [KeySchemaElement], projection: Projection) {
            self.indexName = indexName
            self.keySchema = keySchema
            self.projection = projection
        }

        private enum CodingKeys: String, CodingKey {
            case indexName = "IndexName"
            case keySchema = "KeySchema"
            case projection = "Projection"
        }
    }

    public struct TimeToLiveSpecification: Sendable, Equatable, Codable {
        /// A number attribute, in seconds since 1970.
        public var attributeName: String
        public var enabled: Bool

        public init(attributeName: String, enabled: Bool) {
            self.attributeName = attributeName
            self.enabled = enabled
        }

        private enum CodingKeys: String, CodingKey {
            case attributeName = "AttributeName"
            case enabled = "Enabled"
        }
    }
}
