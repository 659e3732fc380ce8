import StoreEngine

enum UpdateTimeToLive: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let tableName = try request.tableOperationName()
        let specification = try request.requiredStructure("TimeToLiveSpecification")
        let input = UpdateTimeToLiveInput(
            tableName: tableName,
            timeToLiveSpecification: TimeToLiveSpecification(
                attributeName: try specification?.requiredString("AttributeName") ?? "",
                enabled: try specification?.requiredBool("Enabled") ?? false))
        try request.check()
        store.updateTimeToLive(
            input,
            completion: answering(completion) { (output: UpdateTimeToLiveOutput) in
                JSONObjectWriter.object { writer in
                    writer.object("TimeToLiveSpecification") { writer in
                        writer.bool("Enabled", output.timeToLiveSpecification.enabled)
                        writer.string("AttributeName", output.timeToLiveSpecification.attributeName)
                    }
                }
            })
    }
}

enum DescribeTimeToLive: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = DescribeTimeToLiveInput(tableName: try request.tableOperationName())
        try request.check()
        let output = try ask { () throws(StoreError) in try store.describeTimeToLive(input) }
        return JSONObjectWriter.object { writer in
            writer.object("TimeToLiveDescription") { writer in
                writer.string("TimeToLiveStatus", output.timeToLiveStatus.rawValue)
                writer.string("AttributeName", output.attributeName)
            }
        }
    }
}
