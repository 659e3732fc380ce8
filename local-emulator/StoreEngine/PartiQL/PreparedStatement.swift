internal import DynamoDBExpressions
internal import LambdaEvents
internal import PartiQL

/// A statement with its values and operands checked, before its table is known: the service finds all of these mistakes
/// whether or not the table is there.
enum PreparedStatement: Sendable {
    case read(PreparedRead)
    case write(PreparedWrite)

    /// - Parameter parameters: normalized.
    init(_ text: String, _ parameters: [AttributeValue]) throws(StoreError) {
        let values = StatementValues(parameters: parameters)
        switch try Self.parse(text) {
        case .select(let select): self = .read(try PreparedRead(select, values))
        case .insert(let insert): self = .write(try PreparedWrite(insert, values))
        case .update(let update): self = .write(try PreparedWrite(update, values))
        case .delete(let delete): self = .write(try PreparedWrite(delete, values))
        case .exists(let select): self = .write(try PreparedWrite(exists: select, values))
        }
    }

    private static func parse(_ text: String) throws(StoreError) -> Statement {
        do throws(StatementError) { return try Statement.parse(text) } catch { throw StoreError(error) }
    }

    var isRead: Bool {
        if case .read = self { true } else { false }
    }

    var tableName: String {
        switch self {
        case .read(let read): read.from.table
        case .write(let write): write.tableName
        }
    }
}

/// A SELECT.
struct PreparedRead: Sendable {
    /// Nil for `*`. What is wrong with them the service tells only when it has found the index.
    var columns: Result<[SelectedColumn]?, StoreError>
    var from: TableReference
    var condition: Condition?
    var order: [(name: String, isDescending: Bool)]

    init(_ select: SelectStatement, _ values: StatementValues) throws(StoreError) {
        from = select.from
        columns = Result { () throws(StoreError) in
            try select.columns.map { columns throws(StoreError) in try SelectedColumn.columns(columns) }
        }
        condition = try select.condition.map { condition throws(StoreError) in
            try StatementCondition(values: values).condition(condition)
        }
        order = []
        for term in select.order {
            guard case .path(let name, let steps) = term.expression.kind, steps.isEmpty else {
                throw .validation(
                    "Argument to ORDER BY must be of type VariableReference. Type: \(term.expression.identifier)")
            }
            order.append((name, term.isDescending))
        }
    }
}

/// An INSERT, UPDATE or DELETE, or the condition of a transaction.
struct PreparedWrite: Sendable {
    enum Action: Sendable {
        case insert(AttributeMap)
        case update(UpdateExpression)
        case delete
        case check
    }

    var tableName: String
    var action: Action
    var condition: Condition?
    var returning: Returning?

    init(_ insert: InsertStatement, _ values: StatementValues) throws(StoreError) {
        tableName = insert.table.table
        let item = try values.item(insert.item)
        guard insert.returning == nil else { throw .validation("RETURNING is not supported in INSERT") }
        try ItemWrite.checkSize(item)
        action = .insert(item)
    }

    init(_ update: UpdateStatement, _ values: StatementValues) throws(StoreError) {
        tableName = try Self.tableName(update.table)
        action = .update(try StatementUpdate(values: values).update(update.changes))
        condition = try Self.condition(update.condition, values)
        returning = update.returning
    }

    init(_ delete: DeleteStatement, _ values: StatementValues) throws(StoreError) {
        tableName = try Self.tableName(delete.table)
        action = .delete
        condition = try Self.condition(delete.condition, values)
        returning = delete.returning
        if let returning, returning != .allOld {
            throw .validation(
                "Invalid returning clause: RETURNING \(returning.rawValue). Only RETURNING ALL OLD * is allowed in DELETE "
                    + "statements.")
        }
    }

    init(exists select: SelectStatement, _ values: StatementValues) throws(StoreError) {
        guard select.from.index == nil else {
            throw .validation("Operations on indices are not supported in transactions")
        }
        tableName = select.from.table
        action = .check
        condition = try Self.condition(select.condition, values)
    }

    private static func tableName(_ reference: TableReference) throws(StoreError) -> String {
        guard reference.index == nil else { throw .validation("This operation is not supported on an index") }
        return reference.table
    }

    private static func condition(_ expression: Expression?, _ values: StatementValues) throws(StoreError) -> Condition? {
        try expression.map { expression throws(StoreError) in try StatementCondition(values: values).condition(expression) }
    }
}
