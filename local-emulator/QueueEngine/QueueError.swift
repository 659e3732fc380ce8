/// What a queue operation was refused with, in the words of SQS (Amazon SQS API Reference, "Common Errors" and the errors of
/// each operation).
package struct QueueError: Error, Sendable, Equatable {
    /// The error's shape, as `QueueDoesNotExist`.
    package var type: String
    /// The code that older clients know, as `AWS.SimpleQueueService.NonExistentQueue`.
    package var code: String
    package var message: String
    package var status: Int
    /// Whether the sender can mend it.
    package var isSenderFault: Bool { status < 500 }

    package init(type: String, code: String? = nil, message: String, status: Int = 400) {
        self.type = type
        self.code = code ?? type
        self.message = message
        self.status = status
    }
}

extension QueueError {
    package static var queueDoesNotExist: QueueError {
        QueueError(
            type: "QueueDoesNotExist", code: "AWS.SimpleQueueService.NonExistentQueue",
            message: "The specified queue does not exist.")
    }

    package static func invalidParameter(_ message: String) -> QueueError {
        QueueError(type: "InvalidParameterValueException", code: "InvalidParameterValue", message: message)
    }

    /// `Value 901 for parameter DelaySeconds is invalid. Reason: …`
    package static func invalidParameter(_ name: String, _ value: Int, in range: ClosedRange<Int>) -> QueueError {
        invalidParameter(
            "Value \(value) for parameter \(name) is invalid. Reason: \(name) must be >= \(range.lowerBound) and <= \(range.upperBound)."
        )
    }

    package static func missingParameter(_ name: String) -> QueueError {
        QueueError(
            type: "MissingRequiredParameterException", code: "MissingParameter",
            message: "The request must contain the parameter \(name).")
    }

    package static func receiptHandleIsInvalid(_ handle: String) -> QueueError {
        QueueError(
            type: "ReceiptHandleIsInvalid", message: "The input receipt handle \"\(handle)\" is not a valid receipt handle.")
    }

    package static var messageNotInflight: QueueError {
        QueueError(
            type: "MessageNotInflight", code: "AWS.SimpleQueueService.MessageNotInflight",
            message: "Value is invalid. Reason: Message does not exist or is not available for visibility timeout change.")
    }

    package static var tooManyInFlight: QueueError {
        QueueError(
            type: "OverLimit", message: "Too many messages in flight: the limit of a standard queue is \(QueueLimits.inFlight).")
    }

    package static var purgeInProgress: QueueError {
        QueueError(
            type: "PurgeQueueInProgress", code: "AWS.SimpleQueueService.PurgeQueueInProgress",
            message: "Only one PurgeQueue operation is allowed every 60 seconds.", status: 403)
    }

    package static var shuttingDown: QueueError {
        QueueError(type: "ServiceUnavailable", message: "The emulator is shutting down.", status: 503)
    }

    static func storage(_ error: any Error) -> QueueError {
        QueueError(type: "InternalError", message: "The queues could not be written: \(error)", status: 500)
    }
}

/// SQS's limits (Amazon SQS Developer Guide, "Amazon SQS message quotas").
package enum QueueLimits {
    /// Body and attributes of one message, and of all messages of a batch together.
    package static let messageBytes = 1_048_576
    package static let attributes = 10
    package static let batchEntries = 10
    package static let delaySeconds = 0...900
    package static let visibilitySeconds = 0...43_200
    package static let waitSeconds = 0...20
    package static let maximumMessages = 1...10
    package static let inFlight = 120_000
}
