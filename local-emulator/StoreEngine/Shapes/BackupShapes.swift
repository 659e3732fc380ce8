#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

package struct BackupDetails: Sendable {
    package var backupArn: String
    package var backupName: String
    package var backupSizeBytes: Int
    package var backupStatus: BackupStatus
    package var backupType: BackupType
    package var backupCreationDateTime: Date
    /// Only of system backups.
    package var backupExpiryDateTime: Date?
}

/// A backup, and its table as it was then.
package struct BackupDescription: Sendable {
    package var backupDetails: BackupDetails
    package var tableName: String
    package var tableId: String
    package var tableArn: String
    package var tableSizeBytes: Int
    package var itemCount: Int
    package var tableCreationDateTime: Date
    package var keySchema: [KeySchemaElement]
    package var billingMode: BillingMode
    package var provisionedThroughput: ProvisionedThroughput?
    package var onDemandThroughput: OnDemandThroughput?
    package var globalSecondaryIndexes: [GlobalSecondaryIndex]
    package var localSecondaryIndexes: [LocalSecondaryIndex]
    package var vectorIndexes: [VectorIndex]
    package var streamSpecification: StreamSpecification?
    package var timeToLiveAttribute: String?
}

package struct CreateBackupInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var backupName: String

    package init(tableName: String, backupName: String) {
        self.tableName = tableName
        self.backupName = backupName
    }
}

package struct ListBackupsInput: Sendable {
    /// The table's name or its ARN; nil for all tables.
    package var tableName: String?
    package var limit: Int?
    /// The first moment, and the first one that is too late.
    package var timeRangeLowerBound: Date?
    package var timeRangeUpperBound: Date?
    package var exclusiveStartBackupArn: String?
    /// Nil for both.
    package var backupType: BackupType?

    package init(
        tableName: String? = nil, limit: Int? = nil, timeRangeLowerBound: Date? = nil, timeRangeUpperBound: Date? = nil,
        exclusiveStartBackupArn: String? = nil, backupType: BackupType? = .user
    ) {
        self.tableName = tableName
        self.limit = limit
        self.timeRangeLowerBound = timeRangeLowerBound
        self.timeRangeUpperBound = timeRangeUpperBound
        self.exclusiveStartBackupArn = exclusiveStartBackupArn
        self.backupType = backupType
    }
}

package struct ListBackupsOutput: Sendable {
    package var backups: [BackupDescription]
    package var lastEvaluatedBackupArn: String? = nil

    package static let none = ListBackupsOutput(backups: [])
}

/// What a restored table has in place of its source's.
package struct RestoreOverrides: Sendable {
    package var billingMode: BillingMode?
    package var globalSecondaryIndexes: [GlobalSecondaryIndex]?
    package var localSecondaryIndexes: [LocalSecondaryIndex]?
    package var vectorIndexes: [VectorIndex]?
    package var provisionedThroughput: ProvisionedThroughput?
    package var onDemandThroughput: OnDemandThroughput?
    package var sse: SSESpecification?

    package init(
        billingMode: BillingMode? = nil, globalSecondaryIndexes: [GlobalSecondaryIndex]? = nil,
        localSecondaryIndexes: [LocalSecondaryIndex]? = nil, provisionedThroughput: ProvisionedThroughput? = nil,
        onDemandThroughput: OnDemandThroughput? = nil, sse: SSESpecification? = nil, vectorIndexes: [VectorIndex]? = nil
    ) {
        self.billingMode = billingMode
        self.globalSecondaryIndexes = globalSecondaryIndexes
        self.localSecondaryIndexes = localSecondaryIndexes
        self.vectorIndexes = vectorIndexes
        self.provisionedThroughput = provisionedThroughput
        self.onDemandThroughput = onDemandThroughput
        self.sse = sse
    }
}

package struct RestoreTableFromBackupInput: Sendable {
    package var targetTableName: String
    package var backupArn: String
    package var overrides: RestoreOverrides

    package init(targetTableName: String, backupArn: String, overrides: RestoreOverrides = RestoreOverrides()) {
        self.targetTableName = targetTableName
        self.backupArn = backupArn
        self.overrides = overrides
    }
}

package struct RestoreTableToPointInTimeInput: Sendable {
    /// The table's name or its ARN.
    package var sourceTable: String?
    package var targetTableName: String
    package var useLatestRestorableTime: Bool?
    package var restoreDateTime: Date?
    package var overrides: RestoreOverrides

    package init(
        sourceTable: String?, targetTableName: String, useLatestRestorableTime: Bool? = nil, restoreDateTime: Date? = nil,
        overrides: RestoreOverrides = RestoreOverrides()
    ) {
        self.sourceTable = sourceTable
        self.targetTableName = targetTableName
        self.useLatestRestorableTime = useLatestRestorableTime
        self.restoreDateTime = restoreDateTime
        self.overrides = overrides
    }
}

package struct RestoreTableOutput: Sendable {
    package var tableDescription: TableDescription
}

package struct UpdateContinuousBackupsInput: Sendable {
    /// The table's name or its ARN.
    package var tableName: String
    package var pointInTimeRecoveryEnabled: Bool
    package var recoveryPeriodInDays: Int?

    package init(tableName: String, pointInTimeRecoveryEnabled: Bool, recoveryPeriodInDays: Int? = nil) {
        self.tableName = tableName
        self.pointInTimeRecoveryEnabled = pointInTimeRecoveryEnabled
        self.recoveryPeriodInDays = recoveryPeriodInDays
    }
}

/// Continuous backups themselves are "ENABLED on all tables at table creation" (DescribeContinuousBackups, API reference).
package struct ContinuousBackupsDescription: Sendable {
    package struct Recovery: Sendable, Equatable {
        package var recoveryPeriodInDays: Int
        package var earliestRestorableDateTime: Date
        package var latestRestorableDateTime: Date
    }

    /// Nil while point-in-time recovery is off.
    package var pointInTimeRecovery: Recovery?
}

/// Where a restored table came from.
package struct RestoreSummary: Sendable, Equatable {
    package var sourceBackupArn: String?
    package var sourceTableArn: String?
    package var restoreDateTime: Date
    package var restoreInProgress: Bool

    init(_ restore: TableRestore) {
        sourceBackupArn = restore.sourceBackupARN
        sourceTableArn = restore.sourceTableARN
        restoreDateTime = Date(timeIntervalSince1970: restore.restoreSeconds)
        restoreInProgress = restore.isInProgress
    }
}
