import StoreEngine

extension JSONObjectWriter {
    mutating func table(_ name: String, _ table: TableDescription) {
        object(name) { writer in
            writer.string("TableName", table.tableName)
            writer.string("TableArn", table.tableArn)
            writer.string("TableId", table.tableId)
            writer.string("TableStatus", table.tableStatus.rawValue)
            writer.time("CreationDateTime", table.creationDateTime)
            writer.array("AttributeDefinitions", table.attributeDefinitions?.map(Self.definition))
            writer.keySchema(table.keySchema)
            writer.capacity(table)
            writer.integer("TableSizeBytes", table.tableSizeBytes)
            writer.integer("ItemCount", table.itemCount)
            writer.array("GlobalSecondaryIndexes", table.globalSecondaryIndexes?.map(Self.index))
            writer.array("LocalSecondaryIndexes", table.localSecondaryIndexes?.map(Self.index))
            writer.array("VectorIndexes", table.vectorIndexes?.map(Self.index))
            if let specification = table.streamSpecification {
                writer.object("StreamSpecification") { writer in
                    writer.bool("StreamEnabled", specification.streamEnabled)
                    writer.string("StreamViewType", specification.streamViewType?.rawValue)
                }
            }
            writer.string("LatestStreamLabel", table.latestStreamLabel)
            writer.string("LatestStreamArn", table.latestStreamArn)
            if let encryption = table.sseDescription {
                writer.object("SSEDescription") { writer in
                    writer.string("Status", encryption.status)
                    writer.string("SSEType", encryption.sseType.rawValue)
                    writer.string("KMSMasterKeyArn", encryption.kmsMasterKeyArn)
                }
            }
            writer.bool("DeletionProtectionEnabled", table.deletionProtectionEnabled)
            if let restore = table.restoreSummary {
                writer.object("RestoreSummary") { writer in
                    writer.string("SourceBackupArn", restore.sourceBackupArn)
                    writer.string("SourceTableArn", restore.sourceTableArn)
                    writer.time("RestoreDateTime", restore.restoreDateTime)
                    writer.bool("RestoreInProgress", restore.restoreInProgress)
                }
            }
        }
    }

    mutating func keySchema(_ schema: [KeySchemaElement]?) {
        array(
            "KeySchema",
            schema?.map { element in
                Self.object { writer in
                    writer.string("AttributeName", element.attributeName)
                    writer.string("KeyType", element.keyType.rawValue)
                }
            })
    }

    private static func definition(_ definition: AttributeDefinition) -> [UInt8] {
        object { writer in
            writer.string("AttributeName", definition.attributeName)
            writer.string("AttributeType", definition.attributeType.rawValue)
        }
    }

    private mutating func capacity(_ table: TableDescription) {
        throughput(table.provisionedThroughput)
        if let summary = table.billingModeSummary {
            object("BillingModeSummary") { writer in
                writer.string("BillingMode", summary.billingMode.rawValue)
                writer.time("LastUpdateToPayPerRequestDateTime", summary.lastUpdateToPayPerRequestDateTime)
            }
        }
        throughput(table.onDemandThroughput)
        throughput(table.warmThroughput)
        if let summary = table.tableClassSummary {
            object("TableClassSummary") { writer in
                writer.string("TableClass", summary.tableClass.rawValue)
                writer.time("LastUpdateDateTime", summary.lastUpdateDateTime)
            }
        }
    }

    private mutating func throughput(_ throughput: TableDescription.Throughput) {
        object("ProvisionedThroughput") { writer in
            writer.time("LastIncreaseDateTime", throughput.lastIncreaseDateTime)
            writer.time("LastDecreaseDateTime", throughput.lastDecreaseDateTime)
            writer.integer("NumberOfDecreasesToday", throughput.numberOfDecreasesToday)
            writer.integer("ReadCapacityUnits", throughput.readCapacityUnits)
            writer.integer("WriteCapacityUnits", throughput.writeCapacityUnits)
        }
    }

    private mutating func throughput(_ throughput: OnDemandThroughput?) {
        guard let throughput else { return }
        object("OnDemandThroughput") { writer in
            writer.integer("MaxReadRequestUnits", throughput.maxReadRequestUnits)
            writer.integer("MaxWriteRequestUnits", throughput.maxWriteRequestUnits)
        }
    }

    private mutating func throughput(_ throughput: TableDescription.WarmThroughputDescription?) {
        guard let throughput else { return }
        object("WarmThroughput") { writer in
            writer.integer("ReadUnitsPerSecond", throughput.readUnitsPerSecond)
            writer.integer("WriteUnitsPerSecond", throughput.writeUnitsPerSecond)
            writer.string("Status", throughput.status.rawValue)
        }
    }

    mutating func projection(_ projection: Projection) {
        object("Projection") { writer in
            writer.string("ProjectionType", projection.projectionType?.rawValue)
            writer.strings("NonKeyAttributes", projection.nonKeyAttributes)
        }
    }

    private static func index(_ index: TableDescription.IndexDescription) -> [UInt8] {
        object { writer in
            writer.string("IndexName", index.indexName)
            writer.keySchema(index.keySchema)
            writer.projection(index.projection)
            writer.string("IndexStatus", index.indexStatus.rawValue)
            writer.bool("Backfilling", index.backfilling)
            writer.throughput(index.provisionedThroughput)
            writer.throughput(index.onDemandThroughput)
            writer.throughput(index.warmThroughput)
            writer.integer("IndexSizeBytes", index.indexSizeBytes)
            writer.integer("ItemCount", index.itemCount)
            writer.string("IndexArn", index.indexArn)
        }
    }

    private static func index(_ index: TableDescription.LocalIndexDescription) -> [UInt8] {
        object { writer in
            writer.string("IndexName", index.indexName)
            writer.keySchema(index.keySchema)
            writer.projection(index.projection)
            writer.integer("IndexSizeBytes", index.indexSizeBytes)
            writer.integer("ItemCount", index.itemCount)
            writer.string("IndexArn", index.indexArn)
        }
    }
}
