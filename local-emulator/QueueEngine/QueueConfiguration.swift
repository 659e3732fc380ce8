/// A standard queue and its attributes.
package struct QueueConfiguration: Sendable, Equatable, Codable {
    package struct Redrive: Sendable, Equatable, Codable {
        package var deadLetterQueueName: String
        package var maxReceiveCount: Int

        package init(deadLetterQueueName: String, maxReceiveCount: Int) {
            self.deadLetterQueueName = deadLetterQueueName
            self.maxReceiveCount = maxReceiveCount
        }
    }

    package var name: String
    package var arn: String
    package var visibilityTimeoutSeconds: Int
    package var delaySeconds: Int
    package var messageRetentionSeconds: Int
    package var receiveWaitTimeSeconds: Int
    package var maximumMessageSizeBytes: Int
    package var redrive: Redrive?

    package init(
        name: String, arn: String, visibilityTimeoutSeconds: Int = 30, delaySeconds: Int = 0,
        messageRetentionSeconds: Int = 345_600, receiveWaitTimeSeconds: Int = 0,
        maximumMessageSizeBytes: Int = QueueLimits.messageBytes, redrive: Redrive? = nil
    ) {
        self.name = name
        self.arn = arn
        self.visibilityTimeoutSeconds = visibilityTimeoutSeconds
        self.delaySeconds = delaySeconds
        self.messageRetentionSeconds = messageRetentionSeconds
        self.receiveWaitTimeSeconds = receiveWaitTimeSeconds
        self.maximumMessageSizeBytes = maximumMessageSizeBytes
        self.redrive = redrive
    }
}

/// A queue as it stands.
package struct QueueStatus: Sendable, Equatable {
    package var configuration: QueueConfiguration
    package var createdSeconds: Int64
    package var modifiedSeconds: Int64
    /// `ApproximateNumberOfMessages`: those that a receive would get.
    package var visible: Int
    /// `ApproximateNumberOfMessagesNotVisible`: those in flight.
    package var inFlight: Int
    /// `ApproximateNumberOfMessagesDelayed`.
    package var delayed: Int
}
