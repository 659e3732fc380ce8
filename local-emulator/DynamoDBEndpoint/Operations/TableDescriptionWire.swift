import StoreEngine

extension JSONObjectWriter {
    mutating func table(_ name: String, _ table: TableDescription) {
        object(name) { writer in
            writer.string("TableName", table.tableName)
            writer.string("TableArn", table.tableArn)
            writer.string("TableId", table.tableId)
            writer.string("TableStatus", table.tableStatus.rawValue)
            writer.time("CreationDateTime", table.creationDateTime)
            writer.array("AttributeDefinitions", table.attributeDefinitions.map(Self.definition))
            writer.keySchema(table.keySchema)
            writer.throughput(table.provisionedThroughput)
            if let summary = table.billingModeSummary {
                writer.object("BillingModeSummary") { writer in
                    writer.string("BillingMode", summary.billingMode.rawValue)
                    writer.time("LastUpdateToPayPerRequestDateTime", summary.lastUpdateToPayPerRequestDateTime)
                }
            }
            writer.integer("TableSizeBytes", table.tableSizeBytes)
            writer.integer("ItemCount", table.itemCount)
            writer.array("GlobalSecondaryIndexes", table.globalSecondaryIndexes?.map(Self.index))
            if let specification = table.streamSpecification {
                writer.object("StreamSpecification") { writer in
                    writer.bool("StreamEnabled", specification.streamEnabled)
                    writer.string("StreamViewType", specification.streamViewType?.rawValue)
                }
            }
            writer.string("LatestStreamLabel", table.latestStreamLabel)
            writer.string("LatestStreamArn", table.latestStreamArn)
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

    mutating func keySchema(_ schema: [KeySchemaElement]) {
        array(
            "KeySchema",
            schema.map { element in
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

    private mutating func throughput(_ throughput: TableDescription.Throughput) {
        object("ProvisionedThroughput") { writer in
            writer.integer("NumberOfDecreasesToday", throughput.numberOfDecreasesToday)
            writer.integer("ReadCapacityUnits", throughput.readCapacityUnits)
            writer.integer("WriteCapacityUnits", throughput.writeCapacityUnits)
        }
    }

    private static func index(_ index: TableDescription.IndexDescription) -> [UInt8] {
        object { writer in
            writer.string("IndexName", index.indexName)
            writer.keySchema(index.keySchema)
            writer.object("Projection") { writer in
                writer.string("ProjectionType", index.projection.projectionType?.rawValue)
                writer.strings("NonKeyAttributes", index.projection.nonKeyAttributes)
            }
            writer.string("IndexStatus", index.indexStatus.rawValue)
            writer.throughput(index.provisionedThroughput)
            writer.integer("IndexSizeBytes", index.indexSizeBytes)
            writer.integer("ItemCount", index.itemCount)
            writer.string("IndexArn", index.indexArn)
        }
    }
}
