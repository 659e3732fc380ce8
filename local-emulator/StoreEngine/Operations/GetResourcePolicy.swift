extension StoreEngine {
    package struct ResourcePolicy: Sendable {
        package var policy: String
        package var revisionID: String
    }

    package func getResourcePolicy(_ resourceArn: String) throws(StoreError) -> ResourcePolicy {
        let place = try PolicyPlace(resourceArn)
        let table = try place.table(in: catalogue.snapshot, resourceArn)
        guard let policy = place.policy(of: table.definition) else { throw PolicyPlace.notFound(resourceArn) }
        return ResourcePolicy(policy: policy.text, revisionID: policy.revisionID)
    }
}
