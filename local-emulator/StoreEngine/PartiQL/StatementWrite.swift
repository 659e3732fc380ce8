internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

extension PreparedWrite {
    /// The write of the one item that the statement names.
    ///
    /// An INSERT has the condition that there is no item, an UPDATE that there is one; a DELETE of nothing does nothing,
    /// whatever its condition.
    func write(
        in table: Table, onFailure: ReturnValuesOnConditionCheckFailure
    ) throws(StoreError) -> ItemWrite {
        let hash = DocumentPath(root: table.key.hash.name)
        let write: ItemWrite
        let condition: Condition?
        switch action {
        case .insert(let item):
            write = try .put(item, into: table)
            condition = .notExists(hash)
        case .update(let update):
            let key = try key(in: table)
            write = try .update(key.key, update, in: table)
            condition = .all([.exists(hash)] + key.rest)
        case .delete:
            let key = try key(in: table)
            write = try .delete(key.key, from: table)
            condition = key.rest.isEmpty ? nil : .any([.notExists(hash), .all(key.rest)])
        case .check:
            let key = StatementKey(self.condition, table.key)
            guard key.isComplete(table.key), !key.rest.isEmpty else {
                throw .validation("EXISTS() must contain a single item read with additional condition")
            }
            write = try .check(key.key, in: table)
            condition = .all(key.rest)
        }
        return try write.on(condition.map { ConditionExpression(condition: $0) }, onFailure: onFailure)
    }

    private func key(in table: Table) throws(StoreError) -> StatementKey {
        let key = StatementKey(condition, table.key)
        guard key.isComplete(table.key) else { throw Self.incompleteKey }
        if let name = key.conflict {
            throw .validation("Multiple conditions on same key \(name). Only single item Update/Insert/Delete are supported")
        }
        return key
    }

    static let incompleteKey = StoreError.validation(
        "Where clause does not contain a mandatory equality on all key attributes")

    var isInsert: Bool {
        if case .insert = action { true } else { false }
    }

    /// What RETURNING answers; nil where that is nothing.
    func returned(_ outcome: ItemWrite.Outcome) throws -> ItemDocument? {
        guard let returning else { return nil }
        switch returning {
        case .allOld: return outcome.before.document
        case .allNew: return outcome.after?.document
        case .modifiedOld: return modified(try outcome.before.attributes())
        case .modifiedNew: return modified(outcome.after?.attributes ?? [:])
        }
    }

    private func modified(_ item: AttributeMap) -> ItemDocument? {
        guard case .update(let update) = action else { return nil }
        let part = ProjectionExpression(paths: update.paths).project(item)
        return part.isEmpty ? nil : ItemDocument(part)
    }

    /// The error as statements have it: an INSERT's failed condition is a duplicate, and an item that an update makes too
    /// deep is told shorter.
    func translated(_ error: StoreError) -> StoreError {
        if isInsert, error.code == "ConditionalCheckFailedException" { return .duplicateItem }
        let tooDeep = "Nesting Levels have exceeded supported limits"
        if error.code == "ValidationException", error.message.hasPrefix("\(tooDeep):") { return .validation(tooDeep) }
        return error
    }
}

extension StoreError {
    static let duplicateItem = StoreError(
        code: "DuplicateItemException", message: "Duplicate primary key exists in table")
}

extension WriteTransaction {
    /// Does a statement's write.
    ///
    /// - Returns: what RETURNING answers, and what was written.
    func perform(_ statement: PreparedWrite, _ write: ItemWrite) throws -> (item: ItemDocument?, effect: WriteEffect) {
        do {
            let outcome = try evaluate(write)
            let effect = try apply(write, outcome)
            return (try statement.returned(outcome), effect)
        } catch {
            throw statement.translated(StoreError(any: error))
        }
    }
}
