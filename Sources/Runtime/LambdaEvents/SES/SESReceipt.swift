#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// `receipt` of an SES event: for whom the rule matched and what the checks found.
///
/// Source: Amazon SES Developer Guide, "Contents of notifications for Amazon SES email receiving", receipt object,
/// https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
public struct SESReceipt: Sendable, Equatable, Codable {
    @ISO8601Time public var timestamp: Date
    public var processingTimeMillis: Int
    /// The recipients that the rule matched.
    public var recipients: [String]
    public var spamVerdict: Verdict
    public var virusVerdict: Verdict
    public var spfVerdict: Verdict
    public var dkimVerdict: Verdict
    /// Left out by older events.
    public var dmarcVerdict: Verdict?
    /// What the sender's domain asks for when DMARC fails: `none`, `quarantine` or `reject`; nil if DMARC passed.
    public var dmarcPolicy: String?
    public var action: Action

    public init(
        timestamp: Date, processingTimeMillis: Int, recipients: [String], spamVerdict: Verdict, virusVerdict: Verdict,
        spfVerdict: Verdict, dkimVerdict: Verdict, dmarcVerdict: Verdict? = nil, dmarcPolicy: String? = nil, action: Action
    ) {
        self.timestamp = timestamp
        self.processingTimeMillis = processingTimeMillis
        self.recipients = recipients
        self.spamVerdict = spamVerdict
        self.virusVerdict = virusVerdict
        self.spfVerdict = spfVerdict
        self.dkimVerdict = dkimVerdict
        self.dmarcVerdict = dmarcVerdict
        self.dmarcPolicy = dmarcPolicy
        self.action = action
    }

    public struct Verdict: Sendable, Equatable, Codable {
        public var status: Status

        public init(status: Status) {
            self.status = status
        }
    }

    public struct Status: OpenStringValue {
        public var rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let pass = Status(rawValue: "PASS")
        public static let fail = Status(rawValue: "FAIL")
        /// The check could not tell: no policy, no signature, a temporary error.
        public static let gray = Status(rawValue: "GRAY")
        public static let processingFailed = Status(rawValue: "PROCESSING_FAILED")
        public static let disabled = Status(rawValue: "DISABLED")
    }

    /// The action that ran, with the fields of its type.
    public struct Action: Sendable, Equatable, Codable {
        /// `S3`, `SNS`, `Bounce`, `Lambda`, `Stop` or `WorkMail`.
        public var type: String
        /// S3, SNS, Bounce, Lambda: the topic that is told.
        public var topicArn: String?
        /// Lambda.
        public var functionArn: String?
        /// Lambda: `Event` or `RequestResponse`.
        public var invocationType: String?
        /// S3.
        public var bucketName: String?
        /// S3.
        public var objectKey: String?
        /// S3.
        public var objectKeyPrefix: String?
        /// S3.
        public var kmsKeyArn: String?
        /// S3: the role that SES takes for it.
        public var iamRoleArn: String?
        /// SNS: `UTF-8` or `BASE64`.
        public var encoding: String?
        /// Bounce.
        public var smtpReplyCode: String?
        /// Bounce.
        public var statusCode: String?
        /// Bounce.
        public var message: String?
        /// Bounce.
        public var sender: String?
        /// WorkMail.
        public var organizationArn: String?

        public init(
            type: String, topicArn: String? = nil, functionArn: String? = nil, invocationType: String? = nil,
            bucketName: String? = nil, objectKey: String? = nil, objectKeyPrefix: String? = nil, kmsKeyArn: String? = nil,
            iamRoleArn: String? = nil, encoding: String? = nil, smtpReplyCode: String? = nil, statusCode: String? = nil,
            message: String? = nil, sender: String? = nil, organizationArn: String? = nil
        ) {
            self.type = type
            self.topicArn = topicArn
            self.functionArn = functionArn
            self.invocationType = invocationType
            self.bucketName = bucketName
            self.objectKey = objectKey
            self.objectKeyPrefix = objectKeyPrefix
            self.kmsKeyArn = kmsKeyArn
            self.iamRoleArn = iamRoleArn
            self.encoding = encoding
            self.smtpReplyCode = smtpReplyCode
            self.statusCode = statusCode
            self.message = message
            self.sender = sender
            self.organizationArn = organizationArn
        }
    }
}
