import LambdaEvents

let answerKinds: [SampleKind] = [
    SampleKind(
        RESTAPIResponse.self,
        required: ["statusCode"], samples: ["go--apigw-response"]),
    SampleKind(
        FunctionURLResponse.self,
        required: ["statusCode"], samples: ["go--lambda-urls-response"]),
    SampleKind(
        HTTPAPIAuthorizerResponse.self,
        required: ["isAuthorized"], samples: ["swift--APIGatewayLambdaAuthorizer-lambdaAuthorizerSimpleResponse"]),
    SampleKind(
        IAMPolicyResponse.self,
        required: ["policyDocument", "principalId"]
            + under("policyDocument", "Statement", "Version")
            + under("policyDocument/Statement/*", "Action", "Effect", "Resource"),
        exceptions: [
            SampleException(
                "go--apigw-custom-auth-response",
                at: ["policyDocument/Statement/0/Action/0", "policyDocument/Statement/0/Resource/0"],
                because: "a list of one is written as a text, which IAM reads alike; the test of answers compares it")
        ],
        samples: ["go--apigw-custom-auth-response", "swift--APIGatewayLambdaAuthorizer-lambdaAuthorizerPolicyResponse"]),
    SampleKind(
        BatchResponse.self,
        required: ["batchItemFailures"]
            + under("batchItemFailures/*", "itemIdentifier"), samples: ["rust--sqs-batch-response"]),
]
