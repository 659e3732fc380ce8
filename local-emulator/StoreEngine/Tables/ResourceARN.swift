/// The `ResourceArn` of the tag operations. The texts are the service's, recorded in October 2026.
extension StoreEngine {
    /// The table of an ARN, or nil for a table of this account and region that is not there.
    func taggedTable(_ arn: String, operation: String) throws(StoreError) -> Table? {
        guard !arn.isEmpty else { throw .validation("Invalid TableArn") }
        guard arn.hasPrefix("arn:") else { throw KeySchemaRule.invalid("ARNs must start with 'arn:': \(arn)") }
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "dynamodb", parts[5].hasPrefix("table/") else {
            throw .validation("Invalid TableArn: Invalid ResourceArn provided as input \(arn)")
        }
        let path = parts[5].split(separator: "/", omittingEmptySubsequences: false)
        guard path.count == 2 else {
            throw KeySchemaRule.invalid(
                "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: \(arn)")
        }
        guard parts[3] == region, parts[4] == accountID else { throw denied(operation, arn) }
        try TableNameRule.check(String(path[1]), parameter: "tableName")
        return catalogue.table(named: String(path[1]))
    }

    /// What the service says to someone who asks about another's table, or about one that nobody has.
    func denied(_ operation: String, _ arn: String) -> StoreError {
        StoreError(
            code: "AccessDeniedException",
            message: "User: arn:aws:iam::\(accountID):root is not authorized to perform: dynamodb:\(operation) on resource: "
                + "\(arn)")
    }

    static func resourceNotFound(_ arn: String) -> StoreError {
        // The spelling is the service's.
        StoreError(code: "ResourceNotFoundException", message: "Requested resource not found: ResourcArn: \(arn) not found")
    }
}
