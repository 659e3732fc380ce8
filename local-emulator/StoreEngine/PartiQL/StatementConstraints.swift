/// What the service's model says of statements, for the three operations that take some.
extension ConstraintViolations {
    /// The most characters of a statement.
    private static let longestStatement = 8192

    mutating func check(statement: String, parameterCount: Int?, at path: String) {
        if statement.isEmpty {
            add(statement, at: "\(path)statement", "Member must have length greater than or equal to 1")
        }
        if statement.unicodeScalars.count > Self.longestStatement {
            add(statement, at: "\(path)statement", "Member must have length less than or equal to \(Self.longestStatement)")
        }
        if parameterCount == 0 {
            add("[]", at: "\(path)parameters", "Member must have length greater than or equal to 1")
        }
    }

    mutating func check(statements: [StatementRequest], atMost most: Int, at name: String) {
        if statements.isEmpty { add("[]", at: name, "Member must have length greater than or equal to 1") }
        if statements.count > most {
            add(
                "[\(statements.map { "ParameterizedStatement(statement=\($0.statement))" }.joined(separator: ", "))]", at: name,
                "Member must have length less than or equal to \(most)")
        }
        for (index, statement) in statements.enumerated() {
            check(
                statement: statement.statement, parameterCount: statement.parameters?.count,
                at: "\(name).\(index + 1).member.")
        }
    }

    mutating func check(text: String?, at name: String, atMost most: Int) {
        guard let text else { return }
        if text.isEmpty { add(text, at: name, "Member must have length greater than or equal to 1") }
        if text.utf8.count > most { add(text, at: name, "Member must have length less than or equal to \(most)") }
    }
}
