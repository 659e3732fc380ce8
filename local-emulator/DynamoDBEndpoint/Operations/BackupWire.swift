import StoreEngine

/// How the backup operations' structures are read and written.
extension JSONObjectWriter {
    mutating func backupDetails(_ name: String, _ details: BackupDetails) {
        object(name) { writer in
            writer.string("BackupArn", details.backupArn)
            writer.string("BackupName", details.backupName)
            writer.integer("BackupSizeBytes", details.backupSizeBytes)
            writer.backupState(details)
        }
    }

    private mutating func backupState(_ details: BackupDetails) {
        string("BackupStatus", details.backupStatus.rawValue)
        string("BackupType", details.backupType.rawValue)
        time("BackupCreationDateTime", details.backupCreationDateTime)
        time("BackupExpiryDateTime", details.backupExpiryDateTime)
    }

    mutating func backup(_ name: String, _ backup: BackupDescription) {
        object(name) { writer in
            writer.backupDetails("BackupDetails", backup.backupDetails)
            writer.object("SourceTableDetails") { $0.backupSource(backup) }
            writer.object("SourceTableFeatureDetails") { $0.backupFeatures(backup) }
        }
    }

    private mutating func backupSource(_ backup: BackupDescription) {
        string("TableName", backup.tableName)
        string("TableId", backup.tableId)
        string("TableArn", backup.tableArn)
        integer("TableSizeBytes", backup.tableSizeBytes)
        keySchema(backup.keySchema)
        time("TableCreationDateTime", backup.tableCreationDateTime)
        // A required member: zeros for on-demand capacity.
        throughput(backup.provisionedThroughput ?? ProvisionedThroughput(readCapacityUnits: 0, writeCapacityUnits: 0))
        if let onDemand = backup.onDemandThroughput {
            object("OnDemandThroughput") { writer in
                writer.integer("MaxReadRequestUnits", onDemand.maxReadRequestUnits)
                writer.integer("MaxWriteRequestUnits", onDemand.maxWriteRequestUnits)
            }
        }
        integer("ItemCount", backup.itemCount)
        string("BillingMode", backup.billingMode.rawValue)
    }

    private mutating func backupFeatures(_ backup: BackupDescription) {
        if !backup.localSecondaryIndexes.isEmpty {
            array(
                "LocalSecondaryIndexes",
                backup.localSecondaryIndexes.map { index in
                    Self.object { $0.index(index.indexName, index.keySchema, index.projection) }
                })
        }
        if !backup.globalSecondaryIndexes.isEmpty {
            array(
                "GlobalSecondaryIndexes",
                backup.globalSecondaryIndexes.map { index in
                    Self.object { writer in
                        writer.index(index.indexName, index.keySchema, index.projection)
                        if let given = index.provisionedThroughput { writer.throughput(given) }
                    }
                })
        }
        if !backup.vectorIndexes.isEmpty {
            array("VectorIndexes", backup.vectorIndexes.map { index in Self.object { $0.vectorIndex(index) } })
        }
        if let stream = backup.streamSpecification {
            object("StreamDescription") { writer in
                writer.bool("StreamEnabled", stream.streamEnabled)
                writer.string("StreamViewType", stream.streamViewType?.rawValue)
            }
        }
        if let attribute = backup.timeToLiveAttribute {
            object("TimeToLiveDescription") { writer in
                writer.string("TimeToLiveStatus", "ENABLED")
                writer.string("AttributeName", attribute)
            }
        }
    }

    private mutating func index(_ name: String, _ schema: [KeySchemaElement], _ projection: Projection) {
        string("IndexName", name)
        keySchema(schema)
        self.projection(projection)
    }

    private mutating func throughput(_ throughput: ProvisionedThroughput) {
        object("ProvisionedThroughput") { writer in
            writer.integer("ReadCapacityUnits", throughput.readCapacityUnits)
            writer.integer("WriteCapacityUnits", throughput.writeCapacityUnits)
        }
    }

    static func backupSummary(_ backup: BackupDescription) -> [UInt8] {
        object { writer in
            writer.string("TableName", backup.tableName)
            writer.string("TableId", backup.tableId)
            writer.string("TableArn", backup.tableArn)
            writer.string("BackupArn", backup.backupDetails.backupArn)
            writer.string("BackupName", backup.backupDetails.backupName)
            writer.backupState(backup.backupDetails)
            writer.integer("BackupSizeBytes", backup.backupDetails.backupSizeBytes)
        }
    }

    mutating func continuousBackups(_ description: ContinuousBackupsDescription) {
        object("ContinuousBackupsDescription") { writer in
            writer.string("ContinuousBackupsStatus", "ENABLED")
            writer.object("PointInTimeRecoveryDescription") { writer in
                let recovery = description.pointInTimeRecovery
                writer.string("PointInTimeRecoveryStatus", recovery == nil ? "DISABLED" : "ENABLED")
                writer.integer("RecoveryPeriodInDays", recovery?.recoveryPeriodInDays)
                writer.time("EarliestRestorableDateTime", recovery?.earliestRestorableDateTime)
                writer.time("LatestRestorableDateTime", recovery?.latestRestorableDateTime)
            }
        }
    }
}

/// The bounds that the model gives the members of the backup operations.
enum BackupMember {
    static let tableLength = 1...1024
    static let arnLength = 37...1024
    static let recoveryPeriodDays = 1...35
    /// The order in which the service lists the billing modes.
    static let billingModes = "PROVISIONED, PAY_PER_REQUEST"
}

extension RequestReader {
    /// `BackupName`: 3 to 255 of a-z, A-Z, 0-9, `_`, `-` and `.`, as a table's name.
    func requiredName(_ name: String) throws(Refusal) -> String {
        guard has(name) else { return try requiredString(name) }
        return try tableName(name) ?? ""
    }

    func restoreOverrides() throws(Refusal) -> RestoreOverrides {
        RestoreOverrides(
            billingMode: try option("BillingModeOverride", order: BackupMember.billingModes),
            globalSecondaryIndexes: try structures("GlobalSecondaryIndexOverride", of: "GlobalSecondaryIndex")?.read {
                reader throws(Refusal) in try reader.globalSecondaryIndex()
            },
            localSecondaryIndexes: try structures("LocalSecondaryIndexOverride", of: "LocalSecondaryIndex")?.read {
                reader throws(Refusal) in try reader.localSecondaryIndex()
            },
            provisionedThroughput: try provisionedThroughput("ProvisionedThroughputOverride"),
            onDemandThroughput: try onDemandThroughput("OnDemandThroughputOverride"),
            sse: try sseSpecification("SSESpecificationOverride"), vectorIndexes: try vectorIndexes("VectorIndexOverride"))
    }
}

extension [RequestReader] {
    fileprivate func read<Value>(
        _ element: (RequestReader) throws(Refusal) -> Value
    ) throws(Refusal) -> [Value] {
        var elements: [Value] = []
        for reader in self { elements.append(try element(reader)) }
        return elements
    }
}
