internal import RoostSQLite

/// UpdateTimeToLive. It takes effect with the answer, where the service takes up to an hour.
///
/// Checks, in the service's order: the table, the attribute's name, what is set already, and the time since the last change.
extension StoreEngine {
    package func updateTimeToLive(
        _ input: UpdateTimeToLiveInput,
        completion: @escaping @Sendable (Result<UpdateTimeToLiveOutput, StoreError>) -> Void
    ) {
        let specification = input.timeToLiveSpecification
        let table: Table
        do throws(StoreError) {
            table = try namedTable(input.tableName)
            try Self.checkAttributeName(specification.attributeName)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            try transaction.setTimeToLive(
                specification, of: try transaction.current(table), waitsBetweenChanges: input.waitsBetweenChanges)
            return UpdateTimeToLiveOutput(timeToLiveSpecification: specification)
        }
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
    /// "Any additional UpdateTimeToLive calls for the same table during this one hour duration result in a
    /// ValidationException" (API reference).
    static let timeToLiveInterval: Double = 3600

    fileprivate func setTimeToLive(
        _ specification: TimeToLiveSpecification, of table: Table, waitsBetweenChanges: Bool
    ) throws {
        var definition = table.definition
        switch (specification.enabled, definition.timeToLiveAttribute) {
        case (true, specification.attributeName):
            throw StoreError.validation("TimeToLive is already enabled")
        case (true, let other?):
            throw StoreError.validation("TimeToLive is active on a different AttributeName: current AttributeName is \(other)")
        case (false, nil):
            throw StoreError.validation("TimeToLive is already disabled")
        case (false, let other?) where !other.hasSameBytes(as: specification.attributeName):
            throw StoreError.validation("TimeToLive is active on a different AttributeName: current AttributeName is \(other)")
        case (true, nil): definition.timeToLiveAttribute = specification.attributeName
        case (false, _): definition.timeToLiveAttribute = nil
        }
        let now = Double(nowMilliseconds) / 1000
        if waitsBetweenChanges, let last = definition.timeToLiveChangedSeconds, now - last < Self.timeToLiveInterval {
            throw StoreError.validation("Time to live has been modified multiple times within a fixed interval")
        }
        definition.timeToLiveChangedSeconds = now
        let changed = try redefine(table) { $0 = definition }
        database.clearStatementCache()
        let sql = ExpirySQL(id: table.id)
        try database.execute(sql.drop)
        if specification.enabled {
            try database.execute(sql.create)
            try fillExpiry(of: changed, sql)
        }
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
