import StoreEngine

enum DescribeTable: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = DescribeTableInput(tableName: try request.tableOperationName())
        try request.check()
        let output = try ask { () throws(StoreError) in try store.describeTable(input) }
        return JSONObjectWriter.object { $0.table("Table", output.table) }
    }
}

enum DeleteTable: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let input = DeleteTableInput(tableName: try request.tableOperationName())
        try request.check()
        store.deleteTable(
            input,
            completion: answering(completion) { (output: DeleteTableOutput) in
                JSONObjectWriter.object { $0.table("TableDescription", output.tableDescription) }
            })
    }
}

enum ListTables: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let input = ListTablesInput(
            exclusiveStartTableName: try request.string("ExclusiveStartTableName"), limit: try request.integer("Limit"))
        try request.check()
        let output = try ask { () throws(StoreError) in try store.listTables(input) }
        return JSONObjectWriter.object { writer in
            writer.strings("TableNames", output.tableNames)
            writer.string("LastEvaluatedTableName", output.lastEvaluatedTableName)
        }
    }
}
