internal import RoostSQLite

/// UpdateTimeToLive. It takes effect with the answer, where the service takes up to an hour, and may be changed again at
/// once, where the service wants an hour in between.
extension StoreEngine {
    package func updateTimeToLive(
        _ input: UpdateTimeToLiveInput,
        completion: @escaping @Sendable (Result<UpdateTimeToLiveOutput, StoreError>) -> Void
    ) {
        let specification = input.timeToLiveSpecification
        let table: Table
        do throws(StoreError) {
            table = try timeToLiveTable(input.tableName)
            try Self.checkAttributeName(specification.attributeName)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            try transaction.setTimeToLive(specification, of: try transaction.current(table))
            return UpdateTimeToLiveOutput(timeToLiveSpecification: specification)
        }
    }

    func timeToLiveTable(_ name: String) throws(StoreError) -> Table {
        guard let table = findTable(name) else {
            try TableNameRule.check(name)
            throw .tableNotFound(Self.name(fromARN: name) ?? name)
        }
        return table
    }

    private static func checkAttributeName(_ name: String) throws(StoreError) {
        var violations = ConstraintViolations()
        let path = "timeToLiveSpecification.attributeName"
        if name.isEmpty { violations.add(name, at: path, "Member must have length greater than or equal to 1") }
        if name.utf8.count > 255 { violations.add(name, at: path, "Member must have length less than or equal to 255") }
        try violations.check()
    }
}

extension WriteTransaction {
    fileprivate func setTimeToLive(_ specification: TimeToLiveSpecification, of table: Table) throws {
        var definition = table.definition
        switch (specification.enabled, definition.timeToLiveAttribute) {
        case (true, specification.attributeName):
            throw StoreError.validation("TimeToLive is already enabled")
        case (true, let other?):
            throw StoreError.validation("TimeToLive is active on a different AttributeName: current AttributeName is \(other)")
        case (false, nil):
            throw StoreError.validation("TimeToLive is already disabled")
        case (false, let other?) where other != specification.attributeName:
            throw StoreError.validation("TimeToLive is active on a different AttributeName: current AttributeName is \(other)")
        case (true, nil): definition.timeToLiveAttribute = specification.attributeName
        case (false, _): definition.timeToLiveAttribute = nil
        }
        try willChange()
        guard let changed = Table(id: table.id, definition: definition, arn: table.arn, stream: table.stream) else {
            throw StoreError.internalFailure("the table \(table.name) has a key attribute without a definition")
        }
        let data = try CatalogueFile.encode(definition)
        try database.run("UPDATE tables SET definition = ? WHERE id = ?", .data(data), .integer(table.id))
        database.clearStatementCache()
        let sql = ExpirySQL(id: table.id)
        try database.execute(sql.drop)
        if specification.enabled {
            try database.execute(sql.create)
            try fillExpiry(of: changed, sql)
        }
        setTable(changed, named: table.name)
    }

    private func fillExpiry(of table: Table, _ sql: ExpirySQL) throws {
        try database.forEach("SELECT h, r, size, item FROM \(table.sql.table)") { row in
            let document = ItemDocument(json: row.bytes(3), size: Int(row.integer(2)))
            if let expiry = table.expiry(of: try document.attributes()) {
                try database.run(sql.put, .integer(expiry), .blob(row.bytes(0)), .blob(row.bytes(1)))
            }
            return true
        }
    }
}
