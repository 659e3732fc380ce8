/// The body of the CreateTable call that makes a table of the template; names and cases are DynamoDB's.
struct CreateTableRequest: Encodable {
    struct Attribute: Encodable {
        var AttributeName: String
        var AttributeType: String
    }

    struct KeyElement: Encodable {
        var AttributeName: String
        var KeyType: String
    }

    struct Projection: Encodable {
        var ProjectionType: String
        var NonKeyAttributes: [String]?
    }

    struct Throughput: Encodable {
        var ReadCapacityUnits: Int
        var WriteCapacityUnits: Int
    }

    struct OnDemandThroughput: Encodable {
        var MaxReadRequestUnits: Int?
        var MaxWriteRequestUnits: Int?
    }

    struct WarmThroughput: Encodable {
        var ReadUnitsPerSecond: Int?
        var WriteUnitsPerSecond: Int?
    }

    struct Index: Encodable {
        var IndexName: String
        var KeySchema: [KeyElement]
        var Projection: Projection
        var ProvisionedThroughput: Throughput?
        var OnDemandThroughput: OnDemandThroughput?
        var WarmThroughput: WarmThroughput?
    }

    struct VectorIndex: Encodable {
        struct Attribute: Encodable {
            var AttributeName: String
        }

        struct SchemaElement: Encodable {
            var AttributeName: String
            var SearchSchemaElementType: String
        }

        var IndexName: String
        var VectorAttribute: Attribute
        var Dimensions: Int
        var DistanceFunction: String
        var SearchSchema: [SchemaElement]?
        var Projection: Projection
    }

    struct Stream: Encodable {
        var StreamEnabled: Bool
        var StreamViewType: String
    }

    struct Encryption: Encodable {
        var Enabled: Bool
        var SSEType: String?
        var KMSMasterKeyId: String?
    }

    struct Tag: Encodable {
        var Key: String
        var Value: String
    }

    var TableName: String
    var AttributeDefinitions: [Attribute]
    var KeySchema: [KeyElement]
    var BillingMode: String
    var ProvisionedThroughput: Throughput?
    var GlobalSecondaryIndexes: [Index]?
    var LocalSecondaryIndexes: [Index]?
    var VectorIndexes: [VectorIndex]?
    var StreamSpecification: Stream?
    var DeletionProtectionEnabled: Bool?
    var OnDemandThroughput: OnDemandThroughput?
    var SSESpecification: Encryption?
    var TableClass: String?
    var Tags: [Tag]?
    var WarmThroughput: WarmThroughput?
}
