internal import Foundation

extension StoreEngine {
    package func describeBackup(_ backupArn: String) throws(StoreError) -> BackupDescription {
        let backup = try readers.read { try StoredBackup.find(backupArn, in: $0) }
        guard let backup else { throw StoredBackup.notFound(backupArn) }
        return BackupDescription(backup)
    }
}

extension BackupDescription {
    init(_ backup: StoredBackup) {
        let definition = backup.definition
        self.init(
            backupDetails: BackupDetails(backup), tableName: definition.name, tableId: definition.tableID,
            tableArn: backup.tableARN, tableSizeBytes: backup.bytes, itemCount: backup.items,
            tableCreationDateTime: Date(timeIntervalSince1970: definition.createdSeconds), keySchema: definition.keySchema,
            billingMode: definition.billingMode, provisionedThroughput: definition.provisionedThroughput,
            onDemandThroughput: definition.onDemandThroughput, globalSecondaryIndexes: definition.globalSecondaryIndexes,
            localSecondaryIndexes: definition.localSecondaryIndexes ?? [], vectorIndexes: definition.vectorIndexes ?? [],
            streamSpecification: definition.streamSpecification, timeToLiveAttribute: definition.timeToLiveAttribute)
    }
}
