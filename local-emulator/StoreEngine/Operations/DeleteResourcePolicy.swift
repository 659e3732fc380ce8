/// DeleteResourcePolicy: idempotent, unless a revision is expected.
extension StoreEngine {
    /// - Returns: the revision that was deleted; empty when there was none.
    package func deleteResourcePolicy(
        _ resourceArn: String, expectedRevisionID: String?,
        completion: @escaping @Sendable (Result<String, StoreError>) -> Void
    ) {
        let place: PolicyPlace
        do throws(StoreError) {
            place = try PolicyPlace(resourceArn)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let table = try place.table(in: transaction.tables, resourceArn)
            let old = place.policy(of: table.definition)
            try place.check(expectedRevisionID, against: old)
            guard let old else { return "" }
            try transaction.redefine(table) { place.setPolicy(nil, of: &$0) }
            return old.revisionID
        }
    }
}
