import StoreEngine

/// A table has no replicas here: it is the service's table of one region.
extension RequestReader {
    /// UpdateTable's `ReplicaUpdates`: what names the table's own region has the service's error; any other region is not
    /// here.
    func refuseReplicaUpdates(_ store: StoreEngine) throws(Refusal) {
        for update in try structures("ReplicaUpdates", of: "ReplicationGroupUpdate") ?? [] {
            for action in ["Create", "Update", "Delete"] {
                let reader = try update.structure(action, "\(action)ReplicationGroupMemberAction")
                guard try reader?.requiredString("RegionName") == store.region else { continue }
                throw .validation(
                    "Cannot add, delete, or update the local region through ReplicaUpdates. Use CreateTable, DeleteTable, or "
                        + "UpdateTable as required.")
            }
        }
        try refuse("ReplicaUpdates")
    }
}

enum DescribeTableReplicaAutoScaling: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredString("TableName", length: 1...1024)
        try request.check()
        throw try ReplicaAutoScaling.notGlobal(name, store)
    }
}

enum UpdateTableReplicaAutoScaling: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let name = try request.requiredString("TableName", length: 1...1024)
        _ = try request.structures("GlobalSecondaryIndexUpdates", of: "GlobalSecondaryIndexAutoScalingUpdate")
        _ = try request.structure("ProvisionedWriteCapacityAutoScalingUpdate", "AutoScalingSettingsUpdate")
        _ = try request.structures("ReplicaUpdates", of: "ReplicaAutoScalingUpdate")
        try request.check()
        throw try ReplicaAutoScaling.notGlobal(name, store)
    }
}

private enum ReplicaAutoScaling {
    /// What the service says of a table without replicas, measured in October 2026 for both operations; throws where there is no
    /// such table at all.
    static func notGlobal(_ name: String, _ store: StoreEngine) throws(Refusal) -> Refusal {
        let table: String
        do throws(StoreError) {
            table = try store.describeTable(DescribeTableInput(tableName: name)).table.tableName
        } catch {
            throw .store(error)
        }
        return .store(
            StoreError(
                code: "ResourceNotFoundException", message: "Global table with name: '\(table)' does not exist."))
    }
}
