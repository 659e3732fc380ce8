internal import LambdaEvents
internal import PartiQL

/// ExecuteTransaction: statements that all read or all write, all of them or none, in the way of TransactGetItems and
/// TransactWriteItems.
///
/// Checks, in the service's order: the model's constraints, the parameters' values, each statement's text, that reads and
/// writes are not mixed, what a transaction takes of a statement; then the tables and the keys, whose mistakes are
/// cancellation reasons, and that no item comes twice.
extension StoreEngine {
    private static let mostTransactStatements = 100

    package func executeTransaction(
        _ input: ExecuteTransactionInput,
        completion: @escaping @Sendable (Result<ExecuteTransactionOutput, StoreError>) -> Void
    ) {
        do throws(StoreError) {
            let (statements, digest) = try Self.prepare(input)
            let reads = statements.compactMap { if case .read(let read) = $0 { read } else { nil } }
            let writes = statements.compactMap { if case .write(let write) = $0 { write } else { nil } }
            if writes.isEmpty {
                completion(.success(try self.reads(reads, input)))
            } else {
                try self.writes(writes, input, digest, completion)
            }
        } catch {
            completion(.failure(error))
        }
    }

    private static func prepare(
        _ input: ExecuteTransactionInput
    ) throws(StoreError) -> (statements: [PreparedStatement], digest: Int64) {
        var violations = ConstraintViolations()
        violations.check(statements: input.transactStatements, atMost: mostTransactStatements, at: "transactStatements")
        violations.check(text: input.clientRequestToken, at: "clientRequestToken", atMost: 36)
        try violations.check()
        var digest = StatementDigest()
        var parameters: [[AttributeValue]] = []
        for request in input.transactStatements {
            let values = try StatementParameters.normalized(request.parameters, mistakes: request.parameterMistakes)
            parameters.append(values)
            digest.add(request.statement, values)
        }
        var statements: [PreparedStatement] = []
        for (index, request) in input.transactStatements.enumerated() {
            statements.append(
                try inStatement(index) { () throws(StoreError) in try PreparedStatement(request.statement, parameters[index]) })
        }
        guard Set(statements.map(\.isRead)).count < 2 else {
            throw .validation("ExecuteTransaction API does not support both read and write operations in the same request.")
        }
        return (statements, digest.value)
    }

    /// Runs what one statement needs; a refusal names the statement.
    private static func inStatement<T>(_ index: Int, _ body: () throws(StoreError) -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch {
            guard error.code == "ValidationException" else { throw error }
            throw .validation("Validation failed in TransactStatements[\(index)]: \(error.message)")
        }
    }

    /// The tables in the statements' order, nil for those that are not there: the transaction is cancelled for them only
    /// after every other statement was looked at.
    private func tables(_ names: [String]) throws(StoreError) -> [Table?] {
        var tables: [Table?] = []
        for (index, name) in names.enumerated() {
            do throws(StoreError) {
                tables.append(try Self.inStatement(index) { () throws(StoreError) in try statementTable(name) })
            } catch {
                guard error == .resourceNotFound else { throw error }
                tables.append(nil)
            }
        }
        return tables
    }

    // MARK: Reads

    private func reads(
        _ statements: [PreparedRead], _ input: ExecuteTransactionInput
    ) throws(StoreError) -> ExecuteTransactionOutput {
        let tables = try tables(statements.map(\.from.table))
        var reads: [StatementRead] = []
        var keys: [ItemKey] = []
        var reasons: [StoreError.CancellationReason] = []
        for (index, (statement, table)) in zip(statements, tables).enumerated() {
            guard let table else {
                reasons.append(.resourceNotFound)
                continue
            }
            let (read, key) = try Self.inStatement(index) { () throws(StoreError) in
                try Self.keyedRead(statement, in: table)
            }
            guard let read, let key else {
                reasons.append(.keyMismatch)
                continue
            }
            reads.append(read)
            keys.append(key)
            reasons.append(.none)
        }
        guard reads.count == statements.count else { throw .cancelled(reasons) }
        let wanted = Array(zip(reads.map(\.source.table), keys))
        guard Set(wanted.map { ItemWrite.Identity(table: $0.id, key: $1) }).count == wanted.count else {
            throw Self.itemTwice
        }
        let documents = try readers.read { database in
            try database.readTransaction { try wanted.map { table, key in try table.read(key, from: database) } }
        }
        return try Self.output(reads, documents, input)
    }

    /// Nil for a key whose values are of other types than the table's.
    private static func keyedRead(
        _ statement: PreparedRead, in table: Table
    ) throws(StoreError) -> (StatementRead?, ItemKey?) {
        guard statement.from.index == nil else {
            throw .validation("Reads on indices are not supported within transactions.")
        }
        if try KeyPlan(statement.condition, table.key).mismatch != nil { return (nil, nil) }
        let read = try StatementRead(statement, in: table, consistent: true)
        guard let key = read.onlyKey else {
            throw .validation(
                "Select statements within ExecuteTransaction must specify the primary key in the where clause.")
        }
        return (read, key)
    }

