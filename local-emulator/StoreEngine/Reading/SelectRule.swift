/// Which combinations of `Select` and a projection there are, for Query and Scan, with the service's messages.
enum SelectRule {
    static func check(
        _ select: Select?, projection: String?, attributesToGet: [String]?, indexName: String?
    ) throws(StoreError) {
        let hasProjection = projection != nil || attributesToGet != nil
        let parameter = projection == nil ? "AttributesToGet" : "ProjectionExpression"
        switch select {
        case .specificAttributes where !hasProjection:
            throw invalid(
                "Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES")
        case .count where hasProjection:
            throw invalid("Cannot specify the \(parameter) when choosing to get only the Count")
        case .allAttributes where hasProjection, .allProjectedAttributes where hasProjection:
            throw invalid("Cannot specify the \(parameter) when choosing to get \(select?.rawValue ?? "")")
        case .allProjectedAttributes where indexName == nil:
            throw invalid("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName")
        default: break
        }
    }

    /// The service words these as violations of its model.
    private static func invalid(_ message: String) -> StoreError {
        .validation("1 validation error detected: \(message)")
    }
}
