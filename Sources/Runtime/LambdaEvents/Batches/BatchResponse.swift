/// What a function answers to a batch where the event source mapping has `ReportBatchItemFailures`.
///
/// No failures: the whole batch is done. For a queue each `itemIdentifier` is a message id, and exactly these messages
/// come again. For a stream it is a sequence number, and the batch is retried from the lowest one on. Source: AWS Lambda
/// Developer Guide, "Implementing partial batch responses",
/// https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
public struct BatchResponse: Sendable, Equatable, Codable {
    public var batchItemFailures: [Failure]

    public init(batchItemFailures: [Failure] = []) {
        self.batchItemFailures = batchItemFailures
    }

    public init(failed itemIdentifiers: [String]) {
        batchItemFailures = itemIdentifiers.map { Failure(itemIdentifier: $0) }
    }

    public struct Failure: Sendable, Equatable, Codable {
        public var itemIdentifier: String

        public init(itemIdentifier: String) {
            self.itemIdentifier = itemIdentifier
        }
    }
}