    private static func output(
        _ reads: [StatementRead], _ documents: [ItemDocument?], _ input: ExecuteTransactionInput
    ) throws(StoreError) -> ExecuteTransactionOutput {
        guard documents.reduce(0, { $0 + ($1?.size ?? 0) }) <= transactionBytes else {
            throw .validation("Collective transaction item size exceeds the limit of 4 MB")
        }
        var output = ExecuteTransactionOutput(responses: [])
        var meter = CapacityMeter(input.returnConsumedCapacity, transaction: .read)
        for (read, document) in zip(reads, documents) {
            meter.addRead(document?.size ?? 0, of: read.source.table.name, consistent: true)
            output.responses.append(try read.select(document))
        }
        output.consumedCapacity = meter.all
        return output
    }

    private static let itemTwice = StoreError.validation(
        "Transaction request cannot include multiple operations on one item")

    // MARK: Writes

    private func writes(
        _ statements: [PreparedWrite], _ input: ExecuteTransactionInput, _ digest: Int64,
        _ completion: @escaping @Sendable (Result<ExecuteTransactionOutput, StoreError>) -> Void
    ) throws(StoreError) {
        let writes = try prepare(statements, input)
        writer.submit(completion) { transaction in
            if let token = input.clientRequestToken, try transaction.useToken(token, digest: digest) == .repeated {
                return ExecuteTransactionOutput(
                    responses: [], consumedCapacity: try transaction.repeated(writes, input.returnConsumedCapacity))
            }
            var meter = CapacityMeter(input.returnConsumedCapacity, transaction: .write)
            let outcomes = try transaction.evaluate(statements, writes)
            if let token = input.clientRequestToken { try transaction.noteToken(token, digest: digest) }
            for (write, outcome) in zip(writes, outcomes) {
                meter.addWrite(try transaction.apply(write, outcome), of: write.table.name)
            }
            return ExecuteTransactionOutput(responses: [], consumedCapacity: meter.all)
        }
    }

    private func prepare(
        _ statements: [PreparedWrite], _ input: ExecuteTransactionInput
    ) throws(StoreError) -> [ItemWrite] {
        let tables = try tables(statements.map(\.tableName))
        for (index, (statement, table)) in zip(statements, tables).enumerated() {
            guard let table else { continue }
            try Self.inStatement(index) { () throws(StoreError) in try Self.check(statement, in: table) }
        }
        var writes: [ItemWrite] = []
        var reasons: [StoreError.CancellationReason] = []
        for ((statement, table), request) in zip(zip(statements, tables), input.transactStatements) {
            guard let table else {
                reasons.append(.resourceNotFound)
                continue
            }
            do throws(StoreError) {
                writes.append(try statement.write(in: table, onFailure: request.returnValuesOnConditionCheckFailure))
                reasons.append(.none)
            } catch {
                guard !error.refusesTransaction else { throw error }
                reasons.append(error == PreparedWrite.incompleteKey ? .keyMismatch : error.asCancellationReason)
            }
        }
        guard writes.count == statements.count else { throw .cancelled(reasons) }
        guard Set(writes.map(\.identity)).count == writes.count else { throw Self.itemTwice }
        return writes
    }

    /// What a transaction refuses of a statement as a whole, and does not cancel for.
    private static func check(_ statement: PreparedWrite, in table: Table) throws(StoreError) {
        guard statement.returning == nil else {
            throw .validation("RETURNING clause is not supported in ExecuteTransaction.")
        }
        guard case .check = statement.action else { return }
        let key = StatementKey(statement.condition, table.key)
        guard key.isComplete(table.key), !key.rest.isEmpty else {
            throw .validation("EXISTS() must contain a single item read with additional condition")
        }
    }
}

extension StoreError.CancellationReason {
    fileprivate static let resourceNotFound = StoreError.CancellationReason(
        code: "ResourceNotFound", message: "Requested resource not found")
    fileprivate static let keyMismatch = StoreError.CancellationReason(
        code: "ValidationError", message: Table.keyDoesNotMatch.message)
}

extension WriteTransaction {
    /// Evaluates all writes; the reasons of a cancellation are told as statements have them.
    fileprivate func evaluate(_ statements: [PreparedWrite], _ writes: [ItemWrite]) throws -> [ItemWrite.Outcome] {
        do {
            return try evaluateAll(writes)
        } catch let error as StoreError {
            guard let reasons = error.cancellationReasons, reasons.count == statements.count else { throw error }
            throw StoreError.cancelled(zip(statements, reasons).map { $0.translated($1) })
        }
    }
}

extension PreparedWrite {
    fileprivate func translated(_ reason: StoreError.CancellationReason) -> StoreError.CancellationReason {
        if isInsert, reason.code == "ConditionalCheckFailed" {
            return StoreError.CancellationReason(
                code: "DuplicateItem", message: StoreError.duplicateItem.message, item: reason.item)
        }
        guard reason.code == "ValidationError", let message = reason.message else { return reason }
        return StoreError.CancellationReason(code: reason.code, message: translated(.validation(message)).message)
    }
}
