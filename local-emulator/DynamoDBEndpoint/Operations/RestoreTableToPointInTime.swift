import StoreEngine

enum RestoreTableToPointInTime: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let name = try request.tableName("SourceTableName")
        let arn = try request.string("SourceTableArn", length: BackupMember.tableLength)
        let input = RestoreTableToPointInTimeInput(
            sourceTable: arn ?? name, targetTableName: try request.requiredName("TargetTableName"),
            useLatestRestorableTime: try request.bool("UseLatestRestorableTime"),
            restoreDateTime: try request.timestamp("RestoreDateTime"), overrides: try request.restoreOverrides())
        try request.check()
        guard arn == nil || name == nil else {
            throw .validation("Only one of SourceTableName and SourceTableArn can be specified")
        }
        store.restoreTableToPointInTime(
            input,
            completion: answering(completion) { (output: RestoreTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }
}
