import StoreEngine

enum CreateBackup: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = CreateBackupInput(
            tableName: try request.requiredString("TableName", length: BackupMember.tableLength),
            backupName: try request.requiredName("BackupName"))
        try request.check()
        store.createBackup(
            input,
            completion: answering(completion) { (details: BackupDetails) in
                JSONObjectWriter.object { $0.backupDetails("BackupDetails", details) }
            })
    }
}
