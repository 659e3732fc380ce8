import AWSClients
import Foundation
import LambdaEvents
import Testing

@Suite("botocore's service models know every member that the clients send", .enabled(if: Botocore.isPresent))
struct BotocoreShapeTests {
    /// Every answer is an empty object: what matters is what was asked, so that a failure to read the answer is none here.
    private func requests(_ calls: (ScriptedTransport) async throws -> Void) async throws -> [AWSRequest] {
        let transport = ScriptedTransport(Array(repeating: .json("{}"), count: 20))
        try await calls(transport)
        return transport.requests
    }

    private func check(_ service: String, _ requests: [AWSRequest], operation: String? = nil) throws {
        let input = try requests.map { request -> [String: Any] in
            let target = request.headers.first { $0.name == "X-Amz-Target" }?.value.split(separator: ".").last
            return [
                "operation": try #require(operation ?? target.map(String.init)),
                "parameters": try JSONSerialization.jsonObject(with: request.body),
            ]
        }
        let program = """
            import json, sys
            import botocore.loaders, botocore.model, botocore.validate
            document = botocore.loaders.Loader().load_service_model("\(service)", "service-2")
            model = botocore.model.ServiceModel(document)
            for call in json.load(sys.stdin):
                shape = model.operation_model(call["operation"]).input_shape
                report = botocore.validate.ParamValidator().validate(call["parameters"], shape)
                if report.has_errors(): print(call["operation"], report.generate_report())
            """
        #expect(!requests.isEmpty)
        #expect(try Botocore.run(program, input: input) == "")
    }

    private func call(_ body: () async throws -> some Sendable) async throws {
        do { _ = try await body() } catch is AWSUnreadableAnswer {}
    }

    private let key: DynamoDB.Item = [
        "pk": .string("a"), "b": .binary(Data([1])), "l": .list([.map(["x": .bool(true)]), .null]),
    ]
    private let names = ["#a": "b"]

    @Test("DynamoDB's items")
    func items() async throws {
        try check(
            "dynamodb",
            try await requests { transport in
                let client = DynamoDBClient(transport: transport)
                let values: DynamoDB.Item = [":s": .stringSet(["a"]), ":n": .numberSet(["1"]), ":b": .binarySet([Data([1])])]
                try await client.putItem(
                    .init(
                        tableName: "table", item: key, conditionExpression: "c", expressionAttributeNames: names,
                        expressionAttributeValues: values, returnValues: .allOld, returnValuesOnConditionCheckFailure: .allOld))
                try await client.updateItem(
                    .init(
                        tableName: "table", key: key, updateExpression: "u", conditionExpression: "c",
                        expressionAttributeNames: names,
                        expressionAttributeValues: values, returnValues: .allNew, returnValuesOnConditionCheckFailure: .allOld))
                try await client.deleteItem(
                    .init(
                        tableName: "table", key: key, conditionExpression: "c", expressionAttributeNames: names,
                        expressionAttributeValues: values, returnValues: .allOld, returnValuesOnConditionCheckFailure: .allOld))
                _ = try await client.getItem(
                    .init(
                        tableName: "table", key: key, consistentRead: true, projectionExpression: "p",
                        expressionAttributeNames: names))
                _ = try await client.query(
                    .init(
                        tableName: "table", indexName: "index", keyConditionExpression: "k", filterExpression: "f",
                        projectionExpression: "p", expressionAttributeNames: names, expressionAttributeValues: values,
                        scanIndexForward: false, limit: 1, exclusiveStartKey: key, consistentRead: true,
                        select: .specificAttributes))
                _ = try await client.scan(
                    .init(
                        tableName: "table", indexName: "index", filterExpression: "f", projectionExpression: "p",
                        expressionAttributeNames: names, expressionAttributeValues: values, limit: 1, exclusiveStartKey: key,
                        consistentRead: true, select: .count, segment: 0, totalSegments: 1))
            })
    }

    @Test("DynamoDB's batches and transactions")
    func batches() async throws {
        try check(
            "dynamodb",
            try await requests { transport in
                let client = DynamoDBClient(transport: transport)
                _ = try await client.batchGetItem(
                    .init(requestItems: [
                        "table": .init(
                            keys: [key], consistentRead: true, projectionExpression: "p", expressionAttributeNames: names)
                    ]))
                try await client.batchWriteItem(.init(requestItems: ["table": [.put(key), .delete(key: key)]]))
                _ = try await client.transactGetItems(
                    .init(transactItems: [
                        .init(
                            get: .init(tableName: "table", key: key, projectionExpression: "p", expressionAttributeNames: names))
                    ]))
                try await client.transactWriteItems(
                    .init(transactItems: [
                        .put(
                            .init(
                                tableName: "table", item: key, conditionExpression: "c", expressionAttributeNames: names,
                                expressionAttributeValues: key, returnValuesOnConditionCheckFailure: .allOld)),
                        .update(
                            .init(
                                tableName: "table", key: key, updateExpression: "u", conditionExpression: "c",
                                expressionAttributeNames: names, expressionAttributeValues: key,
                                returnValuesOnConditionCheckFailure: .allOld)),
                        .delete(
                            .init(
                                tableName: "table", key: key, conditionExpression: "c", expressionAttributeNames: names,
                                expressionAttributeValues: key, returnValuesOnConditionCheckFailure: .allOld)),
                        .conditionCheck(
                            .init(
                                tableName: "table", key: key, conditionExpression: "c", expressionAttributeNames: names,
                                expressionAttributeValues: key, returnValuesOnConditionCheckFailure: .allOld)),
                    ]))
            })
    }

