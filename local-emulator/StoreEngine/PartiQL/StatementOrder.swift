/// How ORDER BY has a SELECT's rows come, which it may only where the key gives the order.
struct StatementOrder: Sendable {
    var partitionsForward = true
    var rowsForward = true

    /// The order of a statement without ORDER BY.
    static let natural = StatementOrder()

    private init() {}

    /// Checks, in the service's order: that there is a condition, the attributes, the partitions.
    ///
    /// A sort key that is not named comes in descending order, even with `ORDER BY` the partition key ascending: so does the
    /// service's.
    init(
        _ terms: [(name: String, isDescending: Bool)], _ key: KeyAttributes, _ plan: KeyPlan, hasCondition: Bool
    ) throws(StoreError) {
        guard !terms.isEmpty else { return }
        guard hasCondition else {
            throw .validation("Must have WHERE clause in the statement when using ORDER BY clause.")
        }
        for term in terms where !key.contains(term.name) {
            throw .validation("Attribute \(term.name) in ORDER BY clause must be part of the primary key")
        }
        guard plan.isKeyed else {
            throw .validation(
                "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.")
        }
        let partition = terms.first { $0.name.hasSameBytes(as: key.hash.name) }
        guard partition != nil || Set(plan.branches.map(\.partition)).count == 1 else {
            throw .validation(
                "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE clause.")
        }
        partitionsForward = !(partition?.isDescending ?? false)
        rowsForward = !(terms.first { key.range?.name.hasSameBytes(as: $0.name) == true }?.isDescending ?? true)
    }

    /// The reads in this order.
    func sorted(_ reads: [KeyPlan.Read]) -> [KeyPlan.Read] {
        reads.sorted { first, second in
            guard first.partition == second.partition else {
                let isBefore = first.partition.value.lexicographicallyPrecedes(second.partition.value)
                return isBefore == partitionsForward
            }
            return rowsForward ? first.range.starts(before: second.range) : second.range.starts(before: first.range)
        }
    }
}
