import LambdaEvents

let gatewayKinds: [SampleKind] = [
    SampleKind(
        HTTPAPIRequest.self, .httpAPI,
        required: ["rawPath", "rawQueryString", "requestContext", "routeKey", "version"]
            + under(
                "requestContext", "accountId", "apiId", "domainName", "domainPrefix", "http", "requestId", "stage", "time",
                "timeEpoch")
            + under("requestContext/http", "method", "path", "protocol", "sourceIp", "userAgent")
            + under("requestContext/authorizer/iam", "accessKey", "accountId", "callerId", "userArn", "userId")
            + under("requestContext/authorizer/jwt", "claims")
            + under("requestContext/authorizer/iam/cognitoIdentity", "amr", "identityId", "identityPoolId")
            + clientCertificate("requestContext/authentication/clientCert"),
        samples: [
            "go--apigw-v2-request-iam", "go--apigw-v2-request-jwt-authorizer", "go--apigw-v2-request-lambda-authorizer",
            "go--apigw-v2-request-no-authorizer", "powertools--apiGatewayProxyV2Event",
            "powertools--apiGatewayProxyV2EventPathTrailingSlash", "powertools--apiGatewayProxyV2Event_GET",
            "powertools--apiGatewayProxyV2LambdaAuthorizerEvent", "rust--apigw-sam-http-request",
            "rust--apigw-v2-request-multi-value-parameters", "sam--apigateway-http-api-proxy",
            "swift--APIGateway-V2-exampleGetEventBody", "swift--APIGateway-V2-exampleGetEventBodyNilHeaders",
            "swift--APIGateway-V2-fullExamplePayload", "swift--APIGateway-V2-requestWithBase64Body",
            "swift--APIGateway-V2-requestWithBase64JSONBody", "swift--APIGateway-V2-requestWithBody",
            "swift--APIGateway-V2IAM-getEventWithIAM", "swift--APIGateway-V2IAM-getEventWithIAMAndCognito",
        ]),
    SampleKind(
        FunctionURLRequest.self, .functionURL,
        required: ["rawPath", "rawQueryString", "requestContext", "version"]
            + under(
                "requestContext", "accountId", "apiId", "domainName", "domainPrefix", "http", "requestId", "time", "timeEpoch")
            + under("requestContext/http", "method", "path", "protocol", "sourceIp", "userAgent")
            + under("requestContext/authorizer/iam", "accessKey", "accountId", "callerId", "userArn", "userId"),
        samples: [
            "go--lambda-urls-request", "powertools--lambdaFunctionUrlEvent", "powertools--lambdaFunctionUrlIAMEvent",
            "swift--FunctionURL-documentationExample", "swift--FunctionURL-realWorldExample",
            "swift--FunctionURL-requestWithBase64Body", "swift--FunctionURL-requestWithBase64JSONBody",
        ]),
    SampleKind(
        RESTAPIRequest.self, .restAPI,
        required: ["httpMethod", "path", "requestContext", "resource"]
            + under(
                "requestContext", "accountId", "apiId", "httpMethod", "identity", "path", "requestId", "resourcePath", "stage")
            + under("requestContext/identity", "sourceIp")
            + clientCertificate("requestContext/identity/clientCert"),
        samples: [
            "go--apigw-request", "go--apigw-restapi-openapi-request", "powertools--apiGatewayProxyEvent",
            "rust--apigw-request-multi-value-parameters", "rust--apigw-sam-rest-request", "sam--apigateway-aws-proxy",
            "swift--APIGateway-exampleGetEventBody", "swift--APIGateway-exampleGetEventBodyWithAuthorizer",
            "swift--APIGateway-exampleGetEventBodyWithoutDomainName", "swift--APIGateway-postEventBodyNilHeaders",
            "swift--APIGateway-todoPostEventBody",
        ]),
    SampleKind(
        LoadBalancerRequest.self, .loadBalancer,
        required: ["httpMethod", "path", "requestContext"]
            + under("requestContext", "elb")
            + under("requestContext/elb", "targetGroupArn"),
        samples: [
            "go--alb-lambda-target-request-headers-only", "go--alb-lambda-target-request-multivalue-headers", "sam--alb-request",
        ]),
    SampleKind(
        WebSocketRequest.self, .webSocket,
        required: ["requestContext"]
            + under(
                "requestContext", "apiId", "connectedAt", "connectionId", "domainName", "eventType", "extendedRequestId",
                "identity", "messageDirection", "requestId", "requestTime", "requestTimeEpoch", "routeKey", "stage")
            + under("requestContext/identity", "sourceIp"),
        exceptions: [
            SampleException(
                "go--apigw-websocket-request",
                at: ["resource", "path", "httpMethod", "pathParameters"]
                    + ["accountId", "resourceId", "resourcePath", "httpMethod"].map { "requestContext/" + $0 },
                because: "a sample made out of a REST API's request: no WebSocket API sends them"),
            SampleException(
                "go--apigw-websocket-request", at: ["error", "integrationLatency", "status"].map { "requestContext/" + $0 },
                because: "context variables of access logs: no integration gets them"),
        ],
        samples: [
            "go--apigw-websocket-request", "go--apigw-websocket-request-disconnect",
            "go--apigw-websocket-request-send-message", "rust--apigw-websocket-request-disconnect-route",
            "rust--apigw-websocket-request-without-method", "swift--APIGateway-Websockets-exampleConnectEventBody",
        ]),
    SampleKind(
        TokenAuthorizerRequest.self, .tokenAuthorizer,
        required: ["authorizationToken", "methodArn", "type"],
        samples: ["go--apigw-custom-auth-request", "powertools--apiGatewayAuthorizerTokenEvent", "sam--apigateway-authorizer"]),
    SampleKind(
        RESTAPIAuthorizerRequest.self, .restAPIAuthorizer,
        required: ["httpMethod", "methodArn", "path", "requestContext", "resource", "type"]
            + under(
                "requestContext", "accountId", "apiId", "httpMethod", "identity", "path", "requestId", "resourcePath", "stage")
            + under("requestContext/identity", "sourceIp")
            + clientCertificate("requestContext/identity/clientCert"),
        samples: [
            "go--apigw-custom-auth-request-type-request", "go--apigw-v2-custom-authorizer-v1-request",
            "powertools--apiGatewayAuthorizerRequestEvent", "sam--apigateway-request-authorizer",
        ]),
    SampleKind(
        HTTPAPIAuthorizerRequest.self, .httpAPIAuthorizer,
        required: ["rawPath", "rawQueryString", "requestContext", "routeArn", "routeKey", "type", "version"]
            + under(
                "requestContext", "accountId", "apiId", "domainName", "domainPrefix", "http", "requestId", "stage", "time",
                "timeEpoch")
            + under("requestContext/http", "method", "path", "protocol", "sourceIp", "userAgent")
            + clientCertificate("requestContext/authentication/clientCert"),
        samples: [
            "go--apigw-v2-custom-authorizer-v2-request", "powertools--apiGatewayAuthorizerV2Event",
            "rust--apigw-v2-custom-authorizer-v2-request-without-identity-source",
            "swift--APIGatewayLambdaAuthorizer-lambdaAuthorizerRequest",
        ]),
    SampleKind(
        WebSocketAuthorizerRequest.self, .webSocketAuthorizer,
        required: ["methodArn", "requestContext", "type"]
            + under(
                "requestContext", "apiId", "connectedAt", "connectionId", "domainName", "eventType", "extendedRequestId",
                "identity", "messageDirection", "requestId", "requestTime", "requestTimeEpoch", "routeKey", "stage")
            + under("requestContext/identity", "sourceIp"),
        exceptions: [
            SampleException(
                "rust--apigw-v2-custom-authorizer-websocket-request",
                at: [
                    "version", "context", "deadline", "invoked_function_arn", "xray_trace_id", "env_config", "memory",
                    "log_stream", "log_group",
                ],
                because: "added by the tool that captured the event: its own context object, written into it")
        ],
        samples: ["rust--apigw-v2-custom-authorizer-websocket-request"]),
]

/// Mutual TLS gives the whole certificate or none.
private func clientCertificate(_ place: String) -> [String] {
    under(place, "clientCertPem", "issuerDN", "serialNumber", "subjectDN", "validity")
        + under(place + "/validity", "notAfter", "notBefore")
}
