internal import DynamoDBExpressions
internal import LambdaEvents

/// TransactWriteItems: all actions or none, in one SQLite transaction. The one writer serializes, so that transactions never
/// conflict.
///
/// Checks, in the service's order: one action after the other its expressions and values, that each table is there, the keys,
/// that no item comes twice, the total size; then all conditions and updates against the items. What depends on a table's
/// keys or on an item comes as that action's cancellation reason, except that a key attribute without content or too long
/// refuses the whole request.
extension StoreEngine {
    package static let mostTransactActions = 100
    /// "The aggregate size of the items in the transaction cannot exceed 4 MB" (API reference): of those that the request has,
    /// not of those that it deletes or updates.
    static let transactionBytes = 4 * 1024 * 1024

    package func transactWriteItems(
        _ input: TransactWriteItemsInput,
        completion: @escaping @Sendable (Result<TransactWriteItemsOutput, StoreError>) -> Void
    ) {
        let writes: [ItemWrite]
        let metrics: [String: [ItemCollectionMetrics]]?
        do throws(StoreError) {
            writes = try prepare(input)
            metrics = try collectionMetrics(input.returnItemCollectionMetrics, of: writes)
        } catch {
            return completion(.failure(error))
        }
        let digest = input.digest
        writer.submit(completion) { transaction in
            if let token = input.clientRequestToken, try transaction.useToken(token, digest: digest) == .repeated {
                return TransactWriteItemsOutput(
                    consumedCapacity: try transaction.repeated(writes, input.returnConsumedCapacity))
            }
            var meter = CapacityMeter(input.returnConsumedCapacity, transaction: .write)
            let outcomes = try transaction.evaluateAll(writes)
            // Nothing is changed before all is checked: a transaction that is cancelled has then nothing to undo.
            if let token = input.clientRequestToken { try transaction.noteToken(token, digest: digest) }
            for (write, outcome) in zip(writes, outcomes) {
                meter.addWrite(try transaction.apply(write, outcome), of: write.table.name)
            }
            return TransactWriteItemsOutput(consumedCapacity: meter.all, itemCollectionMetrics: metrics)
        }
    }

    private func prepare(_ input: TransactWriteItemsInput) throws(StoreError) -> [ItemWrite] {
        let parsed = try input.transactItems.map { action throws(StoreError) in try ParsedAction(action) }
        let tables = try parsed.map { action throws(StoreError) in try table(action.tableName) }
        var writes: [ItemWrite] = []
        for (action, table) in zip(parsed, tables) {
            do throws(StoreError) {
                writes.append(try action.write(in: table))
            } catch {
                throw error.cancelling(actionAt: writes.count, of: parsed.count)
            }
        }
        guard Set(writes.map(\.identity)).count == writes.count else {
            throw .validation("Transaction request cannot include multiple operations on one item")
        }
        return writes
    }
}

extension WriteTransaction {
    /// Every action against the items as they are now; if any fails, all reasons in the actions' order.
    func evaluateAll(_ writes: [ItemWrite]) throws -> [ItemWrite.Outcome] {
        var outcomes: [ItemWrite.Outcome] = []
        var reasons: [StoreError.CancellationReason] = []
        guard writes.reduce(0, { $0 + $1.requestBytes }) <= StoreEngine.transactionBytes else {
            throw StoreError.validation("Transaction payload size cannot exceed 4 MB")
        }
        for write in writes {
            do {
                let outcome = try evaluate(write, in: .transactUpdate)
                outcomes.append(outcome)
                reasons.append(.none)
            } catch {
                let error = StoreError(any: error)
                // The store's own trouble is no reason to cancel, but a failure of the request.
                guard error.code != "InternalServerError", error.code != "ResourceNotFoundException", !error.refusesTransaction
                else { throw error }
                reasons.append(error.asCancellationReason)
            }
        }
        guard outcomes.count == writes.count else { throw StoreError.cancelled(reasons) }
        return outcomes
    }

    /// A repeat of a transaction that was done costs the reading of its items ("Idempotency", Developer Guide).
    func repeated(_ writes: [ItemWrite], _ mode: ReturnConsumedCapacity) throws -> [ConsumedCapacity]? {
        var meter = CapacityMeter(mode, transaction: .read)
        for write in writes {
            let document = try currentItem(write.key, in: try current(write.table)).document
            meter.addRead(document?.size ?? 0, of: write.table.name, consistent: true)
        }
        return meter.all
    }
}

extension StoreError {
    static func cancelled(_ reasons: [CancellationReason]) -> StoreError {
        let codes = reasons.map(\.code).joined(separator: ", ")
        return StoreError(
            code: "TransactionCanceledException",
            message: "Transaction cancelled, please refer cancellation reasons for specific reasons [\(codes)]",
            cancellationReasons: reasons)
    }

    /// Whether a key attribute has no content or is too long. The service looks for that before a transaction begins, so that
    /// it is no action's reason to cancel.
    var refusesTransaction: Bool {
        message.hasPrefix("One or more parameter values are not valid.") || self == KeyAttributes.hashTooLong
            || self == KeyAttributes.rangeTooLong
    }

    /// The cancellation by an action that does not fit its table. Unlike conditions that fail, the service tells only the first
    /// of these (measured for TransactWriteItems).
    ///
    /// - Parameters:
    ///   - place: the action's, from 0.
    ///   - count: how many actions there are.
    func cancelling(actionAt place: Int, of count: Int) -> StoreError {
        guard !refusesTransaction else { return self }
        var reasons = [CancellationReason](repeating: .none, count: count)
        reasons[place] = asCancellationReason
        return .cancelled(reasons)
    }

    var asCancellationReason: CancellationReason {
        switch code {
        case "ConditionalCheckFailedException":
            CancellationReason(code: "ConditionalCheckFailed", message: message, item: item)
        case "ValidationException": CancellationReason(code: "ValidationError", message: message)
        default: CancellationReason(code: code, message: message)
        }
    }
}

extension ItemWrite {
    /// What the write brings along in a request.
    fileprivate var requestBytes: Int {
        switch action {
        case .put(let new): new.document.size
        case .update(let update, let key): ItemSize.bytes(of: key) + (update?.statementBytes ?? 0)
        case .delete, .check: ItemSize.bytes(of: givenKey)
        }
    }

    struct Identity: Hashable {
        var table: Int64
        var key: ItemKey
    }

    var identity: Identity { Identity(table: table.id, key: key) }
}
