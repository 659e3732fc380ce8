/// A mail that Amazon SES received, sent to a function by a receipt rule's Lambda action.
///
/// The mail's text is not in it; an S3 action before the Lambda action keeps it. Called synchronously, the function answers a
/// ``SESDisposition``. Source: Amazon SES Developer Guide, "Invoke AWS Lambda function action",
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-event.html
public struct SESEvent: Sendable, Equatable, Codable {
    public var records: [Record]

    public init(records: [Record]) {
        self.records = records
    }

    private enum CodingKeys: String, CodingKey {
        case records = "Records"
    }

    public struct Record: Sendable, Equatable, Codable {
        /// `aws:ses`.
        public var eventSource: String
        /// `1.0`.
        public var eventVersion: String
        public var ses: Content

        public init(eventSource: String = "aws:ses", eventVersion: String = "1.0", ses: Content) {
            self.eventSource = eventSource
            self.eventVersion = eventVersion
            self.ses = ses
        }
    }

    public struct Content: Sendable, Equatable, Codable {
        public var mail: SESMail
        public var receipt: SESReceipt

        public init(mail: SESMail, receipt: SESReceipt) {
            self.mail = mail
            self.receipt = receipt
        }
    }
}

/// What a function that is called synchronously tells the rule set to do next.
///
/// Source: Amazon SES Developer Guide, "Lambda function examples",
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-action-lambda-example-functions.html
public struct SESDisposition: Sendable, Equatable, Codable {
    public var disposition: Disposition

    public init(disposition: Disposition) {
        self.disposition = disposition
    }

    public struct Disposition: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let proceed = Disposition(rawValue: "CONTINUE")
        public static let stopRule = Disposition(rawValue: "STOP_RULE")
        public static let stopRuleSet = Disposition(rawValue: "STOP_RULE_SET")
    }
}

/// What an SNS action of a receipt rule publishes, in the message of an ``SNSEvent``.
///
/// Source: Amazon SES Developer Guide, "Contents of notifications for Amazon SES email receiving",
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
public struct SESNotification: Sendable, Equatable, Codable {
    /// `Received`.
    public var notificationType: String
    public var mail: SESMail
    public var receipt: SESReceipt
    /// The raw mail, where the action includes it: by the action's encoding UTF-8 text or base64.
    public var content: String?

    public init(notificationType: String = "Received", mail: SESMail, receipt: SESReceipt, content: String? = nil) {
        self.notificationType = notificationType
        self.mail = mail
        self.receipt = receipt
        self.content = content
    }
}
