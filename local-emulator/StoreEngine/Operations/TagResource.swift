/// TagResource: adds tags to a table, or gives those that it has new values. It takes effect with the answer.
extension StoreEngine {
    package func tagResource(
        _ input: TagResourceInput, completion: @escaping @Sendable (Result<Void, StoreError>) -> Void
    ) {
        let table: Table
        do throws(StoreError) {
            guard let found = try taggedTable(input.resourceARN, operation: "TagResource") else {
                throw Self.resourceNotFound(input.resourceARN)
            }
            table = found
            guard !input.tags.isEmpty else { throw .validation("Atleast one Tag needs to be provided as Input.") }
            try TagRule.check(input.tags)
        } catch {
            return completion(.failure(error))
        }
        writer.submit(completion) { transaction in
            let current = try transaction.current(table)
            var definition = current.definition
            var tags = definition.tags ?? []
            for tag in input.tags {
                if let place = tags.firstIndex(where: { $0.key == tag.key }) { tags[place] = tag } else { tags.append(tag) }
            }
            try TagRule.checkCount(tags.count)
            definition.tags = tags
            try transaction.redefine(current) { $0 = definition }
        }
    }
}
