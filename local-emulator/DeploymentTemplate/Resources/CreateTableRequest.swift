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

    struct Index: Encodable {
        var IndexName: String
        var KeySchema: [KeyElement]
        var Projection: Projection
        var ProvisionedThroughput: Throughput?
    }

    struct Stream: Encodable {
        var StreamEnabled: Bool
        var StreamViewType: String
    }

    var TableName: String
    var AttributeDefinitions: [Attribute]
    var KeySchema: [KeyElement]
    var BillingMode: String
    var ProvisionedThroughput: Throughput?
    var GlobalSecondaryIndexes: [Index]?
    var LocalSecondaryIndexes: [Index]?
    var StreamSpecification: Stream?
}
