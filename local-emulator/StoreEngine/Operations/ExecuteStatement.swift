internal import LambdaEvents
internal import PartiQL

/// ExecuteStatement. Checks, in the service's order: the model's constraints, the parameters' values, the statement's text,
/// its literals and operands, the table, and what the statement says of the table's key.
///
/// A SELECT answers within the call, a write when it is on disk.
extension StoreEngine {
    static let longestNextToken = 32_768

    package func executeStatement(
        _ input: ExecuteStatementInput,
        completion: @escaping @Sendable (Result<ExecuteStatementOutput, StoreError>) -> Void
    ) {
        do throws(StoreError) {
            let parameters = try Self.parameters(input)
            switch try PreparedStatement(input.statement, parameters) {
            case .read(let read): completion(.success(try select(read, input, parameters)))
            case .write(let statement): submit(statement, try prepare(statement, input), input, completion)
            }
        } catch {
            completion(.failure(error))
        }
    }

    private static func parameters(_ input: ExecuteStatementInput) throws(StoreError) -> [AttributeValue] {
        var violations = ConstraintViolations()
        violations.check(statement: input.statement, parameterCount: input.parameters?.count, at: "")
        violations.check(text: input.nextToken, at: "nextToken", atMost: longestNextToken)
        violations.checkLimit(input.limit)
        try violations.check()
        return try StatementParameters.normalized(input.parameters, mistakes: input.parameterMistakes)
    }

    // MARK: Reads

    private func select(
        _ prepared: PreparedRead, _ input: ExecuteStatementInput, _ parameters: [AttributeValue]
    ) throws(StoreError) -> ExecuteStatementOutput {
        let read = try StatementRead(
            prepared, in: try statementTable(prepared.from.table), consistent: input.consistentRead)
        var digest = StatementDigest()
        digest.add(input.statement, parameters)
        let token = try input.nextToken.map { text throws(StoreError) in try NextToken(text, for: digest.value) }
        let (page, meter) = try self.read(read.source.table) { database in
            var meter = CapacityMeter(input.returnConsumedCapacity)
            let page = try read.page(
                database, limit: input.limit, after: token, consistent: input.consistentRead, &meter)
            return (page, meter)
        }
        return ExecuteStatementOutput(
            items: page.items, nextToken: page.next?.text(for: digest.value), lastEvaluatedKey: page.next?.startKey,
            consumedCapacity: meter.one)
    }

    /// The table of a statement. A name that no table can have is told so in the words of statements.
    func statementTable(_ name: String) throws(StoreError) -> Table {
        do throws(StoreError) {
            return try table(name)
        } catch {
            guard error.code == "ValidationException" else { throw error }
            throw .validation(
                "Table name should be within the length [3, 255] and only contain 'a-z', 'A-Z', '0-9', '-', '_', '.'.")
        }
    }

    // MARK: Writes

    private func prepare(_ statement: PreparedWrite, _ input: ExecuteStatementInput) throws(StoreError) -> ItemWrite {
        if case .check = statement.action {
            throw .validation("EXISTS can only be used in ExecuteTransaction write requests.")
        }
        return try statement.write(
            in: try statementTable(statement.tableName), onFailure: input.returnValuesOnConditionCheckFailure)
    }

    private func submit(
        _ statement: PreparedWrite, _ write: ItemWrite, _ input: ExecuteStatementInput,
        _ completion: @escaping @Sendable (Result<ExecuteStatementOutput, StoreError>) -> Void
    ) {
        writer.submit(completion) { transaction in
            var meter = CapacityMeter(input.returnConsumedCapacity)
            let (item, effect) = try transaction.perform(statement, write)
            meter.addWrite(effect, of: write.table.name)
            return ExecuteStatementOutput(items: item.map { [$0] } ?? [], consumedCapacity: meter.one)
        }
    }
}
