import StoreEngine

enum CreateTable: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let tableName = try request.tableOperationName()
        let definitions = try request.requiredAttributeDefinitions()
        let billingMode = try request.billingMode()
        let throughput = try request.provisionedThroughput()
        var input = CreateTableInput(
            tableName: tableName, attributeDefinitions: definitions, keySchema: try request.keySchema(),
            globalSecondaryIndexes: try globalIndexes(request), localSecondaryIndexes: try localIndexes(request),
            billingMode: billingMode, provisionedThroughput: throughput,
            streamSpecification: try request.streamSpecification(),
            deletionProtectionEnabled: try request.bool("DeletionProtectionEnabled"),
            sseSpecification: try request.sseSpecification(), tags: try request.tags(),
            onDemandThroughput: try request.onDemandThroughput(), warmThroughput: try request.warmThroughput(),
            resourcePolicy: try request.string("ResourcePolicy"), vectorIndexes: try request.vectorIndexes("VectorIndexes"))
        try request.refuse("GlobalTableSourceArn", "GlobalTableSettingsReplicationMode")
        try request.check()
        input.tableClass = try request.tableClass()
        store.createTable(
            input,
            completion: answering(completion) { (output: CreateTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }

    private static func globalIndexes(_ request: RequestReader) throws(Refusal) -> [GlobalSecondaryIndex]? {
        guard let readers = try request.structures("GlobalSecondaryIndexes", of: "GlobalSecondaryIndex") else { return nil }
        var indexes: [GlobalSecondaryIndex] = []
        for index in readers { indexes.append(try index.globalSecondaryIndex()) }
        return indexes
    }

    private static func localIndexes(_ request: RequestReader) throws(Refusal) -> [LocalSecondaryIndex]? {
        guard let readers = try request.structures("LocalSecondaryIndexes", of: "LocalSecondaryIndex") else { return nil }
        var indexes: [LocalSecondaryIndex] = []
        for index in readers { indexes.append(try index.localSecondaryIndex()) }
        return indexes
    }
}
