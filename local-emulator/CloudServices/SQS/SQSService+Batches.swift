internal import QueueEngine

extension SQSService {
    func sendBatch(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.SendBatchInput = try read(request)
        let queue = try queue(input.QueueUrl)
        let ids = input.Entries.map(\.Id)
        try Self.check(ids)
        var messages: [OutgoingMessage] = []
        for entry in input.Entries {
            if entry.MessageGroupId != nil || entry.MessageDeduplicationId != nil {
                throw .invalidParameter("MessageGroupId and MessageDeduplicationId are not supported by the emulator.")
            }
            messages.append(
                OutgoingMessage(
                    body: entry.MessageBody ?? "", attributes: try Self.attributes(entry.MessageAttributes),
                    delaySeconds: entry.DelaySeconds, traceHeader: try Self.traceHeader(entry.MessageSystemAttributes),
                    senderID: request.accessKeyID ?? ""))
        }
        guard messages.reduce(0, { $0 + $1.bytes }) <= QueueLimits.messageBytes else {
            throw Self.batchError(
                "BatchRequestTooLong", "Batch requests cannot be longer than \(QueueLimits.messageBytes) bytes.")
        }
        engine.send(messages, to: queue) { result in
            if case .success(let outcomes) = result {
                context.record("queue", "\(outcomes.count) messages sent to \(queue)", for: request)
            }
            completion(Self.batch(result, ids) { SQSShapes.SendOutput($1, id: $0) })
        }
    }

    func deleteBatch(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.DeleteBatchInput = try read(request)
        let queue = try queue(input.QueueUrl)
        let ids = input.Entries.map(\.Id)
        try Self.check(ids)
        engine.delete(input.Entries.map(\.ReceiptHandle), from: queue) { result in
            completion(Self.batch(result, ids) { id, _ in SQSShapes.Done(Id: id) })
        }
    }

    func changeVisibilityBatch(_ request: ServiceRequest, _ completion: @escaping Completion) throws(QueueError) {
        let input: SQSShapes.ChangeBatchInput = try read(request)
        let queue = try queue(input.QueueUrl)
        let ids = input.Entries.map(\.Id)
        try Self.check(ids)
        var changes: [VisibilityChange] = []
        for entry in input.Entries {
            guard let seconds = entry.VisibilityTimeout else { throw .missingParameter("VisibilityTimeout") }
            changes.append(VisibilityChange(receiptHandle: entry.ReceiptHandle, seconds: seconds))
        }
        engine.changeVisibility(changes, in: queue) { result in
            completion(Self.batch(result, ids) { id, _ in SQSShapes.Done(Id: id) })
        }
    }

    /// Checked in SQS's order: not empty, not too many, distinct, well-formed.
    private static func check(_ ids: [String]) throws(QueueError) {
        guard !ids.isEmpty else {
            throw batchError("EmptyBatchRequest", "There should be at least one entry in the request.")
        }
        guard ids.count <= QueueLimits.batchEntries else {
            throw batchError(
                "TooManyEntriesInBatchRequest",
                "Maximum number of entries per request are \(QueueLimits.batchEntries). You have sent \(ids.count).")
        }
        var seen: Set<String> = []
        for id in ids where !seen.insert(id).inserted {
            throw batchError("BatchEntryIdsNotDistinct", "Id \(id) repeated.")
        }
        let isWellFormed = ids.allSatisfy { id in
            (1...80).contains(id.utf8.count)
                && id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        }
        guard isWellFormed else {
            throw batchError(
                "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."
            )
        }
    }

    private static func batchError(_ type: String, _ message: String) -> QueueError {
        QueueError(type: type, code: "AWS.SimpleQueueService.\(type)", message: message)
    }

    private static func batch<Value: Sendable, Success: Encodable & Sendable>(
        _ result: Result<[Result<Value, QueueError>], QueueError>, _ ids: [String], _ success: (String, Value) -> Success
    ) -> ServiceReply {
        reply(result) { outcomes in
            var output = SQSShapes.BatchOutput<Success>()
            for (id, outcome) in zip(ids, outcomes) {
                switch outcome {
                case .success(let value): output.Successful.append(success(id, value))
                case .failure(let error): output.Failed.append(SQSShapes.Failure(id, error))
                }
            }
            return output
        }
    }
}
