internal import Foundation
internal import QueueEngine

extension SQSService {
    func getQueueURL(_ request: ServiceRequest) throws(QueueError) -> SQSShapes.URLOutput {
        let input: SQSShapes.GetURLInput = try read(request)
        guard engine.configuration(of: input.QueueName) != nil,
            input.QueueOwnerAWSAccountId ?? context.accountID == context.accountID
        else { throw .queueDoesNotExist }
        return SQSShapes.URLOutput(QueueUrl: url(of: input.QueueName, request))
    }

    /// Without MaxResults up to 1,000 queues are answered and there is no next page.
    func listQueues(_ request: ServiceRequest) throws(QueueError) -> SQSShapes.ListOutput {
        let input: SQSShapes.ListInput = try read(request)
        let limit = input.MaxResults ?? 1000
        guard (1...1000).contains(limit) else { throw .invalidParameter("MaxResults", limit, in: 1...1000) }
        var names = engine.queueNames.filter { $0.hasPrefix(input.QueueNamePrefix ?? "") }
        if let token = input.NextToken { names.removeAll { $0 <= token } }
        let page = names.prefix(limit)
        return SQSShapes.ListOutput(
            QueueUrls: page.isEmpty ? nil : page.map { url(of: $0, request) },
            NextToken: input.MaxResults != nil && names.count > limit ? page.last : nil)
    }

    func purge(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.QueueInput = try read(request)
        engine.purge(try queue(input.QueueUrl)) { result in
            completion(Self.reply(result) { EmptyObject() })
        }
    }

    func getQueueAttributes(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.GetAttributesInput = try read(request)
        let names = input.AttributeNames ?? []
        for name in names where name != "All" && !Self.attributeNames.contains(name) {
            throw QueueError(type: "InvalidAttributeName", message: "Unknown Attribute \(name).")
        }
        engine.status(of: try queue(input.QueueUrl)) { result in
            completion(
                Self.reply(result) { status in
                    let all = attributes(status)
                    return SQSShapes.AttributesOutput(
                        Attributes: names.contains("All") ? all : all.filter { names.contains($0.key) })
                })
        }
    }

    private static let attributeNames: Set<String> = [
        "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible",
        "CreatedTimestamp", "DelaySeconds", "LastModifiedTimestamp", "MaximumMessageSize", "MessageRetentionPeriod", "QueueArn",
        "ReceiveMessageWaitTimeSeconds", "RedrivePolicy", "VisibilityTimeout",
    ]

    private func attributes(_ status: QueueStatus) -> [String: String] {
        let queue = status.configuration
        var attributes = [
            "ApproximateNumberOfMessages": String(status.visible),
            "ApproximateNumberOfMessagesDelayed": String(status.delayed),
            "ApproximateNumberOfMessagesNotVisible": String(status.inFlight),
            "CreatedTimestamp": String(status.createdSeconds), "DelaySeconds": String(queue.delaySeconds),
            "LastModifiedTimestamp": String(status.modifiedSeconds),
            "MaximumMessageSize": String(queue.maximumMessageSizeBytes),
            "MessageRetentionPeriod": String(queue.messageRetentionSeconds), "QueueArn": queue.arn,
            "ReceiveMessageWaitTimeSeconds": String(queue.receiveWaitTimeSeconds),
            "VisibilityTimeout": String(queue.visibilityTimeoutSeconds),
        ]
        if let redrive = queue.redrive {
            let target = engine.configuration(of: redrive.deadLetterQueueName)?.arn ?? ""
            attributes["RedrivePolicy"] = "{\"deadLetterTargetArn\":\"\(target)\",\"maxReceiveCount\":\(redrive.maxReceiveCount)}"
        }
        return attributes
    }

    /// Making a queue again with the same attributes answers its URL (Amazon SQS API Reference, "CreateQueue").
    func createQueue(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.CreateInput = try read(request)
        guard Self.isName(input.QueueName) else {
            throw .invalidParameter(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length")
        }
        let arn = "arn:aws:sqs:\(context.region):\(context.accountID):\(input.QueueName)"
        let wanted = try configuration(QueueConfiguration(name: input.QueueName, arn: arn), input.Attributes ?? [:])
        let answer = SQSShapes.URLOutput(QueueUrl: url(of: input.QueueName, request))
        if let known = engine.configuration(of: input.QueueName) {
            guard try configuration(known, input.Attributes ?? [:]) == known else {
                throw QueueError(
                    type: "QueueNameExists", code: "QueueAlreadyExists",
                    message: "A queue already exists with the same name and a different value for an attribute.")
            }
            return completion(Self.reply(answer))
        }
        engine.ensure([wanted]) { result in
            completion(Self.reply(result) { answer })
        }
    }

    private static func isName(_ name: String) -> Bool {
        (1...80).contains(name.utf8.count)
            && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }

    private func configuration(
        _ queue: QueueConfiguration, _ attributes: [String: String]
    ) throws(QueueError) -> QueueConfiguration {
        var queue = queue
        for (name, value) in attributes.sorted(by: { $0.key < $1.key }) {
            switch name {
            case "DelaySeconds": queue.delaySeconds = try number(name, value, in: 0...900)
            case "MaximumMessageSize": queue.maximumMessageSizeBytes = try number(name, value, in: 1024...1_048_576)
            case "MessageRetentionPeriod": queue.messageRetentionSeconds = try number(name, value, in: 60...1_209_600)
            case "ReceiveMessageWaitTimeSeconds": queue.receiveWaitTimeSeconds = try number(name, value, in: 0...20)
            case "VisibilityTimeout": queue.visibilityTimeoutSeconds = try number(name, value, in: 0...43_200)
            case "RedrivePolicy": queue.redrive = try redrive(value)
            default:
                throw QueueError(type: "InvalidAttributeName", message: "The attribute \(name) is not supported by the emulator.")
            }
        }
        return queue
    }

    private func number(_ name: String, _ value: String, in range: ClosedRange<Int>) throws(QueueError) -> Int {
        guard let number = Int(value), range.contains(number) else {
            throw QueueError(type: "InvalidAttributeValue", message: "Invalid value for the parameter \(name).")
        }
        return number
    }

    private func redrive(_ text: String) throws(QueueError) -> QueueConfiguration.Redrive {
        struct Policy: Decodable {
            var deadLetterTargetArn: String
            var maxReceiveCount: RedriveCount
        }
        guard let policy = try? JSONDecoder().decode(Policy.self, from: Data(text.utf8)),
            let name = policy.deadLetterTargetArn.split(separator: ":").last.map(String.init),
            engine.configuration(of: name)?.arn == policy.deadLetterTargetArn, (1...1000).contains(policy.maxReceiveCount.value)
        else {
            throw QueueError(
                type: "InvalidAttributeValue",
                message: "Value \(text) for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist or the "
                    + "maxReceiveCount is not from 1 to 1000.")
        }
        return QueueConfiguration.Redrive(deadLetterQueueName: name, maxReceiveCount: policy.maxReceiveCount.value)
    }
}

/// Clients write `maxReceiveCount` as a number or as a text.
private struct RedriveCount: Decodable {
    var value: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            value = Int(text) ?? 0
        } else {
            value = try container.decode(Int.self)
        }
    }
}
