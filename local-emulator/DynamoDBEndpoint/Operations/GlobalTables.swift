import StoreEngine

/// The operations of global tables of version 2017.11.29, which the service has closed: it makes no new ones, so that none is
/// ever there.
enum CreateGlobalTable: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.requiredName("GlobalTableName")
        _ = try request.requiredStructures("ReplicationGroup", of: "Replica")
        try request.check()
        throw .validation(
            "DynamoDB global tables version 2017.11.29 is not supported. We recommend using DynamoDB global tables version "
                + "2019.11.21, instead of version 2017.11.29 (Legacy).")
    }
}

enum UpdateGlobalTable: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredName("GlobalTableName")
        _ = try request.requiredStructures("ReplicaUpdates", of: "ReplicaUpdate")
        try request.check()
        throw GlobalTable.notFound(name)
    }
}

enum DescribeGlobalTable: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredName("GlobalTableName")
        try request.check()
        throw GlobalTable.notFound(name)
    }
}

enum DescribeGlobalTableSettings: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try DescribeGlobalTable.answer(request, store)
    }
}

enum UpdateGlobalTableSettings: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        try DescribeGlobalTable.answer(request, store)
    }
}

enum ListGlobalTables: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        _ = try request.tableName("ExclusiveStartGlobalTableName")
        _ = try request.integer("Limit", in: 1...Int(Int32.max))
        _ = try request.string("RegionName")
        try request.check()
        return JSONObjectWriter.object { $0.array("GlobalTables", []) }
    }
}

private enum GlobalTable {
    static func notFound(_ name: String) -> Refusal {
        .store(
            StoreError(code: "GlobalTableNotFoundException", message: "Global table with name '\(name)' does not exist."))
    }
}
