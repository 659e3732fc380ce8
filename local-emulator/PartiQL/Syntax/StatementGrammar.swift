extension Parser {
    /// The whole text: one statement, perhaps a semicolon, and nothing behind it.
    mutating func statement() throws(StatementError) -> Statement {
        let statement: Statement?
        let bare: Expression?
        switch head.kind {
        case .keyword("select"): (statement, bare) = (.select(try select()), nil)
        case .keyword("insert"): (statement, bare) = (.insert(try insert()), nil)
        case .keyword("update"): (statement, bare) = (.update(try update()), nil)
        case .keyword("delete"): (statement, bare) = (.delete(try delete()), nil)
        case .keyword("from"): (statement, bare) = (.update(try updateWithSourceFirst()), nil)
        default: (statement, bare) = (nil, try expression())
        }
        _ = takeSign(";")
        guard head.kind == .end else { throw .leftover }
        if let statement { return statement }
        if case .call("exists", let arguments)? = bare?.kind, arguments.count == 1,
            case .select(let select)? = arguments.first?.kind
        {
            return .exists(select)
        }
        throw StatementError("Unsupported operation: \(bare?.identifier ?? "")")
    }

    // MARK: SELECT

    mutating func select() throws(StatementError) -> SelectStatement {
        next()
        if let token = [head].first(where: { $0.kind == .keyword("distinct") }) {
            throw StatementError("Unsupported clause: DISTINCT at \(token.position)")
        }
        if let token = [head].first(where: { $0.kind == .keyword("value") }) {
            throw StatementError("Unsupported clause: VALUE at \(token.position)")
        }
        let columns = try columns()
        guard take("from") else { throw .notWellFormed("Expected FROM after SELECT list") }
        let from = try source()
        var condition: Expression?
        if take("where") { condition = try expression() }
        try refuseClause("group", "GROUP BY")
        try refuseClause("having", "HAVING")
        let order = try order()
        try refuseClause("limit", "LIMIT")
        return SelectStatement(columns: columns, from: from, condition: condition, order: order)
    }

    private func refuseClause(_ keyword: String, _ name: String) throws(StatementError) {
        guard head.kind == .keyword(keyword) else { return }
        throw StatementError("Unsupported clause: \(name) at \(head.position)")
    }

    /// What SELECT asks for; nil for all.
    private mutating func columns() throws(StatementError) -> [Expression]? {
        var columns: [Expression] = []
        var hasStar = false
        repeat {
            if head.kind == .sign("*") {
                next()
                hasStar = true
            } else {
                columns.append(try expression())
                if isAlias(head) { throw .aliasing }
            }
        } while takeSign(",")
        guard hasStar else { return columns }
        guard columns.isEmpty else {
            throw StatementError("Other attributes should not be present in the projection when '*' is used.")
        }
        return nil
    }

    private mutating func order() throws(StatementError) -> [SelectStatement.OrderTerm] {
        guard take("order") else { return [] }
        guard takeWord("by") else { throw .notWellFormed("Expected BY after ORDER") }
        var terms: [SelectStatement.OrderTerm] = []
        repeat {
            let expression = try expression()
            let isDescending = take("desc")
            if !isDescending { _ = take("asc") }
            terms.append(SelectStatement.OrderTerm(expression: expression, isDescending: isDescending))
        } while takeSign(",")
        return terms
    }

    // MARK: Sources

    private func isAlias(_ token: Token) -> Bool {
        switch token.kind {
        case .identifier, .quotedIdentifier, .keyword("as"), .keyword("at"), .keyword("by"): true
        default: false
        }
    }

    /// A table or an index, where any expression may stand as far as the grammar goes.
    private mutating func source() throws(StatementError) -> TableReference {
        let expression = try expression()
        if isAlias(head) { throw .aliasing }
        guard !isJoin(head), case .path(let table, let steps) = expression.kind else {
            throw StatementError("Unexpected from source")
        }
        return try reference(table, steps)
    }

    private func isJoin(_ token: Token) -> Bool {
        switch token.kind {
        case .punctuation(","), .keyword("join"), .keyword("inner"), .keyword("cross"), .keyword("left"), .keyword("right"),
            .keyword("outer"), .keyword("full"):
            true
        default: false
        }
    }

    /// The names of a table and an index, which the service checks before it looks for either.
    private func reference(_ table: String, _ steps: [Expression.Step]) throws(StatementError) -> TableReference {
        var names = [table]
        for step in steps {
            guard case .attribute(let name) = step else { throw StatementError("Invalid list expression in source.") }
            names.append(name)
        }
        guard names.count <= 2 else {
            throw StatementError("A path may contain at most 2 components in the FROM clause")
        }
        guard names.allSatisfy({ !$0.isEmpty }) else { throw StatementError("Path component cannot be an empty string") }
        return TableReference(table: table, index: names.count == 2 ? names[1] : nil)
    }

    /// The table of a write, which is names with points between them.
    private mutating func target() throws(StatementError) -> TableReference {
        let path = try path(isSimple: true)
        guard case .path(let table, let steps) = path.kind else { throw .notWellFormed("Expected identifier for simple path") }
        return try reference(table, steps)
    }

    // MARK: INSERT

    private mutating func insert() throws(StatementError) -> InsertStatement {
        next()
        guard take("into") else { throw .notWellFormed("Unexpected keyword") }
        let table = try target()
        guard take("value") else {
            // The grammar's other form, of many items, which is not run: an alias reads as the beginning of one.
            _ = try expression()
            guard head.kind == .end || head.kind == .punctuation(";") else { throw .leftover }
            throw StatementError("Unsupported operation: Insert")
        }
        guard table.index == nil else { throw StatementError("FROM clause may only contain a single table name") }
        let item = try expression()
        return InsertStatement(table: table, item: item, returning: try returning())
    }

    // MARK: UPDATE and DELETE

    private mutating func update() throws(StatementError) -> UpdateStatement {
        next()
        let table = try target()
        if isAlias(head) { throw .aliasing }
        let changes = try changes()
        var condition: Expression?
        if take("where") { condition = try expression() }
        return UpdateStatement(table: table, changes: changes, condition: condition, returning: try returning())
    }

    /// `FROM table WHERE … SET …`, the other order of an update's parts.
    mutating func updateWithSourceFirst() throws(StatementError) -> UpdateStatement {
        next()
        let table = try source()
        var condition: Expression?
        if take("where") { condition = try expression() }
        let changes = try changes()
        return UpdateStatement(table: table, changes: changes, condition: condition, returning: try returning())
    }

    private mutating func changes() throws(StatementError) -> [UpdateStatement.Change] {
        var changes: [UpdateStatement.Change] = []
        while true {
            if take("set") {
                repeat {
                    let path = try path(isSimple: true)
                    guard head.kind == .sign("=") else { throw .notWellFormed("Expected '=' after path in SET") }
                    next()
                    changes.append(.set(path: path, value: try expression()))
                } while takeSign(",")
            } else if take("remove") {
                repeat { changes.append(.remove(path: try path(isSimple: true))) } while takeSign(",")
            } else {
                guard !changes.isEmpty else { throw .notWellFormed("Expected data manipulation") }
                return changes
            }
        }
    }

    private mutating func delete() throws(StatementError) -> DeleteStatement {
        next()
        guard take("from") else { throw .notWellFormed("Expected FROM after DELETE") }
        let table = try target()
        if isAlias(head) { throw .aliasing }
        var condition: Expression?
        if take("where") { condition = try expression() }
        return DeleteStatement(table: table, condition: condition, returning: try returning())
    }

    private mutating func returning() throws(StatementError) -> Returning? {
        guard take("returning") else { return nil }
        let isAll = take("all")
        guard isAll || takeWord("modified") else { throw .notWellFormed("Expected MODIFIED or ALL in returning clause") }
        let isOld = takeWord("old")
        guard isOld || takeWord("new") else { throw .notWellFormed("Expected OLD or NEW in returning clause") }
        guard head.kind == .sign("*") else { throw StatementError("Only * is supported in the RETURNING clause") }
        next()
        switch (isAll, isOld) {
        case (true, true): return .allOld
        case (true, false): return .allNew
        case (false, true): return .modifiedOld
        case (false, false): return .modifiedNew
        }
    }
}
