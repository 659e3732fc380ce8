internal import Foundation
internal import QueueEngine

/// The requests and answers of SQS that are built; names are the wire's (Amazon SQS API Reference).
enum SQSShapes {
    struct Attribute: Codable {
        var StringValue: String?
        var BinaryValue: Data?
        var DataType: String
    }

    struct QueueInput: ServiceInput {
        static let members = ["QueueUrl"]
        var QueueUrl: String
    }

    struct SendInput: ServiceInput {
        static let members = ["DelaySeconds", "MessageAttributes", "MessageBody", "MessageSystemAttributes", "QueueUrl"]
        var QueueUrl: String
        var MessageBody: String?
        var DelaySeconds: Int?
        var MessageAttributes: [String: Attribute]?
        var MessageSystemAttributes: [String: Attribute]?
    }

    struct SendBatchInput: ServiceInput {
        static let members = ["Entries", "QueueUrl"]
        struct Entry: Decodable {
            var Id: String
            var MessageBody: String?
            var DelaySeconds: Int?
            var MessageAttributes: [String: Attribute]?
            var MessageSystemAttributes: [String: Attribute]?
            var MessageGroupId: String?
            var MessageDeduplicationId: String?
        }
        var QueueUrl: String
        var Entries: [Entry]
    }

    struct SendOutput: Encodable {
        var Id: String?
        var MessageId: String
        var MD5OfMessageBody: String
        var MD5OfMessageAttributes: String?
        var MD5OfMessageSystemAttributes: String?

        init(_ sent: SentMessage, id: String? = nil) {
            Id = id
            MessageId = sent.messageID
            MD5OfMessageBody = sent.md5OfBody
            MD5OfMessageAttributes = sent.md5OfAttributes
            MD5OfMessageSystemAttributes = sent.md5OfSystemAttributes
        }
    }

    struct ReceiveInput: ServiceInput {
        static let members = [
            "AttributeNames", "MaxNumberOfMessages", "MessageAttributeNames", "MessageSystemAttributeNames", "QueueUrl",
            "VisibilityTimeout", "WaitTimeSeconds",
        ]
        var QueueUrl: String
        var AttributeNames: [String]?
        var MessageSystemAttributeNames: [String]?
        var MessageAttributeNames: [String]?
        var MaxNumberOfMessages: Int?
        var VisibilityTimeout: Int?
        var WaitTimeSeconds: Int?
    }

    struct Message: Encodable {
        var MessageId: String
        var ReceiptHandle: String
        var MD5OfBody: String
        var Body: String
        var Attributes: [String: String]?
        var MD5OfMessageAttributes: String?
        var MessageAttributes: [String: Attribute]?
    }

    struct ReceiveOutput: Encodable {
        /// Absent when there are none, as SQS answers.
        var Messages: [Message]?
    }

    struct DeleteInput: ServiceInput {
        static let members = ["QueueUrl", "ReceiptHandle"]
        var QueueUrl: String
        var ReceiptHandle: String
    }

    struct DeleteBatchInput: ServiceInput {
        static let members = ["Entries", "QueueUrl"]
        struct Entry: Decodable {
            var Id: String
            var ReceiptHandle: String
        }
        var QueueUrl: String
        var Entries: [Entry]
    }

    struct ChangeInput: ServiceInput {
        static let members = ["QueueUrl", "ReceiptHandle", "VisibilityTimeout"]
        var QueueUrl: String
        var ReceiptHandle: String
        var VisibilityTimeout: Int
    }

    struct ChangeBatchInput: ServiceInput {
        static let members = ["Entries", "QueueUrl"]
        struct Entry: Decodable {
            var Id: String
            var ReceiptHandle: String
            var VisibilityTimeout: Int?
        }
        var QueueUrl: String
        var Entries: [Entry]
    }

    struct BatchOutput<Success: Encodable & Sendable>: Encodable {
        var Successful: [Success] = []
        var Failed: [Failure] = []
    }

    struct Done: Encodable {
        var Id: String
    }

    struct Failure: Encodable {
        var Id: String
        var SenderFault: Bool
        var Code: String
        var Message: String

        init(_ id: String, _ error: QueueError) {
            Id = id
            SenderFault = error.isSenderFault
            Code = error.code
            Message = error.message
        }
    }

    struct GetURLInput: ServiceInput {
        static let members = ["QueueName", "QueueOwnerAWSAccountId"]
        var QueueName: String
        var QueueOwnerAWSAccountId: String?
    }

    struct URLOutput: Encodable {
        var QueueUrl: String
    }

    struct GetAttributesInput: ServiceInput {
        static let members = ["AttributeNames", "QueueUrl"]
        var QueueUrl: String
        var AttributeNames: [String]?
    }

    struct AttributesOutput: Encodable {
        var Attributes: [String: String]
    }

    struct ListInput: ServiceInput {
        static let members = ["MaxResults", "NextToken", "QueueNamePrefix"]
        var QueueNamePrefix: String?
        var MaxResults: Int?
        var NextToken: String?
    }

    struct ListOutput: Encodable {
        var QueueUrls: [String]?
        var NextToken: String?
    }

    struct CreateInput: ServiceInput {
        static let members = ["Attributes", "QueueName"]
        var QueueName: String
        var Attributes: [String: String]?
    }
}
