import LambdaEvents

let batchKinds: [SampleKind] = [
    SampleKind(
        SQSEvent.self, .sqs,
        required: ["Records"]
            + under(
                "Records/*", "attributes", "awsRegion", "body", "eventSource", "eventSourceARN", "md5OfBody", "messageAttributes",
                "messageId", "receiptHandle")
            + under("Records/*/messageAttributes/*", "dataType"),
        samples: [
            "go--sqs-event", "powertools--s3SqsEvent", "powertools--snsSqsEvent", "powertools--snsSqsFifoEvent",
            "powertools--sqsDlqTriggerEvent", "powertools--sqsEvent", "sam--sqs-receive-message",
            "swift--SQS-eventBodyWithJSON", "swift--SQS-eventBodyWithMultipleRecords", "swift--SQS-eventBodyWithSnakeCase",
        ]),
    SampleKind(
        SNSEvent.self, .sns,
        required: ["Records"]
            + under("Records/*", "EventSource", "EventSubscriptionArn", "EventVersion", "Sns")
            + under("Records/*/Sns", "Message", "MessageId", "Timestamp", "TopicArn", "Type")
            + under("Records/*/Sns/MessageAttributes/*", "Type", "Value"), formed: ["Records/*/Sns/Timestamp"],
        samples: ["go--sns-event", "powertools--snsEvent", "sam--sns-notification", "swift--SNS-eventBody"]),
    SampleKind(
        SNSMessage.self,
        required: ["Message", "MessageId", "Timestamp", "TopicArn", "Type"], formed: ["Timestamp"],
        samples: ["powertools--snsSqsEvent#Records/0/body", "powertools--snsSqsFifoEvent#Records/0/body"]),
    SampleKind(
        SESEvent.self, .ses,
        required: ["Records"]
            + under("Records/*", "eventSource", "eventVersion", "ses")
            + under("Records/*/ses", "mail", "receipt")
            + under(
                "Records/*/ses/mail", "commonHeaders", "destination", "headers", "headersTruncated", "messageId", "source",
                "timestamp")
            + under(
                "Records/*/ses/receipt", "action", "dkimVerdict", "processingTimeMillis", "recipients", "spamVerdict",
                "spfVerdict", "timestamp", "virusVerdict")
            + under("Records/*/ses/receipt/action", "type")
            + under("Records/*/ses/receipt/dkimVerdict", "status")
            + under("Records/*/ses/receipt/dmarcVerdict", "status")
            + under("Records/*/ses/receipt/spamVerdict", "status")
            + under("Records/*/ses/receipt/spfVerdict", "status")
            + under("Records/*/ses/receipt/virusVerdict", "status")
            + under("Records/*/ses/mail/headers/*", "name", "value"),
        formed: ["Records/*/ses/mail/timestamp", "Records/*/ses/receipt/timestamp"],
        samples: [
            "go--ses-lambda-event", "go--ses-s3-event", "go--ses-sns-event", "powertools--sesEvent",
            "sam--ses-email-receiving", "swift--SES-eventBody",
        ]),
    SampleKind(
        S3Event.self, .s3,
        required: ["Records"]
            + under(
                "Records/*", "awsRegion", "eventName", "eventSource", "eventTime", "eventVersion", "requestParameters",
                "responseElements", "s3", "userIdentity")
            + under("Records/*/requestParameters", "sourceIPAddress")
            + under("Records/*/s3", "bucket", "configurationId", "object", "s3SchemaVersion")
            + under("Records/*/userIdentity", "principalId")
            + under("Records/*/s3/bucket", "arn", "name", "ownerIdentity")
            + under("Records/*/s3/object", "key")
            + under("Records/*/s3/bucket/ownerIdentity", "principalId"), formed: ["Records/*/eventTime"],
        exceptions: [
            SampleException(
                "go--s3-event-with-decoded", at: ["Records/0/s3/object/urlDecodedKey"],
                because: "what aws-lambda-go adds when it encodes its own type; `decodedKey` works it out")
        ],
        samples: [
            "go--s3-event", "go--s3-event-with-decoded", "powertools--s3EventDeleteObject", "sam--s3-delete", "sam--s3-put",
            "swift--S3-eventBodyObjectCreated", "swift--S3-eventBodyObjectRemoved", "powertools--s3SqsEvent#Records/0/body",
        ]),
    SampleKind(
        S3BatchEvent.self, .s3Batch,
        required: ["invocationId", "invocationSchemaVersion", "job", "tasks"]
            + under("job", "id")
            + under("tasks/*", "s3Key", "taskId"), samples: ["sam--s3-batch-invocation"]),
    SampleKind(
        DynamoDBStreamEvent.self, .dynamoDBStream,
        required: ["Records"]
            + under("window", "end", "start")
            + under("Records/*", "awsRegion", "dynamodb", "eventID", "eventName", "eventSource", "eventSourceARN", "eventVersion")
            + under("Records/*/dynamodb", "Keys", "SequenceNumber", "SizeBytes", "StreamViewType")
            + under("Records/*/userIdentity", "principalId", "type"), formed: ["window/end", "window/start"],
        samples: [
            "go--dynamodb-event", "go--dynamodb-time-window-event", "powertools--dynamoStreamEvent", "sam--dynamodb-update",
            "swift--DynamoDB-streamEventBody",
        ]),
    SampleKind(
        DynamoDBKinesisRecord.self,
        required: ["awsRegion", "dynamodb", "eventID", "eventName", "eventSource", "recordFormat", "tableName"]
            + under("dynamodb", "Keys", "SizeBytes"), samples: ["rust--dynamodb-event-record-with-optional-fields"]),
]
