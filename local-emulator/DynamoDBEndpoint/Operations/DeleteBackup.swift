import StoreEngine

enum DeleteBackup: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let arn = try request.requiredString("BackupArn", length: BackupMember.arnLength)
        try request.check()
        store.deleteBackup(
            arn,
            completion: answering(completion) { (backup: BackupDescription) in
                JSONObjectWriter.object { $0.backup("BackupDescription", backup) }
            })
    }
}
