import LambdaEvents

/// The kinds, and the fields, that the sample collection lacks, over ``documentedEvents``.
let documentedKinds: [SampleKind] = [
    SampleKind(
        KinesisStreamEvent.self, .kinesisStream,
        required: ["Records"]
            + under("window", "end", "start")
            + under(
                "Records/*", "awsRegion", "eventID", "eventName", "eventSource", "eventSourceARN", "eventVersion",
                "invokeIdentityArn", "kinesis")
            + under(
                "Records/*/kinesis", "approximateArrivalTimestamp", "data", "kinesisSchemaVersion", "partitionKey",
                "sequenceNumber"), formed: ["Records/*/kinesis/data", "window/end", "window/start"],
        samples: ["kinesis", "kinesisWindow"]),
    SampleKind(
        FirehoseTransformationEvent.self, .firehoseTransformation,
        required: ["deliveryStreamArn", "invocationId", "records", "region"]
            + under("records/*", "approximateArrivalTimestamp", "recordId")
            + under("records/*/kinesisRecordMetadata", "approximateArrivalTimestamp", "partitionKey", "sequenceNumber", "shardId"),
        formed: ["records/*/data", "records/*/kafkaRecordValue"],
        samples: ["firehose", "firehoseMSK"]),
    SampleKind(
        FirehoseTransformationResponse.self,
        required: ["records"]
            + under("records/*", "recordId", "result")
            + under("records/*/metadata", "partitionKeys"), formed: ["records/*/data"],
        samples: ["firehoseAnswer"]),
    SampleKind(
        S3ObjectLambdaEvent.self, .s3ObjectLambda,
        required: ["configuration", "protocolVersion", "userIdentity", "userRequest", "xAmzRequestId"]
            + under("configuration", "accessPointArn", "supportingAccessPointArn")
            + under("getObjectContext", "inputS3Url", "outputRoute", "outputToken")
            + under("userIdentity", "principalId", "type")
            + under("userRequest", "headers", "url"),
        samples: ["objectLambda"]),
    SampleKind(
        S3BatchEvent.self, .s3Batch,
        required: ["invocationId", "invocationSchemaVersion", "job", "tasks"]
            + under("job", "id")
            + under("tasks/*", "s3Key", "taskId"),
        samples: ["batchVersion2"]),
    SampleKind(
        S3BatchResponse.self,
        required: ["invocationId", "invocationSchemaVersion", "results", "treatMissingKeysAs"]
            + under("results/*", "resultCode", "resultString", "taskId"),
        samples: ["batchAnswer"]),
    SampleKind(
        S3Event.self, .s3,
        required: ["Records"]
            + under(
                "Records/*", "awsRegion", "eventName", "eventSource", "eventTime", "eventVersion", "requestParameters",
                "responseElements", "s3", "userIdentity")
            + under("Records/*/glacierEventData", "restoreEventData")
            + under("Records/*/intelligentTieringEventData", "destinationAccessTier")
            + under("Records/*/lifecycleEventData", "transitionEventData")
            + under("Records/*/replicationEventData", "destinationBucket", "replicationRuleId", "requestTime", "s3Operation")
            + under("Records/*/requestParameters", "sourceIPAddress")
            + under("Records/*/s3", "bucket", "configurationId", "object", "s3SchemaVersion")
            + under("Records/*/userIdentity", "principalId")
            + under(
                "Records/*/glacierEventData/restoreEventData", "lifecycleRestorationExpiryTime", "lifecycleRestoreStorageClass")
            + under("Records/*/lifecycleEventData/transitionEventData", "destinationStorageClass")
            + under("Records/*/s3/bucket", "arn", "name", "ownerIdentity")
            + under("Records/*/s3/object", "key")
            + under("Records/*/s3/bucket/ownerIdentity", "principalId"),
        formed: [
            "Records/*/eventTime", "Records/*/glacierEventData/restoreEventData/lifecycleRestorationExpiryTime",
            "Records/*/replicationEventData/requestTime",
        ],
        samples: ["s3Extras"]),
    SampleKind(
        EventBridgeEvent<S3EventDetail>.self, .eventBridge,
        required: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time"]
            + under("detail", "bucket", "object", "request-id", "requester", "version")
            + under("detail/bucket", "name")
            + under("detail/object", "key"), formed: ["time"],
        samples: ["s3Deleted"]),
    SampleKind(
        SESNotification.self,
        required: ["mail", "notificationType", "receipt"]
            + under("mail", "commonHeaders", "destination", "headers", "headersTruncated", "messageId", "source", "timestamp")
            + under(
                "receipt", "action", "dkimVerdict", "processingTimeMillis", "recipients", "spamVerdict", "spfVerdict",
                "timestamp", "virusVerdict")
            + under("receipt/action", "type")
            + under("receipt/dkimVerdict", "status")
            + under("receipt/dmarcVerdict", "status")
            + under("receipt/spamVerdict", "status")
            + under("receipt/spfVerdict", "status")
            + under("receipt/virusVerdict", "status")
            + under("mail/headers/*", "name", "value"), formed: ["mail/timestamp", "receipt/timestamp"],
        samples: ["sesNotification"]),
    SampleKind(
        SESDisposition.self,
        required: ["disposition"],
        samples: ["sesAnswer"]),
    SampleKind(
        CloudWatchLogsMessage.self,
        required: ["logEvents", "logGroup", "logStream", "messageType", "owner", "subscriptionFilters"]
            + under("logEvents/*", "id", "message", "timestamp"),
        samples: ["logs"]),
    SampleKind(
        InvocationRecord.self, .invocationRecord,
        required: ["requestContext", "requestPayload", "timestamp", "version"]
            + under("requestContext", "approximateInvokeCount", "condition", "functionArn", "requestId")
            + under("responseContext", "executedVersion", "statusCode"), formed: ["timestamp"],
        samples: ["invocationFailure"]),
    SampleKind(
        StreamFailureRecord.self, .streamFailureRecord,
        required: ["requestContext", "timestamp", "version"]
            + under(
                "DDBStreamBatchInfo", "approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord", "batchSize",
                "endSequenceNumber", "shardId", "startSequenceNumber", "streamArn")
            + under(
                "KinesisBatchInfo", "approximateArrivalOfFirstRecord", "approximateArrivalOfLastRecord", "batchSize",
                "endSequenceNumber", "shardId", "startSequenceNumber", "streamArn")
            + under("requestContext", "approximateInvokeCount", "condition", "functionArn", "requestId")
            + under("responseContext", "executedVersion", "statusCode"),
        formed: [
            "DDBStreamBatchInfo/approximateArrivalOfFirstRecord", "DDBStreamBatchInfo/approximateArrivalOfLastRecord",
            "KinesisBatchInfo/approximateArrivalOfFirstRecord", "KinesisBatchInfo/approximateArrivalOfLastRecord", "timestamp",
        ],
        samples: ["streamFailure", "kinesisFailure"]),
    SampleKind(
        TimeWindowResponse.self,
        required: ["batchItemFailures", "state"]
            + under("batchItemFailures/*", "itemIdentifier"),
        samples: ["windowAnswer"]),
    SampleKind(
        LoadBalancerResponse.self,
        required: ["statusCode"],
        samples: ["loadBalancerAnswer"]),
    SampleKind(
        DynamoDBKinesisRecord.self,
        required: ["awsRegion", "dynamodb", "eventID", "eventName", "eventSource", "recordFormat", "tableName"]
            + under("dynamodb", "Keys", "SizeBytes")
            + under("userIdentity", "principalId", "type"),
        samples: ["tableChange"]),
    SampleKind(
        CognitoInboundFederationEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "attributes", "providerName", "providerType"),
        samples: ["federation"]),
    SampleKind(
        CognitoCustomSMSSenderEvent.self, .cognitoUserPool,
        required: cognitoFields
            + under("request", "type", "userAttributes"),
        samples: ["smsSender"]),
    SampleKind(
        ScheduledEvent.self, .schedule,
        required: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time"], formed: ["time"],
        samples: ["scheduler"]),
    SampleKind(
        RESTAPIRequest.self, .restAPI,
        required: ["httpMethod", "path", "requestContext", "resource"]
            + under(
                "requestContext", "accountId", "apiId", "httpMethod", "identity", "path", "requestId", "resourcePath", "stage")
            + under("requestContext/identity", "sourceIp"),
        samples: ["restPrivate"]),
]
