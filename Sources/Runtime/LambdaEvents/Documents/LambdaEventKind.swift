/// Which service sent an event, as far as its document tells.
///
/// For a function with several event sources. ``RawEvent`` finds it out; so can the `Decodable` initializer of an enum of yours:
/// `switch LambdaEventKind(of: decoder)`. The types of each kind are in docs/events.md.
public enum LambdaEventKind: String, Sendable, CaseIterable {
    case httpAPI, restAPI, functionURL, loadBalancer, webSocket
    case tokenAuthorizer, restAPIAuthorizer, httpAPIAuthorizer, webSocketAuthorizer
    case sqs, sns, ses, s3, dynamoDBStream, kinesisStream, firehoseTransformation
    case eventBridge, schedule, cloudWatchLogs, secretRotation
    case s3Batch, s3ObjectLambda
    case cognitoUserPool, cognitoSync
    case invocationRecord, streamFailureRecord

    /// The kind of the document that the decoder stands at, found by the fields that only it has; nil if it is none of them.
    ///
    /// Only these fields are looked at, so that it is cheap for an event of any size.
    public init?(of decoder: any Decoder) {
        guard let document = try? decoder.container(keyedBy: Field.self),  // A failure means: no object, so no event.
            let kind = Self.byRecords(document) ?? Self.byRequestContext(document) ?? Self.byFields(document)
        else { return nil }
        self = kind
    }
}

extension LambdaEventKind {
    private enum Field: String, CodingKey {
        case records = "Records"
        case eventSource
        case capitalEventSource = "EventSource"
        case requestContext
        case elb, connectionId, http, domainName
        case routeArn, methodArn, httpMethod, authorizationToken
        case requestPayload
        case kinesisBatchInfo = "KinesisBatchInfo"
        case dynamoDBBatchInfo = "DDBStreamBatchInfo"
        case detailType = "detail-type"
        case source, awslogs
        case step = "Step"
        case secretId = "SecretId"
        case triggerSource, userPoolId, datasetRecords, identityPoolId
        case invocationSchemaVersion, tasks
        case xAmzRequestId, userRequest
        case deliveryStreamArn, lowercaseRecords = "records"
    }

    private typealias Fields = KeyedDecodingContainer<Field>

    /// Batches name their source in each record.
    private static func byRecords(_ document: Fields) -> LambdaEventKind? {
        guard var records = try? document.nestedUnkeyedContainer(forKey: .records),  // Not there, or no list.
            let record = try? records.nestedContainer(keyedBy: Field.self)  // Empty, or no object.
        else { return nil }
        return switch text(.eventSource, in: record) ?? text(.capitalEventSource, in: record) {
        case "aws:sqs": .sqs
        case "aws:sns": .sns
        case "aws:ses": .ses
        case "aws:s3": .s3
        case "aws:dynamodb": .dynamoDBStream
        case "aws:kinesis": .kinesisStream
        default: nil
        }
    }

    private static func byRequestContext(_ document: Fields) -> LambdaEventKind? {
        guard let context = try? document.nestedContainer(keyedBy: Field.self, forKey: .requestContext) else {
            return nil  // Not there, or no object.
        }
        if context.contains(.elb) { return .loadBalancer }
        if context.contains(.connectionId) { return document.contains(.methodArn) ? .webSocketAuthorizer : .webSocket }
        if document.contains(.routeArn) { return .httpAPIAuthorizer }
        if document.contains(.methodArn) { return .restAPIAuthorizer }
        if context.contains(.http) {
            // The two have one shape; a function URL's host is Lambda's (a custom domain cannot be had without a gateway).
            return text(.domainName, in: context)?.contains(".lambda-url.") == true ? .functionURL : .httpAPI
        }
        if document.contains(.httpMethod) { return .restAPI }
        if document.contains(.kinesisBatchInfo) || document.contains(.dynamoDBBatchInfo) { return .streamFailureRecord }
        return document.contains(.requestPayload) ? .invocationRecord : nil
    }

    private static func byFields(_ document: Fields) -> LambdaEventKind? {
        func has(_ fields: Field...) -> Bool { fields.allSatisfy(document.contains) }
        if has(.methodArn, .authorizationToken) { return .tokenAuthorizer }
        if has(.detailType, .source) {
            let scheduler = ["aws.events", "aws.scheduler"].contains(text(.source, in: document))
            return scheduler && text(.detailType, in: document) == "Scheduled Event" ? .schedule : .eventBridge
        }
        if has(.awslogs) { return .cloudWatchLogs }
        if has(.step, .secretId) { return .secretRotation }
        if has(.triggerSource, .userPoolId) { return .cognitoUserPool }
        if has(.datasetRecords, .identityPoolId) { return .cognitoSync }
        if has(.invocationSchemaVersion, .tasks) { return .s3Batch }
        if has(.xAmzRequestId, .userRequest) { return .s3ObjectLambda }
        return has(.deliveryStreamArn, .lowercaseRecords) ? .firehoseTransformation : nil
    }

    private static func text(_ field: Field, in fields: Fields) -> String? {
        try? fields.decodeIfPresent(String.self, forKey: field)  // Of another type: no text.
    }
}
