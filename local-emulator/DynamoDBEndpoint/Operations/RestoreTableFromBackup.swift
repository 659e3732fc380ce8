import StoreEngine

enum RestoreTableFromBackup: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = RestoreTableFromBackupInput(
            targetTableName: try request.requiredName("TargetTableName"),
            backupArn: try request.requiredString("BackupArn", length: BackupMember.arnLength),
            overrides: try request.restoreOverrides())
        try request.check()
        store.restoreTableFromBackup(
            input,
            completion: answering(completion) { (output: RestoreTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }
}
