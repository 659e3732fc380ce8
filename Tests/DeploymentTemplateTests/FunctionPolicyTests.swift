import Testing

@testable import DeploymentTemplate

@Suite("The policies of a function")
struct FunctionPolicyTests {
    private func permissions(_ text: String) throws -> Deployment.Function.Permissions {
        try TemplateText.load(TemplateText.function(text)).functions[0].permissions
    }

    @Test("documents become statements, with their references resolved")
    func documents() throws {
        let found = try permissions(
            """
                  Policies:
                    - Version: "2012-10-17"
                      Statement:
                        - Sid: Work
                          Effect: Allow
                          Action: sqs:SendMessage
                          Resource: !GetAtt Work.Arn
                    - Statement:
                        Effect: Deny
                        Action: [sqs:DeleteQueue, sqs:PurgeQueue]
                        Resource: "*"
              Work:
                Type: AWS::SQS::Queue
            """)
        #expect(
            found
                == .statements([
                    .init(
                        id: "Work", allows: true, actions: ["sqs:SendMessage"],
                        resources: ["arn:aws:sqs:us-east-1:000000000000:Work"]),
                    .init(id: "", allows: false, actions: ["sqs:DeleteQueue", "sqs:PurgeQueue"], resources: ["*"]),
                ]))
    }

    @Test("a function without policies may call nothing")
    func none() throws {
        #expect(try permissions("      Timeout: 5") == .statements([]))
    }

    @Test(
        "what cannot be evaluated here is named",
        arguments: [
            ("      Policies: AmazonDynamoDBFullAccess", "the managed policy AmazonDynamoDBFullAccess is not known here"),
            (
                "      Policies:\n        - DynamoDBCrudPolicy: {TableName: t}",
                "the policy template DynamoDBCrudPolicy is not known here"
            ),
            (
                "      Policies:\n        Statement:\n          {Effect: Allow, Action: \"*\", Resource: \"*\", Condition: {}}",
                "a policy's Condition is not evaluated here"
            ),
            ("      Role: arn:aws:iam::1:role/mine", "its role is given"),
        ])
    func notEvaluated(text: String, reason: String) throws {
        #expect(try permissions(text) == .notEvaluated(reason))
    }
}
