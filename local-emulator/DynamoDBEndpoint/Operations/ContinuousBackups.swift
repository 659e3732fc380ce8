import StoreEngine

enum UpdateContinuousBackups: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let tableName = try request.requiredString("TableName", length: BackupMember.tableLength)
        let specification = try request.requiredStructure("PointInTimeRecoverySpecification")
        let input = UpdateContinuousBackupsInput(
            tableName: tableName,
            pointInTimeRecoveryEnabled: try specification?.requiredBool("PointInTimeRecoveryEnabled") ?? false,
            recoveryPeriodInDays: try specification?.integer("RecoveryPeriodInDays", in: BackupMember.recoveryPeriodDays))
        try request.check()
        store.updateContinuousBackups(
            input,
            completion: answering(completion) { (output: ContinuousBackupsDescription) in
                JSONObjectWriter.object { $0.continuousBackups(output) }
            })
    }
}

enum DescribeContinuousBackups: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let tableName = try request.requiredString("TableName", length: BackupMember.tableLength)
        try request.check()
        let output = try ask { () throws(StoreError) in try store.describeContinuousBackups(tableName) }
        return JSONObjectWriter.object { $0.continuousBackups(output) }
    }
}
