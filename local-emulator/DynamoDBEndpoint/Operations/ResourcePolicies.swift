import StoreEngine

/// The bounds that the model gives the members of the operations on resource-based policies.
private enum PolicyMember {
    static let arnLength = 1...1283
    static let revisionLength = 1...255
}

enum PutResourcePolicy: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let arn = try request.requiredString("ResourceArn", length: PolicyMember.arnLength)
        let policy = try request.requiredString("Policy")
        let revision = try request.string("ExpectedRevisionId", length: PolicyMember.revisionLength)
        // Confirms that the caller may lose its own access, which no policy takes away here.
        _ = try request.bool("ConfirmRemoveSelfResourceAccess")
        try request.check()
        store.putResourcePolicy(
            arn, policy: policy, expectedRevisionID: revision,
            completion: answering(completion) { (revision: String) in
                JSONObjectWriter.object { $0.string("RevisionId", revision) }
            })
    }
}

enum GetResourcePolicy: ReadOperation {
    static func answer(_ request: RequestReader, _ store: StoreEngine) throws(Refusal) -> [UInt8] {
        let arn = try request.requiredString("ResourceArn", length: PolicyMember.arnLength)
        try request.check()
        let policy = try ask { () throws(StoreError) in try store.getResourcePolicy(arn) }
        return JSONObjectWriter.object { writer in
            writer.string("Policy", policy.policy)
            writer.string("RevisionId", policy.revisionID)
        }
    }
}

enum DeleteResourcePolicy: WriteOperation {
    static func submit(
        _ request: RequestReader, _ store: StoreEngine, _ completion: @escaping Completion
    ) throws(Refusal) {
        let arn = try request.requiredString("ResourceArn", length: PolicyMember.arnLength)
        let revision = try request.string("ExpectedRevisionId", length: PolicyMember.revisionLength)
        try request.check()
        store.deleteResourcePolicy(
            arn, expectedRevisionID: revision,
            completion: answering(completion) { (revision: String) in
                JSONObjectWriter.object { $0.string("RevisionId", revision) }
            })
    }
}
