internal import LambdaEvents
internal import PartiQL
internal import Synchronization

/// BatchExecuteStatement: statements that all read or all write, each on its own. What is wrong with one is told in its
/// place and holds up no other.
///
/// Checks, in the service's order: the model's constraints and that reads and writes are not mixed, for the batch; for each
/// statement what ExecuteStatement checks, and of a SELECT that it names one item by its whole key and nothing else.
extension StoreEngine {
    private static let mostBatchStatements = 25

    package func batchExecuteStatement(
        _ input: BatchExecuteStatementInput,
        completion: @escaping @Sendable (Result<BatchExecuteStatementOutput, StoreError>) -> Void
    ) {
        let prepared: [Result<PreparedStatement, StoreError>]
        do throws(StoreError) {
            prepared = try Self.prepare(input)
        } catch {
            return completion(.failure(error))
        }
        let batch = StatementBatch(input, completion)
        for (index, (statement, request)) in zip(prepared, input.statements).enumerated() {
            do throws(StoreError) {
                switch try statement.get() {
                case .read(let read): try self.read(read, request, index, batch)
                case .write(let write): try self.write(write, request, index, batch)
                }
            } catch {
                batch.answer(index, BatchStatementResponse(error: error.inBatch))
            }
        }
    }

    private static func prepare(
        _ input: BatchExecuteStatementInput
    ) throws(StoreError) -> [Result<PreparedStatement, StoreError>] {
        var violations = ConstraintViolations()
        violations.check(statements: input.statements, atMost: mostBatchStatements, at: "statements")
        try violations.check()
        let prepared = input.statements.map { request in
            Result { () throws(StoreError) in
                try PreparedStatement(
                    request.statement, try StatementParameters.normalized(request.parameters, mistakes: request.parameterMistakes)
                )
            }
        }
        let kinds = Set(
            prepared.compactMap { result -> Bool? in
                if case .success(let statement) = result { statement.isRead } else { nil }
            })
        guard kinds.count < 2 else {
            throw .validation(
                "BatchExecuteStatement API does not support both read and write operations in the same request.")
        }
        return prepared
    }

    private func read(
        _ prepared: PreparedRead, _ request: StatementRequest, _ index: Int, _ batch: StatementBatch
    ) throws(StoreError) {
        let read = try StatementRead(
            prepared, in: try statementTable(prepared.from.table), consistent: request.consistentRead)
        guard let key = read.onlyKey else {
            throw .validation(
                "Select statements within BatchExecuteStatement must specify the primary key in the where clause.")
        }
        let table = read.source.table
        let document = try self.read(table) { try table.read(key, from: $0) }
        batch.measure { $0.addRead(document?.size ?? 0, of: table.name, consistent: request.consistentRead) }
        batch.answer(index, BatchStatementResponse(tableName: table.name, item: try read.select(document)))
    }

    private func write(
        _ statement: PreparedWrite, _ request: StatementRequest, _ index: Int, _ batch: StatementBatch
    ) throws(StoreError) {
        if case .check = statement.action {
            throw .validation("EXISTS can only be used in ExecuteTransaction write requests.")
        }
        let write = try statement.write(
            in: try statementTable(statement.tableName), onFailure: request.returnValuesOnConditionCheckFailure)
        let name = write.table.name
        writer.submit { (result: Result<(item: ItemDocument?, effect: WriteEffect), StoreError>) in
            switch result {
            case .success(let (item, effect)):
                batch.measure { $0.addWrite(effect, of: name) }
                batch.answer(index, BatchStatementResponse(tableName: name, item: item))
            case .failure(let error): batch.answer(index, BatchStatementResponse(error: error.inBatch, tableName: name))
            }
        } _: { transaction in
            try transaction.perform(statement, write)
        }
    }
}

/// The answers of a batch's statements as they come in.
private final class StatementBatch: Sendable {
    private struct State {
        var responses: [BatchStatementResponse?]
        var missing: Int
        var meter: CapacityMeter
    }

    private let state: Mutex<State>
    private let completion: @Sendable (Result<BatchExecuteStatementOutput, StoreError>) -> Void

    init(
        _ input: BatchExecuteStatementInput,
        _ completion: @escaping @Sendable (Result<BatchExecuteStatementOutput, StoreError>) -> Void
    ) {
        let count = input.statements.count
        state = Mutex(
            State(
                responses: Array(repeating: nil, count: count), missing: count,
                meter: CapacityMeter(input.returnConsumedCapacity)))
        self.completion = completion
    }

    func measure(_ body: (inout CapacityMeter) -> Void) {
        state.withLock { body(&$0.meter) }
    }

    /// Each statement is answered once; the last answer is the batch's.
    func answer(_ index: Int, _ response: BatchStatementResponse) {
        let output: BatchExecuteStatementOutput? = state.withLock { state in
            state.responses[index] = response
            state.missing -= 1
            guard state.missing == 0 else { return nil }
            return BatchExecuteStatementOutput(
                responses: state.responses.compactMap { $0 }, consumedCapacity: state.meter.all)
        }
        if let output { completion(.success(output)) }
    }
}

extension StoreError {
    /// The error as a batch tells it: `ResourceNotFound` for `ResourceNotFoundException`.
    fileprivate var inBatch: BatchStatementResponse.Failure {
        let suffix = "Exception"
        let short =
            code == "ValidationException"
            ? "ValidationError" : code.hasSuffix(suffix) ? String(code.dropLast(suffix.count)) : code
        return BatchStatementResponse.Failure(code: short, message: message, item: item)
    }
}
