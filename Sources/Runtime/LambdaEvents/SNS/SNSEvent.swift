/// A topic's message. There is one record in an event. The function's answer is not read.
///
/// Source: AWS Lambda Developer Guide, "Invoking Lambda functions with Amazon SNS notifications",
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
public struct SNSEvent: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    public struct Record: Sendable, Equatable, Codable {
        public var sns: SNSMessage
        /// `1.0`.
        public var eventVersion: String
        /// `aws:sns`.
        public var eventSource: String
        public var eventSubscriptionArn: String

        public init(
            sns: SNSMessage, eventVersion: String = "1.0", eventSource: String = "aws:sns", eventSubscriptionArn: String
        ) {
            self.sns = sns
            self.eventVersion = eventVersion
            self.eventSource = eventSource
            self.eventSubscriptionArn = eventSubscriptionArn
        }

        private enum CodingKeys: String, CodingKey {
            case sns = "Sns"
            case eventVersion = "EventVersion"
            case eventSource = "EventSource"
            case eventSubscriptionArn = "EventSubscriptionArn"
        }
    }
}
