/// UntagResource: takes tags from a table; keys that it does not have are no mistake.
extension StoreEngine {
    package func untagResource(
        _ input: UntagResourceInput, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            guard let found = try taggedTable(input.resourceARN, operation: "UntagResource") else {
                throw Self.resourceNotFound(input.resourceARN)
            }
            table = found
            guard !input.tagKeys.isEmpty else { throw .validation("Atleast one Tag Key needs to be provided as Input.") }
            try TagRule.check(keys: input.tagKeys)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let current = try transaction.current(table)
            var definition = current.definition
            let keys = Set(input.tagKeys)
            definition.tags?.removeAll { keys.contains($0.key) }
            try transaction.redefine(current) { $0 = definition }
        }
    }
}
