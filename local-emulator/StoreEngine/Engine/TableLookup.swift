internal import RoostSQLite

extension StoreEngine {
    /// The table by its name or its ARN, or nil.
    func findTable(_ nameOrARN: String) -> Table? {
        if let table = catalogue.table(named: nameOrARN) { return table }
        guard let name = Self.name(fromARN: nameOrARN) else { return nil }
        guard let table = catalogue.table(named: name), table.arn == nameOrARN else { return nil }
        return table
    }

    /// The item operations' look-up.
    func table(_ nameOrARN: String) throws(StoreError) -> Table {
        if let table = findTable(nameOrARN) {
            guard !table.isBeingRestored else { throw .resourceNotFound }
            return table
        }
        try TableNameRule.check(nameOrARN)
        throw .resourceNotFound
    }

    /// The table operations' look-up, which names what it did not find.
    func namedTable(_ nameOrARN: String) throws(StoreError) -> Table {
        if let table = findTable(nameOrARN) { return table }
        try TableNameRule.check(nameOrARN)
        throw .tableNotFound(Self.name(fromARN: nameOrARN) ?? nameOrARN)
    }

    static func name(fromARN text: String) -> String? {
        guard text.hasPrefix("arn:"), let slash = text.firstIndex(of: "/") else { return nil }
        return String(text[text.index(after: slash)...])
    }

    /// Reads items of a table. A table that was deleted since it was looked up is not there, rather than broken.
    func read<T: Sendable>(
        _ table: Table, _ body: @Sendable (SQLiteDatabase) throws -> T
    ) throws(StoreError) -> T {
        do {
            return try readers.read(body)
        } catch {
            let current = catalogue.table(named: table.name)
            if current?.id != table.id { throw .resourceNotFound }
            // So is an index that was deleted meanwhile.
            let gone =
                table.indexes.map(\.name).first { current?.index(named: $0) == nil }
                ?? table.vectorIndexes.map(\.name).first { current?.vectorIndex(named: $0) == nil }
            if let gone { throw .validation("The table does not have the specified index: \(gone)") }
            throw error
        }
    }
}

/// What a table's or index's name may be ("Naming rules", Developer Guide): 3 to 255 of a-z, A-Z, 0-9, `_`, `-` and `.`.
package enum TableNameRule {
    package static let pattern = "[a-zA-Z0-9_.-]+"

    /// For a name that a table is looked up by. An ARN has a form of its own.
    static func check(_ name: String) throws(StoreError) {
        guard !name.hasPrefix("arn:") else { return }
        try check(name, parameter: "tableName")
    }

    static func check(_ name: String, parameter: String) throws(StoreError) {
        var violations = ConstraintViolations()
        note(name, at: parameter, &violations)
        try violations.check()
    }

    /// For a name that is made, or that no ARN can stand for.
    static func note(_ name: String, at path: String, _ violations: inout ConstraintViolations) {
        if !isMadeOfAllowedCharacters(name) {
            violations.add(name, at: path, "Member must satisfy regular expression pattern: \(pattern)")
        }
        if name.utf8.count < 3 { violations.add(name, at: path, "Member must have length greater than or equal to 3") }
        if name.utf8.count > 255 { violations.add(name, at: path, "Member must have length less than or equal to 255") }
    }

    /// Notes what an item operation's parameter has against the rule: a table's name, or its ARN, which has a form of its own.
    package static func check(_ name: String, at path: @autoclosure () -> String, _ violations: inout ConstraintViolations) {
        guard !isKept(by: name), !name.hasPrefix("arn:") else { return }
        let path = path()
        guard !name.isEmpty else {
            let constraint = "Member must have length greater than or equal to 1"
            violations.add(
                name, at: path, constraint,
                current: .init("Value at 'TableName' failed to satisfy constraint: \(constraint)", isAlone: true))
            return
        }
        note(name, at: path, &violations)
    }

    /// Whether a name has the form and the length of a table's.
    package static func isKept(by name: String) -> Bool {
        (3...255).contains(name.utf8.count) && isMadeOfAllowedCharacters(name)
    }

    package static func isMadeOfAllowedCharacters(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
