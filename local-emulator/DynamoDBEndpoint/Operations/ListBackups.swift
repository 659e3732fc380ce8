import StoreEngine

enum ListBackups: ReadOperation {
    /// `BackupType`; backups by AWS Backup are none of this store's, so that there are none to list.
    private enum TypeFilter: String {
        case user = "USER"
        case system = "SYSTEM"
        case awsBackup = "AWS_BACKUP"
        case all = "ALL"
    }

    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let filter: TypeFilter = try request.option("BackupType", order: "USER, SYSTEM, AWS_BACKUP, ALL") ?? .user
        let input = ListBackupsInput(
            tableName: try request.string("TableName", length: BackupMember.tableLength),
            limit: try request.integer("Limit", in: 1...StoreEngine.mostBackups),
            timeRangeLowerBound: try request.timestamp("TimeRangeLowerBound"),
            timeRangeUpperBound: try request.timestamp("TimeRangeUpperBound"),
            exclusiveStartBackupArn: try request.string("ExclusiveStartBackupArn", length: BackupMember.arnLength),
            backupType: filter == .all ? nil : filter == .system ? .system : .user)
        try request.check()
        var output = try ask { () throws(StoreError) in try store.listBackups(input) }
        if filter == .awsBackup { output = ListBackupsOutput.none }
        return JSONObjectWriter.object { writer in
            writer.array("BackupSummaries", output.backups.map(JSONObjectWriter.backupSummary))
            writer.string("LastEvaluatedBackupArn", output.lastEvaluatedBackupArn)
        }
    }
}