    @Test("DynamoDB's tables")
    func tables() async throws {
        try check(
            "dynamodb",
            try await requests { transport in
                let client = DynamoDBClient(transport: transport)
                let schema: [DynamoDB.KeySchemaElement] = [.init(attributeName: "pk", keyType: .hash)]
                try await call {
                    try await client.createTable(
                        .init(
                            tableName: "table", attributeDefinitions: [.init(attributeName: "pk", attributeType: .binary)],
                            keySchema: schema,
                            globalSecondaryIndexes: [
                                .init(
                                    indexName: "index", keySchema: schema,
                                    projection: .init(projectionType: .include, nonKeyAttributes: ["x"]),
                                    provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 1))
                            ],
                            localSecondaryIndexes: [
                                .init(indexName: "local", keySchema: schema, projection: .init(projectionType: .keysOnly))
                            ],
                            billingMode: .provisioned, provisionedThroughput: .init(readCapacityUnits: 1, writeCapacityUnits: 1),
                            streamSpecification: .init(streamEnabled: true, streamViewType: .keysOnly)))
                }
                try await call { try await client.describeTable(.init(tableName: "table")) }
                try await call { try await client.deleteTable(.init(tableName: "table")) }
                _ = try await client.listTables(.init(exclusiveStartTableName: "table", limit: 1))
                try await call {
                    try await client.updateTimeToLive(
                        .init(tableName: "table", timeToLiveSpecification: .init(attributeName: "e", enabled: true)))
                }
            })
    }

    @Test("SQS")
    func sqs() async throws {
        try check(
            "sqs",
            try await requests { transport in
                let client = SQSClient(transport: transport)
                let attributes = ["a": SQS.MessageAttributeValue(dataType: "String", stringValue: "s", binaryValue: Data([1]))]
                try await call {
                    try await client.sendMessage(
                        .init(
                            queueURL: "q", messageBody: "b", delaySeconds: 1, messageAttributes: attributes,
                            messageDeduplicationID: "d", messageGroupID: "g"))
                }
                _ = try await client.sendMessageBatch(
                    .init(
                        queueURL: "q",
                        entries: [
                            .init(
                                id: "1", messageBody: "b", delaySeconds: 1, messageAttributes: attributes,
                                messageDeduplicationID: "d", messageGroupID: "g")
                        ]))
                _ = try await client.receiveMessage(
                    .init(
                        queueURL: "q", maxNumberOfMessages: 1, visibilityTimeout: 1, waitTimeSeconds: 1,
                        messageSystemAttributeNames: ["All"], messageAttributeNames: ["All"]))
                try await client.deleteMessage(.init(queueURL: "q", receiptHandle: "r"))
                try await client.changeMessageVisibility(.init(queueURL: "q", receiptHandle: "r", visibilityTimeout: 1))
                try await call { try await client.getQueueUrl(.init(queueName: "n", queueOwnerAccountID: "1")) }
                _ = try await client.getQueueAttributes(.init(queueURL: "q", attributeNames: ["All"]))
            })
    }

    @Test("SES v2 and Secrets Manager")
    func sesAndSecrets() async throws {
        let text = SES.Content(data: "t")
        let emails = try await requests { transport in
            let message = SES.Message(
                subject: text, body: .init(text: text, html: text), headers: [.init(name: "X-A", value: "b")])
            for content in [SES.EmailContent.simple(message), .raw(Data([1]))] {
                try await call {
                    try await SESClient(transport: transport).sendEmail(
                        .init(
                            fromEmailAddress: "a",
                            destination: .init(toAddresses: ["b"], ccAddresses: ["c"], bccAddresses: ["d"]),
                            replyToAddresses: ["e"], content: content, emailTags: [.init(name: "k", value: "v")],
                            configurationSetName: "s"))
                }
            }
        }
        try check("sesv2", emails, operation: "SendEmail")
        try check(
            "secretsmanager",
            try await requests { transport in
                try await call {
                    try await SecretsManagerClient(transport: transport).getSecretValue(
                        secretId: "s", versionId: String(repeating: "v", count: 32), versionStage: "AWSCURRENT")
                }
            })
    }

    @Test("Parameter Store and AppConfig")
    func configuration() async throws {
        try check(
            "ssm",
            try await requests { transport in
                let client = SSMClient(transport: transport)
                try await call { try await client.getParameter(.init(name: "n", withDecryption: true)) }
                _ = try await client.getParametersByPath(
                    .init(path: "/n", recursive: true, withDecryption: true, maxResults: 10, nextToken: "t"))
            })
        try check(
            "appconfigdata",
            try await requests { transport in
                try await call {
                    try await AppConfigDataClient(transport: transport).startConfigurationSession(
                        .init(
                            applicationIdentifier: "a", environmentIdentifier: "e", configurationProfileIdentifier: "p",
                            requiredMinimumPollIntervalInSeconds: 15))
                }
            }, operation: "StartConfigurationSession")
    }
}
