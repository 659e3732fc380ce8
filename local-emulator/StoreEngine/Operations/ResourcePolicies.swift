/// What the three operations on resource-based policies share: where a policy is kept, and which revision is expected.
///
/// Policies are kept and told, as the service does; this store has no identities, so that none is ever denied anything.
struct PolicyPlace: Sendable {
    var tableName: String
    /// Nil for the table's own policy.
    var streamARN: String?

    /// The place that an ARN names: a table, or a stream of one.
    init(_ arn: String) throws(StoreError) {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        let resource = parts.last?.split(separator: "/", omittingEmptySubsequences: false) ?? []
        guard parts.count == 6, parts[0] == "arn", parts[2] == "dynamodb", resource.first == "table",
            resource.count == 2 || resource.count == 4 && resource[2] == "stream"
        else { throw .validation("Invalid ResourceArn: \(arn)") }
        tableName = String(resource[1])
        streamARN = resource.count == 4 ? arn : nil
    }

    /// - Parameter tables: by their names.
    func table(in tables: [String: Table], _ arn: String) throws(StoreError) -> Table {
        guard let table = tables[tableName], streamARN != nil || table.arn == arn else { throw .tableNotFound(tableName) }
        if let streamARN, table.stream?.arn != streamARN { throw StoredStream.notFound(streamARN) }
        return table
    }

    func policy(of definition: TableDefinition) -> ResourcePolicyDocument? {
        guard let streamARN else { return definition.resourcePolicy }
        return definition.streamPolicies?[streamARN]
    }

    func setPolicy(_ policy: ResourcePolicyDocument?, of definition: inout TableDefinition) {
        guard let streamARN else {
            definition.resourcePolicy = policy
            return
        }
        var policies = definition.streamPolicies ?? [:]
        policies[streamARN] = policy
        definition.streamPolicies = policies.isEmpty ? nil : policies
    }

    /// The value of `ExpectedRevisionId` that expects no policy.
    static let noPolicy = "NO_POLICY"

    /// Holds the revision that the caller expects against the one there is; the messages are the service's.
    func check(_ expected: String?, against policy: ResourcePolicyDocument?) throws(StoreError) {
        guard let expected else { return }
        switch (expected, policy) {
        case (Self.noPolicy, nil): return
        case (Self.noPolicy, let policy?):
            throw Self.notFound(
                "Requested policy update expecting none to be present for table \(tableName), but a policy exists with revision "
                    + "id \(policy.revisionID).")
        case (_, nil):
            throw Self.notFound(
                "Requested update for policy with revision id \(expected), but no policy is associated to target table "
                    + "\(tableName).")
        case (_, let policy?):
            guard policy.revisionID != expected else { return }
            throw Self.notFound(
                "Requested update for policy with revision id \(expected), but the policy associated to target table "
                    + "\(tableName) has revision id \(policy.revisionID).")
        }
    }

    static func notFound(_ detail: String) -> StoreError {
        StoreError(
            code: "PolicyNotFoundException",
            message: "Resource-based policy not found for the provided ResourceArn: \(detail)")
    }
}
