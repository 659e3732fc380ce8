import StoreEngine

enum DescribeBackup: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let arn = try request.requiredString("BackupArn", length: BackupMember.arnLength)
        try request.check()
        let backup = try ask { () throws(StoreError) in try store.describeBackup(arn) }
        return JSONObjectWriter.object { $0.backup("BackupDescription", backup) }
    }
}
