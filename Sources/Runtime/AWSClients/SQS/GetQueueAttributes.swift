extension SQS {
    public struct GetQueueAttributesInput: Sendable, Equatable, Codable {
        public var queueURL: String
        /// `All` or names such as `ApproximateNumberOfMessages`.
        public var attributeNames: [String]?

        public init(queueURL: String, attributeNames: [String]? = nil) {
            self.queueURL = queueURL
            self.attributeNames = attributeNames
        }

        private enum CodingKeys: String, CodingKey {
            case queueURL = "QueueUrl"
            case attributeNames = "AttributeNames"
        }
    }

    public struct GetQueueAttributesOutput: Sendable, Equatable, Codable {
        /// By name, all as text.
        public var attributes: [String: String]

        public init(attributes: [String: String] = [:]) {
            self.attributes = attributes
        }

        private enum CodingKeys: String, CodingKey {
            case attributes = "Attributes"
        }

        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            attributes = try container.decodeIfPresent([String: String].self, forKey: .attributes) ?? [:]
        }
    }
}

extension SQSClient {
    /// What a queue is and holds; counts are approximate.
    public func getQueueAttributes(_ input: SQS.GetQueueAttributesInput) async throws -> SQS.GetQueueAttributesOutput {
        try await caller.call("GetQueueAttributes", input, isRepeatable: true)
    }
}
