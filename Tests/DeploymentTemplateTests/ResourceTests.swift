import DeploymentTemplate
import Foundation
import Testing

@Suite("Resources")
struct ResourceTests {
    @Test("a function gets what Globals says, where it says nothing else itself")
    func globals() throws {
        let text = TemplateText.function(
            """
                  MemorySize: 256
                  Environment:
                    Variables: {B: own, C: own}
            """,
            above: """
                Globals:
                  Function:
                    MemorySize: 512
                    Timeout: 10
                    Environment:
                      Variables: {A: global, B: global}

                """)
        let function = try #require(try TemplateText.load(text).functions.first)
        #expect(function.memoryMegabytes == 256)
        #expect(function.timeoutSeconds == 10)
        #expect(function.environment == ["A": "global", "B": "own", "C": "own"])
    }

    @Test("a queue has SQS's defaults, its URL on the emulator, and its dead-letter queue by name")
    func queues() throws {
        let deployment = try TemplateText.load(TemplateText.queues)
        let work = try #require(deployment.queues.first { $0.logicalID == "Work" })
        #expect(work.name == "roost-work")
        #expect(work.arn == "arn:aws:sqs:us-east-1:000000000000:roost-work")
        #expect(work.visibilityTimeoutSeconds == 30)
        #expect(work.redrive?.deadLetterQueueName == "Dead")
        #expect(work.redrive?.maxReceiveCount == 5)
    }

    @Test("a table becomes the CreateTable call that makes it")
    func table() throws {
        let text = """
            Resources:
              T:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: items
                  BillingMode: PAY_PER_REQUEST
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  StreamSpecification: {StreamViewType: NEW_IMAGE}
                  TimeToLiveSpecification: {AttributeName: expires, Enabled: true}
            """
        let table = try #require(try TemplateText.load(text).tables.first)
        #expect(
            table.createTableRequest == """
                {"AttributeDefinitions":[{"AttributeName":"pk","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST",\
                "KeySchema":[{"AttributeName":"pk","KeyType":"HASH"}],\
                "StreamSpecification":{"StreamEnabled":true,"StreamViewType":"NEW_IMAGE"},"TableName":"items"}
                """)
        #expect(table.timeToLiveAttribute == "expires")
        #expect(table.streamEnabled)
    }

    @Test("what other calls than CreateTable set is read: recovery, insights, the policy")
    func tableUpkeep() throws {
        let text = TemplateText.function("").appending(
            """
              Items:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: items
                  BillingMode: PAY_PER_REQUEST
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  GlobalSecondaryIndexes:
                    - IndexName: other
                      KeySchema: [{AttributeName: pk, KeyType: HASH}]
                      Projection: {ProjectionType: ALL}
                      ContributorInsightsSpecification: {Enabled: true, Mode: THROTTLED_KEYS}
                  PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 3}
                  ContributorInsightsSpecification: {Enabled: true}
                  ResourcePolicy:
                    PolicyDocument:
                      Version: '2012-10-17'
                      Statement: [{Effect: Allow, Action: 'dynamodb:*', Resource: '*', Principal: '*'}]
              Plain:
                Type: AWS::Serverless::SimpleTable
                Properties:
                  PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: false}
                  SSESpecification: {SSEEnabled: true}
                  Tags: {b: 2, a: 1}

            """)
        let tables = try TemplateText.load(text).tables
        let upkeep = try #require(tables.first { $0.name == "items" }).upkeep
        #expect(upkeep.pointInTimeRecovery?.periodDays == 3)
        #expect(upkeep.contributorInsights.mapValues(\.mode) == ["": nil, "other": "THROTTLED_KEYS"])
        #expect(
            upkeep.resourcePolicy == """
                {"Statement":[{"Action":"dynamodb:*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2012-10-17"}
                """)
        let plain = try #require(tables.first { $0.logicalID == "Plain" })
        #expect(plain.upkeep == Deployment.Table.Upkeep())
        #expect(plain.createTableRequest.contains(#""SSESpecification":{"Enabled":true}"#))
        #expect(plain.createTableRequest.contains(#""Tags":[{"Key":"a","Value":"1"},{"Key":"b","Value":"2"}]"#))
        #expect(
            TemplateText.problems(text.replacing("PointInTimeRecoveryEnabled: true", with: "PointInTimeRecoveryEnabled: false"))
                .map { $0.drop { $0 != " " } } == [" Items: RecoveryPeriodInDays needs PointInTimeRecoveryEnabled: true"])
    }

    @Test("a table's vector indexes are read as they stand")
    func vectorIndexes() throws {
        let text = TemplateText.function("").appending(
            """
              Items:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: items
                  BillingMode: PAY_PER_REQUEST
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}, {AttributeName: t, AttributeType: S}]
                  VectorIndexes:
                    - IndexName: vix
                      VectorAttribute: {AttributeName: v}
                      Dimensions: 3
                      DistanceFunction: COSINE
                      SearchSchema: [{AttributeName: t, SearchSchemaElementType: HASH}]
                      Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [a]}

            """)
        let request = try #require(TemplateText.load(text).tables.first).createTableRequest
        #expect(
            request.contains(
                #""VectorIndexes":[{"Dimensions":3,"DistanceFunction":"COSINE","IndexName":"vix","#
                    + #""Projection":{"NonKeyAttributes":["a"],"ProjectionType":"INCLUDE"},"#
                    + #""SearchSchema":[{"AttributeName":"t","SearchSchemaElementType":"HASH"}],"#
                    + #""VectorAttribute":{"AttributeName":"v"}}]"#))
        #expect(
            TemplateText.problems(text.replacing("Dimensions: 3\n", with: "Dimension: 3\n")).contains {
                $0.hasSuffix("a vector index needs Dimensions")
            })
    }

    @Test("events without an API of their own make SAM's implicit one, with a catch-all where no path is given")
    func implicitAPI() throws {
        let text = TemplateText.function(
            """
                  Events:
                    Any: {Type: HttpApi}
                    One:
                      Type: HttpApi
                      Properties: {Path: '/users/{id}', Method: get, TimeoutInMillis: 5000}
            """)
        let api = try #require(try TemplateText.load(text).httpAPI)
        #expect(api.routes.map(\.key) == ["$default", "GET /users/{id}"])
        #expect(api.routes.map(\.timeoutMilliseconds) == [30_000, 5000])
        #expect(api.stage == "$default")
    }

    @Test("a route needs an authorizer that exists")
    func unknownAuthorizer() {
        let text = TemplateText.function(
            """
                  Events:
                    One:
                      Type: HttpApi
                      Properties: {ApiId: !Ref Http, Path: /a, Method: GET, Auth: {Authorizer: Tokn}}
              Http:
                Type: AWS::Serverless::HttpApi
                Properties:
                  Auth:
                    Authorizers:
                      Token: {FunctionArn: !GetAtt ApiFunction.Arn, AuthorizerPayloadFormatVersion: 2.0}
            """)
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:11: ApiFunction: there is no authorizer Tokn; did you mean Token?"
            ])
    }
}
