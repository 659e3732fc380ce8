import StoreEngine

enum UpdateTable: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let tableName = try request.tableOperationName()
        let definitions = try request.attributeDefinitions()
        let billingMode = try request.billingMode()
        let throughput = try request.provisionedThroughput()
        var input = UpdateTableInput(
            tableName: tableName, attributeDefinitions: definitions, billingMode: billingMode,
            provisionedThroughput: throughput, globalSecondaryIndexUpdates: try indexUpdates(request),
            streamSpecification: try request.streamSpecification(), sseSpecification: try request.sseSpecification(),
            deletionProtectionEnabled: try request.bool("DeletionProtectionEnabled"),
            onDemandThroughput: try request.onDemandThroughput(), warmThroughput: try request.warmThroughput(),
            vectorIndexUpdates: try vectorIndexUpdates(request))
        try request.refuseReplicaUpdates(store)
        try request.refuse(
            "MultiRegionConsistency", "GlobalTableWitnessUpdates", "GlobalTableSettingsReplicationMode",
            "DisassociationProtectionEnabled")
        try request.check()
        input.tableClass = try request.tableClass()
        store.updateTable(
            input,
            completion: answering(completion) { (output: UpdateTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }

    private static func indexUpdates(_ request: RequestReader) throws(Refusal) -> [UpdateTableInput.IndexUpdate]? {
        let name = "GlobalSecondaryIndexUpdates"
        guard let readers = try request.structures(name, of: "GlobalSecondaryIndexUpdate") else { return nil }
        var updates: [UpdateTableInput.IndexUpdate] = []
        for reader in readers {
            updates.append(
                UpdateTableInput.IndexUpdate(
                    update: try update(reader),
                    create: try reader.structure("Create", "CreateGlobalSecondaryIndexAction")?.globalSecondaryIndex(),
                    delete: try reader.structure("Delete", "DeleteGlobalSecondaryIndexAction")?.requiredString("IndexName")))
        }
        return updates
    }

    private static func vectorIndexUpdates(
        _ request: RequestReader
    ) throws(Refusal) -> [UpdateTableInput.VectorIndexUpdate]? {
        guard let readers = try request.structures("VectorIndexUpdates", of: "VectorIndexUpdate") else { return nil }
        var updates: [UpdateTableInput.VectorIndexUpdate] = []
        for reader in readers {
            updates.append(
                UpdateTableInput.VectorIndexUpdate(
                    create: try reader.structure("Create", "CreateVectorIndexAction")?.vectorIndex(),
                    delete: try reader.structure("Delete", "DeleteVectorIndexAction")?.requiredString("IndexName")))
        }
        return updates
    }

    private static func update(_ reader: RequestReader) throws(Refusal) -> UpdateTableInput.IndexUpdate.Update? {
        guard let update = try reader.structure("Update", "UpdateGlobalSecondaryIndexAction") else { return nil }
        return UpdateTableInput.IndexUpdate.Update(
            indexName: try update.requiredString("IndexName"), provisionedThroughput: try update.provisionedThroughput(),
            onDemandThroughput: try update.onDemandThroughput(), warmThroughput: try update.warmThroughput())
    }
}
