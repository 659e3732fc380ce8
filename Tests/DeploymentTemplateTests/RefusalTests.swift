import DeploymentTemplate
import Foundation
import Testing

@Suite("What a template is refused for")
struct RefusalTests {
    @Test("a property that is not built is refused by resource, property and line; a misspelt one with the right one")
    func properties() {
        let text = """
            Resources:
              TableX:
                Type: AWS::DynamoDB::Table
                Properties:
                  BillingMode: PAY_PER_REQUEST
                  KeySchema: [{AttributeName: pk, KeyType: HASH}]
                  AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
                  KinesisStreamSpecification: {StreamArn: a}
                  StreamSpecifcation: {StreamViewType: NEW_IMAGE}
                  GlobalSecondaryIndexes:
                    - IndexName: i
                      KeySchema: [{AttributeName: pk, KeyType: HASCH}]
                      Projection: {ProjectionType: ALL}
              Bucket:
                Type: AWS::S3::Bucket
            """
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:8: TableX: property KinesisStreamSpecification is not supported by the emulator",
                "template.yaml:9: TableX: a table has no property StreamSpecifcation that the emulator knows; did you mean StreamSpecification?",
                "template.yaml:12: TableX: property GlobalSecondaryIndexes[0].KeySchema[0].KeyType must be HASH or RANGE, not HASCH; did you mean HASH?",
                "template.yaml:15: Bucket: the type AWS::S3::Bucket is not supported by the emulator",
            ])
    }

    @Test(
        "broken YAML names its line",
        arguments: [
            ("Resources:\n  A: [1, 2\n  B: 3\n", 3), ("Resources:\n\tA: 1\n", 2), ("A: 1\nB: 2\nA: 3\n", 3),
            ("A: &x 1\nB: *x\n", 2), ("A: !Reff x\n", 1), ("", 1), ("A: 1\n---\nB: 2\n", 2),
        ])
    func brokenYAML(text: String, line: Int) {
        let problems = TemplateText.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("template.yaml:\(line): ") == true, "\(problems)")
    }

    @Test("a missing file is one clear line")
    func missingFile() {
        #expect {
            try Deployment.load(path: "/nowhere/template.yaml")
        } throws: { error in
            "\(error)" == "/nowhere/template.yaml: there is no such file"
        }
    }

    @Test("values outside of a service's limits are refused")
    func limits() {
        let text = TemplateText.function(
            """
                  MemorySize: 64
                  Timeout: 901
                  VpcConfig: {SubnetIds: []}
                  Events:
                    Tick:
                      Type: Schedule
                      Properties:
                        Schedule: rate(1 minutes)
                    Odd:
                      Type: S3
            """)
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:8: ApiFunction: property MemorySize must be a whole number from 128 to 10240, not 64",
                "template.yaml:9: ApiFunction: property Timeout must be a whole number from 1 to 900, not 901",
                "template.yaml:10: ApiFunction: property VpcConfig is not supported by the emulator",
                "template.yaml:15: ApiFunction: Schedule rate(1 minutes): it must be rate(1 minute)",
                "template.yaml:17: ApiFunction: the event type S3 is not supported by the emulator",
            ])
    }

    @Test("what only matters in the cloud is taken, but its references are looked up")
    func cloudOnly() {
        let text = TemplateText.function(
            """
                  Policies:
                    - Statement:
                        - Effect: Allow
                          Resource: !GetAtt Tabel.Arn
                  Tags: {a: b}
            """)
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:11: ApiFunction: Fn::GetAtt names Tabel, which is not a resource"
            ])
    }

    @Test("a queue whose messages come again while their function still works on them is refused, as Lambda does")
    func visibilityTimeout() {
        let text = TemplateText.function(
            """
                  Timeout: 31
                  Events:
                    Work:
                      Type: SQS
                      Properties: {Queue: !GetAtt Work.Arn}
              Work:
                Type: AWS::SQS::Queue
            """)
        #expect(
            TemplateText.problems(text) == [
                "template.yaml:13: Work: Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds (of ApiFunction)"
            ])
        #expect(TemplateText.problems(text.replacing("Timeout: 31", with: "Timeout: 30")).isEmpty)
    }
}
