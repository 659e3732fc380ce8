import LambdaEvents

let busKinds: [SampleKind] = [
    SampleKind(
        EventBridgeEvent<JSONValue>.self, .eventBridge,
        required: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time"], formed: ["time"],
        samples: ["powertools--eventBridgeEvent", "rust--eventbridge-event-obj"]),
    SampleKind(
        EventBridgeEvent<S3EventDetail>.self, .eventBridge,
        required: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time"]
            + under("detail", "bucket", "object", "request-id", "requester", "version")
            + under("detail/bucket", "name")
            + under("detail/object", "key"), formed: ["time"],
        samples: ["powertools--s3EventBridgeNotificationObjectCreatedEvent"]),
    SampleKind(
        ScheduledEvent.self, .schedule,
        required: ["account", "detail", "detail-type", "id", "region", "resources", "source", "time"], formed: ["time"],
        samples: ["rust--eventbridge-schedule", "sam--cloudwatch-scheduled-event"]),
    SampleKind(
        CloudWatchLogsEvent.self, .cloudWatchLogs,
        required: ["awslogs"]
            + under("awslogs", "data"), formed: ["awslogs/data"],
        samples: ["go--cloudwatch-logs-event", "powertools--cloudWatchLogEvent", "sam--cloudwatch-logs"]),
    SampleKind(
        SecretRotationEvent.self, .secretRotation,
        required: ["ClientRequestToken", "SecretId", "Step"],
        samples: ["go--secretsmanager-secret-rotation-event", "powertools--secretsManagerEvent"]),
]
