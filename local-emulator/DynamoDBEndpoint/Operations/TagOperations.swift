import StoreEngine

enum TagResource: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = TagResourceInput(resourceARN: try request.string("ResourceArn") ?? "", tags: try request.tags() ?? [])
        try request.check()
        // The service answers with an empty body.
        store.tagResource(input, completion: answering(completion) { (_: Void) in [] })
    }
}

enum UntagResource: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = UntagResourceInput(
            resourceARN: try request.string("ResourceArn") ?? "", tagKeys: try request.strings("TagKeys") ?? [])
        try request.check()
        store.untagResource(input, completion: answering(completion) { (_: Void) in [] })
    }
}

enum ListTagsOfResource: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = ListTagsOfResourceInput(
            resourceARN: try request.string("ResourceArn") ?? "", nextToken: try request.string("NextToken"))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.listTagsOfResource(input) }
        return JSONObjectWriter.object { writer in
            writer.array(
                "Tags",
                output.tags.map { tag in
                    JSONObjectWriter.object { writer in
                        writer.string("Key", tag.key)
                        writer.string("Value", tag.value)
                    }
                })
        }
    }
}
