/// ListTables: names in byte order, at most 100 in an answer.
extension StoreEngine {
    static let mostTableNames = 100

    package func listTables(_ input: ListTablesInput) throws(StoreError) -> ListTablesOutput {
        var violations = ConstraintViolations()
        violations.checkLimit(input.limit, atMost: Self.mostTableNames)
        try violations.check()
        if let start = input.exclusiveStartTableName {
            try TableNameRule.check(start, parameter: "exclusiveStartTableName")
        }
        let limit = input.limit ?? Self.mostTableNames
        var names = catalogue.snapshot.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        if let start = input.exclusiveStartTableName {
            names.removeAll { !start.utf8.lexicographicallyPrecedes($0.utf8) }
        }
        let page = Array(names.prefix(limit))
        return ListTablesOutput(tableNames: page, lastEvaluatedTableName: names.count > limit ? page.last : nil)
    }
}
