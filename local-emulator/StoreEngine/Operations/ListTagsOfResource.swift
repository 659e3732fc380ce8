/// ListTagsOfResource. A table's 50 tags come in one answer, so that there is never a `NextToken`.
extension StoreEngine {
    package func listTagsOfResource(_ input: ListTagsOfResourceInput) throws(StoreError) -> ListTagsOfResourceOutput {
        guard let table = try taggedTable(input.resourceARN, operation: "ListTagsOfResource") else {
            throw denied("ListTagsOfResource", input.resourceARN)
        }
        guard input.nextToken == nil else { throw .validation("Invalid NextToken: no answer gave one") }
        return ListTagsOfResourceOutput(tags: table.definition.tags ?? [])
    }
}
