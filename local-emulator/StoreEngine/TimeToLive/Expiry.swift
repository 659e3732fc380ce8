internal import LambdaEvents

extension Table {
    /// Nil while the table has no TTL.
    var expirySQL: ExpirySQL? { definition.timeToLiveAttribute == nil ? nil : ExpirySQL(id: id) }

    /// When an item expires, in seconds since 1970; nil when its TTL attribute is missing or no number, which the service
    /// ignores ("How it works: DynamoDB Time to Live", Developer Guide).
    func expiry(of item: AttributeMap) -> Int64? {
        guard let attribute = definition.timeToLiveAttribute, case .number(let text)? = item[attribute] else { return nil }
        // Whole seconds: a fraction is cut off. Larger numbers than fit are no times.
        return Int64(text) ?? Double(text).flatMap { Int64(exactly: $0.rounded(.down)) }
    }
}

extension WriteTransaction {
    func replaceExpiry(_ current: CurrentItem, with new: NewItem?, at key: ItemKey, in table: Table) throws {
        guard let sql = table.expirySQL else { return }
        let before = current.document == nil ? nil : table.expiry(of: try current.attributes())
        let after = new.flatMap { table.expiry(of: $0.attributes) }
        guard before != after else { return }
        if let before { try database.run(sql.delete, .integer(before), .blob(key.hash), .blob(key.range)) }
        if let after { try database.run(sql.put, .integer(after), .blob(key.hash), .blob(key.range)) }
    }
}
