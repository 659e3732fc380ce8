#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// SQS's shapes. Source: Amazon SQS API Reference, version 2012-11-05, AWS JSON protocol.
public enum SQS {
    public struct MessageAttributeValue: Sendable, Equatable, Codable {
        /// `String`, `Number` or `Binary`, perhaps with a custom label: `Number.int`.
        public var dataType: String
        public var stringValue: String?
        public var binaryValue: Data?

        public init(dataType: String, stringValue: String? = nil, binaryValue: Data? = nil) {
            self.dataType = dataType
            self.stringValue = stringValue
            self.binaryValue = binaryValue
        }

        private enum CodingKeys: String, CodingKey {
            case dataType = "DataType"
            case stringValue = "StringValue"
            case binaryValue = "BinaryValue"
        }
    }
}

/// SQS over any transport; one method per operation, in the operation's own file.
public struct SQSClient: Sendable {
    let caller: JSONCaller

    public init(transport: any AWSTransport, retry: RetryPolicy = .standard) {
        caller = JSONCaller(
            caller: ServiceCaller(service: .sqs, transport: transport, retry: retry), targetPrefix: "AmazonSQS",
            contentType: "application/x-amz-json-1.0")
    }
}
