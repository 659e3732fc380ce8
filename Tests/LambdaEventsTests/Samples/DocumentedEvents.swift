/// Documents of the kinds that the sample collection lacks, in the forms that AWS documents; the page stands at each.
let documentedEvents: [String: String] = [
    // https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
    "kinesis": #"""
    {"Records": [{"kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "order-17",
      "sequenceNumber": "49590338271490256608559692538361571095921575989136588898", "data": "eyJ0b3RhbCI6MTJ9",
      "approximateArrivalTimestamp": 1545084650.987, "encryptionType": "NONE"},
      "eventSource": "aws:kinesis", "eventVersion": "1.0",
      "eventID": "shardId-000000000006:49590338271490256608559692538361571095921575989136588898",
      "eventName": "aws:kinesis:record", "invokeIdentityArn": "arn:aws:iam::111122223333:role/reader",
      "awsRegion": "us-east-2", "eventSourceARN": "arn:aws:kinesis:us-east-2:111122223333:stream/orders"}]}
    """#,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
    "kinesisWindow": #"""
    {"Records": [{"kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "1", "sequenceNumber": "4959",
      "data": "SGVsbG8=", "approximateArrivalTimestamp": 1607497475.000}, "eventSource": "aws:kinesis",
      "eventVersion": "1.0", "eventID": "shardId-000000000006:4959", "eventName": "aws:kinesis:record",
      "invokeIdentityArn": "arn:aws:iam::111122223333:role/reader", "awsRegion": "us-east-1",
      "eventSourceARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders"}],
     "window": {"start": "2020-12-09T07:04:00Z", "end": "2020-12-09T07:06:00Z"}, "state": {"sum": 282, "max": {"of": [99]}},
     "shardId": "shardId-000000000006", "eventSourceARN": "arn:aws:kinesis:us-east-1:111122223333:stream/orders",
     "isFinalInvokeForWindow": false, "isWindowTerminatedEarly": false}
    """#,
    // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
    "firehose": #"""
    {"invocationId": "invocation-9", "deliveryStreamArn": "arn:aws:firehose:us-east-1:111122223333:deliverystream/logs",
     "sourceKinesisStreamArn": "arn:aws:kinesis:us-east-1:111122223333:stream/logs", "region": "us-east-1",
     "records": [{"recordId": "r-1", "approximateArrivalTimestamp": 1510772160000, "data": "SGVsbG8=",
       "kinesisRecordMetadata": {"shardId": "shardId-000000000000", "partitionKey": "k", "sequenceNumber": "4954",
         "approximateArrivalTimestamp": 1510772160001, "subsequenceNumber": ""}},
      {"recordId": "r-2", "approximateArrivalTimestamp": 1510772160000, "data": "SGVsbG8=",
       "kinesisRecordMetadata": {"shardId": "shardId-000000000000", "partitionKey": "k", "sequenceNumber": "4955",
         "approximateArrivalTimestamp": 1510772160001, "subsequenceNumber": 7}}]}
    """#,
    "firehoseMSK": #"""
    {"invocationId": "invocation-9", "deliveryStreamArn": "arn:aws:firehose:us-east-1:111122223333:deliverystream/logs",
     "sourceMSKArn": "arn:aws:kafka:us-east-1:111122223333:cluster/orders/1", "region": "us-east-1",
     "records": [{"recordId": "r-1", "approximateArrivalTimestamp": 1510772160000, "kafkaRecordValue": "SGVsbG8=",
       "mskRecordMetadata": {"offset": "0", "partitionId": "1", "approximateArrivalTimestamp": 1510772160001}}]}
    """#,
    // https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html
    "firehoseAnswer": #"""
    {"records": [{"recordId": "r-1", "result": "Ok", "data": "SGVsbG8=", "metadata": {"partitionKeys": {"year": "2026"}}},
     {"recordId": "r-2", "result": "Dropped"}]}
    """#,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-event-context.html
    "objectLambda": #"""
    {"xAmzRequestId": "request-1",
     "getObjectContext": {"inputS3Url": "https://p.s3-accesspoint.us-east-1.amazonaws.com/a?X-Amz-Security-Token=t",
       "outputRoute": "io-use1-001", "outputToken": "token"},
     "configuration": {"accessPointArn": "arn:aws:s3-object-lambda:us-east-1:111122223333:accesspoint/o",
       "supportingAccessPointArn": "arn:aws:s3:us-east-1:111122223333:accesspoint/p", "payload": "{}"},
     "userRequest": {"url": "https://o.s3-object-lambda.us-east-1.amazonaws.com/a", "headers": {"Accept-Encoding": "identity"}},
     "userIdentity": {"type": "AssumedRole", "principalId": "P", "arn": "arn:aws:sts::111122223333:assumed-role/Admin/a",
       "accountId": "111122223333", "accessKeyId": "AKIA", "sessionContext": {
         "attributes": {"mfaAuthenticated": "false", "creationDate": "Wed Mar 10 23:41:52 UTC 2021"},
         "sessionIssuer": {"type": "Role", "principalId": "P", "arn": "arn:aws:iam::111122223333:role/Admin",
           "accountId": "111122223333", "userName": "Admin"}}},
     "protocolVersion": "1.00"}
    """#,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/batch-ops-invoke-lambda.html
    "batchVersion2": #"""
    {"invocationSchemaVersion": "2.0", "invocationId": "aW52b2NhdGlvbg", "job": {"id": "j-1", "userArguments": {"mode": "fast"}},
     "tasks": [{"taskId": "dGFzaw", "s3Key": "a/red+flower.jpg", "s3VersionId": null, "s3Bucket": "pictures"}]}
    """#,
    "batchAnswer": #"""
    {"invocationSchemaVersion": "1.0", "treatMissingKeysAs": "PermanentFailure", "invocationId": "aW52b2NhdGlvbg",
     "results": [{"taskId": "dGFzaw", "resultCode": "Succeeded", "resultString": "[\"Mary\"]"}]}
    """#,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
    "s3Extras": #"""
    {"Records": [{"eventVersion": "2.3", "eventSource": "aws:s3", "awsRegion": "us-west-2",
      "eventTime": "2024-09-05T21:04:32.527Z", "eventName": "Replication:OperationFailedReplication",
      "userIdentity": {"principalId": "s3.amazonaws.com"}, "requestParameters": {"sourceIPAddress": "s3.amazonaws.com"},
      "responseElements": {"x-amz-request-id": "123bf045", "x-amz-id-2": "BuKWm"},
      "s3": {"s3SchemaVersion": "1.0", "configurationId": "c", "bucket": {"name": "b", "ownerIdentity": {"principalId": "P"},
        "arn": "arn:aws:s3:::b"}, "object": {"key": "k", "size": 520080, "eTag": "e", "versionId": "v", "sequencer": "0066DA1E"}},
      "glacierEventData": {"restoreEventData": {"lifecycleRestorationExpiryTime": "2024-09-06T00:00:00.000Z",
        "lifecycleRestoreStorageClass": "GLACIER"}},
      "replicationEventData": {"replicationRuleId": "r", "destinationBucket": "arn:aws:s3:::d", "s3Operation": "OBJECT_PUT",
        "requestTime": "2024-09-05T21:04:30.001Z", "failureReason": "AssumeRoleNotPermitted", "threshold": "15",
        "replicationTime": "20"},
      "intelligentTieringEventData": {"destinationAccessTier": "ARCHIVE_ACCESS"},
      "lifecycleEventData": {"transitionEventData": {"destinationStorageClass": "GLACIER"}}}]}
    """#,
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
    "s3Deleted": #"""
    {"version": "0", "id": "e-1", "detail-type": "Object Deleted", "source": "aws.s3", "account": "111122223333",
     "time": "2021-11-12T00:00:00Z", "region": "ca-central-1", "resources": ["arn:aws:s3:::b"],
     "detail": {"version": "0", "bucket": {"name": "b"}, "object": {"key": "a b", "version-id": "1QW9g1Z99LUNbvaaYVpW9xDlOLU.qxgF",
       "etag": "d41d8cd9", "sequencer": "617f0837"}, "request-id": "0BH729840619AG5K", "requester": "111122223333",
       "source-ip-address": "1.2.3.4", "reason": "DeleteObject", "deletion-type": "Delete Marker Created",
       "restore-expiry-time": "2021-11-13T00:00:00Z", "source-storage-class": "GLACIER",
       "destination-storage-class": "STANDARD_IA", "destination-access-tier": "ARCHIVE_ACCESS"}}
    """#,
    // https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
    "sesNotification": #"""
    {"notificationType": "Received", "content": "Subject: hi\r\n\r\nhello",
     "mail": {"timestamp": "2015-09-11T20:32:33.936Z", "source": "a@example.com", "messageId": "m", "destination": ["b@example.com"],
       "headersTruncated": false, "headers": [{"name": "Subject", "value": "hi"}],
       "commonHeaders": {"returnPath": "a@example.com", "from": ["a@example.com"], "sender": "s@example.com",
         "replyTo": ["r@example.com"], "to": ["b@example.com"], "cc": ["c@example.com"], "bcc": ["d@example.com"],
         "date": "Fri, 11 Sep 2015 20:32:32 +0000", "messageId": "<1@example.com>", "subject": "hi"}},
     "receipt": {"timestamp": "2015-09-11T20:32:33.936Z", "processingTimeMillis": 222, "recipients": ["b@example.com"],
       "spamVerdict": {"status": "PASS"}, "virusVerdict": {"status": "DISABLED"}, "spfVerdict": {"status": "GRAY"},
       "dkimVerdict": {"status": "FAIL"}, "dmarcVerdict": {"status": "FAIL"}, "dmarcPolicy": "quarantine",
       "action": {"type": "Bounce", "topicArn": "arn:aws:sns:us-east-1:111122223333:t", "smtpReplyCode": "550",
         "statusCode": "5.1.1", "message": "no mailbox", "sender": "postmaster@example.com", "encoding": "UTF-8",
         "bucketName": "b", "objectKey": "k", "objectKeyPrefix": "p", "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/k",
         "iamRoleArn": "arn:aws:iam::111122223333:role/r", "functionArn": "arn:aws:lambda:us-east-1:111122223333:function:f",
         "invocationType": "RequestResponse", "organizationArn": "arn:aws:workmail:us-east-1:111122223333:organization/o"}}}
    """#,
    // https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-example-functions.html
    "sesAnswer": #"{"disposition": "STOP_RULE_SET"}"#,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-cloudwatchlogs.html, decompressed
    "logs": #"""
    {"messageType": "DATA_MESSAGE", "owner": "111122223333", "logGroup": "/aws/lambda/f", "logStream": "2026/01/01/[$LATEST]a",
     "subscriptionFilters": ["errors"], "policyLevel": "ACCOUNT_LEVEL_POLICY",
     "logEvents": [{"id": "31953106606966983378809025079804211143289615424298221568", "timestamp": 1432826855000,
       "message": "[ERROR] no", "extractedFields": {"level": "ERROR"}}]}
    """#,
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    "invocationFailure": #"""
    {"version": "1.0", "timestamp": "2019-11-14T18:16:05.568Z",
     "requestContext": {"requestId": "e4b46cbf", "functionArn": "arn:aws:lambda:us-east-2:111122223333:function:f:$LATEST",
       "condition": "RetriesExhausted", "approximateInvokeCount": 3},
     "requestPayload": {"ORDER_IDS": ["9e07af03", 637481623]},
     "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
     "responsePayload": {"errorMessage": "timed out after 3.00 seconds"}}
    """#,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    "streamFailure": #"""
    {"requestContext": {"requestId": "316aa6d0", "functionArn": "arn:aws:lambda:us-west-2:111122223333:function:f",
       "condition": "RetryAttemptsExhausted", "approximateInvokeCount": 1},
     "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
     "version": "1.0", "timestamp": "2019-11-14T00:13:49.717Z", "payload": "{}",
     "DDBStreamBatchInfo": {"shardId": "shardId-00000001573689847184-864758bb", "startSequenceNumber": "800000000003126276362",
       "endSequenceNumber": "800000000003126276363", "approximateArrivalOfFirstRecord": "2019-11-14T00:13:19Z",
       "approximateArrivalOfLastRecord": "2019-11-14T00:13:20Z", "batchSize": 2,
       "streamArn": "arn:aws:dynamodb:us-west-2:111122223333:table/t/stream/2019-11-14T00:04:06.388"}}
    """#,
    // https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html
    "kinesisFailure": #"""
    {"requestContext": {"requestId": "c9b8fa9f", "functionArn": "arn:aws:lambda:us-east-2:111122223333:function:f",
       "condition": "MaximumRecordAgeExceeded", "approximateInvokeCount": 1},
     "responseContext": {"statusCode": 200, "executedVersion": "$LATEST"},
     "version": "1.0", "timestamp": "2019-11-14T00:38:06.021Z",
     "KinesisBatchInfo": {"shardId": "shardId-000000000001", "startSequenceNumber": "4960", "endSequenceNumber": "4961",
       "approximateArrivalOfFirstRecord": "2019-11-14T00:38:04.835Z",
       "approximateArrivalOfLastRecord": "2019-11-14T00:38:05.580Z", "batchSize": 500,
       "streamArn": "arn:aws:kinesis:us-east-2:111122223333:stream/s"}}
    """#,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
    "windowAnswer": #"{"state": {"1": 282, "2": 715}, "batchItemFailures": [{"itemIdentifier": "4960"}]}"#,
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
    "loadBalancerAnswer": #"""
    {"isBase64Encoded": false, "statusCode": 200, "statusDescription": "200 OK", "headers": {"Content-Type": "application/json"},
     "multiValueHeaders": {"Set-cookie": ["a=b", "c=d"]}, "body": "{}"}
    """#,
    // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/kds_gettingstarted.html
    "tableChange": #"""
    {"awsRegion": "us-west-2", "eventID": "bd5d8d4c", "eventName": "MODIFY", "userIdentity": {"type": "Service",
       "principalId": "dynamodb.amazonaws.com"}, "recordFormat": "application/json", "tableName": "Music",
     "dynamodb": {"ApproximateCreationDateTime": 1700000000123456, "ApproximateCreationDateTimePrecision": "MICROSECOND",
       "Keys": {"id": {"S": "1"}}, "NewImage": {"id": {"S": "1"}}, "OldImage": {"id": {"S": "1"}}, "SizeBytes": 59},
     "eventSource": "aws:dynamodb"}
    """#,
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-inbound-federation.html
    "federation": #"""
    {"version": "1", "triggerSource": "InboundFederation_ExternalProvider", "region": "us-east-1", "userPoolId": "us-east-1_E",
     "userName": "u", "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "c"},
     "request": {"providerName": "idp", "providerType": "OIDC", "attributes": {"tokenResponse": {"token_type": "Bearer"},
       "idToken": {"sub": "1", "email_verified": true}, "userInfo": {"age": 40}, "samlResponse": {"mail": "a@example.com"}}},
     "response": {"userAttributesToMap": {"email": "a@example.com"}}}
    """#,
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-sms-sender.html
    "smsSender": #"""
    {"version": "1", "triggerSource": "CustomSMSSender_SignUp", "region": "us-east-1", "userPoolId": "us-east-1_E",
     "userName": "u", "callerContext": {"awsSdkVersion": "aws-sdk-unknown-unknown", "clientId": "c"},
     "request": {"type": "customSMSSenderRequestV1", "code": "AYADeDDG", "clientMetadata": {"a": "b"},
       "userAttributes": {"sub": "1", "phone_number_verified": "true"}}}
    """#,
    // https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-rule-schedule.html; the Scheduler's detail is text
    "scheduler": #"""
    {"version": "0", "id": "e-1", "detail-type": "Scheduled Event", "source": "aws.scheduler", "account": "111122223333",
     "time": "2026-01-01T05:00:00Z", "region": "eu-west-1",
     "resources": ["arn:aws:scheduler:eu-west-1:111122223333:schedule/default/nightly"], "detail": "{}"}
    """#,
    // A private API's caller, and what newer events have: https://docs.aws.amazon.com/apigateway/latest/developerguide/
    "restPrivate": #"""
    {"resource": "/a", "path": "/a", "httpMethod": "GET", "headers": null, "multiValueHeaders": null,
     "queryStringParameters": null, "multiValueQueryStringParameters": null, "pathParameters": null, "stageVariables": null,
     "requestContext": {"accountId": "1", "apiId": "a", "deploymentId": "d1", "httpMethod": "GET", "path": "/s/a",
       "requestId": "r", "resourcePath": "/a", "stage": "s", "identity": {"sourceIp": "10.0.0.1", "vpcId": "vpc-1",
         "vpceId": "vpce-1", "principalOrgId": "o-1", "cognitoAmr": ["unauthenticated"]}}, "body": null, "isBase64Encoded": false}
    """#,
]
