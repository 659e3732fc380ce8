internal import DynamoDBExpressions
internal import LambdaEvents

/// How the condition of a SELECT takes part in the key of what is read.
///
/// The condition is spread into branches, of which one must hold: conditions on the key stand in each branch beside the
/// others, which filter. Where every branch names one partition, the read is a query for each; otherwise it is a scan.
/// The rules were worked out by others from the service's answers; the Developer Guide only says that a full key makes a
/// query ("PartiQL select statements for DynamoDB").
struct KeyPlan: Sendable {
    /// One way for the condition to hold.
    struct Branch: Sendable {
        /// Nil where the branch names no partition, or two at once.
        var partition: Partition?
        var range = SortRange.all
        /// What is no condition on the key.
        var filters: [Condition] = []
    }

    struct Partition: Sendable, Hashable {
        /// The key's value as bytes that sort as the values do.
        var value: [UInt8]
        /// As it is stored, begun by its hash.
        var stored: [UInt8]
    }

    let branches: [Branch]
    /// An attribute of the key that the condition compares with a value of another type.
    let mismatch: Mismatch?
    /// An attribute of the key that the condition compares with a value without content, and what that value is called.
    private let empty: Empty?
    private let isDecomposed: Bool
    private let sortAttribute: String?

    struct Empty: Sendable {
        var attribute: String
        var problem: String
    }

    struct Mismatch: Sendable {
        var attribute: KeyAttributes.Attribute
        var type: AttributeValue.Descriptor
    }

    /// More reads than these are refused, so more branches than these need no counting.
    private static let mostReads = 50
    private static let mostBranches = 1000

    init(_ condition: Condition?, _ key: KeyAttributes) throws(StoreError) {
        var spread = Spread(key)
        let terms = spread.terms(condition.map { [$0] } ?? [])
        mismatch = spread.mismatch
        empty = spread.empty
        sortAttribute = key.range?.name
        isDecomposed = condition.map(spread.namesPartition) ?? false
        guard mismatch == nil, !spread.isTooWide else {
            branches = []
            isTooWide = spread.isTooWide
            return
        }
        isTooWide = false
        var branches: [Branch] = []
        for term in terms { branches.append(try Self.branch(term, key)) }
        self.branches = branches
    }

    private let isTooWide: Bool

    /// Whether every branch names a partition.
    var isKeyed: Bool { !branches.isEmpty && branches.allSatisfy { $0.partition != nil } }

    private static func branch(_ term: Spread.Term, _ key: KeyAttributes) throws(StoreError) -> Branch {
        var branch = Branch(filters: term.filters)
        var conflicts = false
        for value in term.partitions {
            let partition = Partition(
                value: try KeyAttributes.bytes(value), stored: try KeyAttributes.partition([value]))
            if let known = branch.partition, known != partition { conflicts = true }
            branch.partition = partition
        }
        if conflicts { branch.partition = nil }
        for condition in term.ranges { branch.range = branch.range.intersection(try SortRange([condition], of: key)) }
        return branch
    }

    // MARK: Checks

    func checkValues() throws(StoreError) {
        try checkTypes()
        guard let empty else { return }
        throw .validation(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty "
                + "\(empty.problem) value. Key: \(empty.attribute)")
    }

    private func checkTypes() throws(StoreError) {
        guard let mismatch else { return }
        let name = mismatch.attribute.name
        guard [.string, .number, .binary].contains(mismatch.type) else {
            throw .validation(
                "Key value must be of type S, N, or B. Key name: \(name), Key type: \(mismatch.type.rawValue)")
        }
        throw .validation("Key attribute's data type should match its data type in table's schema: Key \(name)")
    }

    func checkReads() throws(StoreError) {
        guard isDecomposed, isTooWide || branches.count > Self.mostReads else { return }
        throw .validation("Too many decomposed read operations for a given query.")
    }

    /// Refuses branches of one partition that have sort keys in common. Where a branch says of the sort key what is no
    /// range, such as `<>`, the service reads the union in place of refusing it.
    func checkOverlap() throws(StoreError) {
        guard isKeyed, !hasLooseSortCondition else { return }
        for (first, second) in neighbours where first.partition == second.partition && first.range.overlaps(second.range) {
            throw .validation("Overlapping conditions with range keys are not supported in where clause")
        }
    }

    private var hasLooseSortCondition: Bool {
        guard let sortAttribute else { return false }
        return branches.contains { branch in
            branch.filters.contains {
                ConditionExpression(condition: $0).paths.contains { $0.root.hasSameBytes(as: sortAttribute) }
            }
        }
    }

    /// The branches that are not empty, in order, each with the next.
    private var neighbours: [(Branch, Branch)] {
        let sorted = sortedBranches.filter { !$0.range.isEmpty }
        var reach: Branch?
        var pairs: [(Branch, Branch)] = []
        for branch in sorted {
            if let reach { pairs.append((reach, branch)) }
            reach = branch
        }
        return pairs
    }

    private var sortedBranches: [Branch] {
        branches.sorted { first, second in
            if first.partition == second.partition { return first.range.starts(before: second.range) }
            return (first.partition?.value ?? []).lexicographicallyPrecedes(second.partition?.value ?? [])
        }
    }

    /// The attributes that an index lacks and the filters need, where the read is a query of the index: the service names
    /// those of its last branch, and none if one branch needs none.
    func unprojected(_ projected: NameSet) -> [String] {
        guard isKeyed else { return [] }
        var last: [String] = []
        for branch in sortedBranches {
            var names: [String] = []
            for path in branch.filters.flatMap({ ConditionExpression(condition: $0).paths })
            where !projected.contains(path.root) && !names.contains(path.root) {
                names.append(path.root)
            }
            guard !names.isEmpty else { return [] }
            last = names
        }
        return HashOrder.sorted(last)
    }

    // MARK: Reads

    /// A part of a partition.
    struct Read: Sendable {
        var partition: Partition
        var range: SortRange
    }

    /// The queries in the order of their keys, without a row twice; nil for a scan.
    var reads: [Read]? {
        guard isKeyed else { return nil }
        var reads: [Read] = []
        for branch in sortedBranches where !branch.range.isEmpty {
            guard let partition = branch.partition else { return nil }
            if let last = reads.last, last.partition == partition, last.range.overlaps(branch.range) {
                // Only where an overlap is let through; the condition as a whole filters what is read.
                reads[reads.count - 1].range = .all
            } else {
                reads.append(Read(partition: partition, range: branch.range))
            }
        }
        return reads
    }
}

/// Spreads a condition over the ways in which it can hold.
private struct Spread {
    struct Term {
        var partitions: [AttributeValue] = []
        var ranges: [KeyCondition.Sort] = []
        var filters: [Condition] = []

        func and(_ other: Term) -> Term {
            Term(
                partitions: partitions + other.partitions, ranges: ranges + other.ranges, filters: filters + other.filters)
        }
    }

    private static let mostTerms = 1000

    let key: KeyAttributes
    private(set) var mismatch: KeyPlan.Mismatch?
    private(set) var empty: KeyPlan.Empty?
    private(set) var isTooWide = false

    init(_ key: KeyAttributes) {
        self.key = key
    }

    /// The terms of conditions that must all hold.
    mutating func terms(_ conditions: [Condition]) -> [Term] {
        var result = [Term()]
        for condition in conditions {
            let next = terms(condition)
            guard result.count * next.count <= Self.mostTerms else {
                isTooWide = true
                return result
            }
            result = result.flatMap { left in next.map { left.and($0) } }
        }
        return result
    }

    private mutating func terms(_ condition: Condition) -> [Term] {
        switch condition {
        case .all(let conditions): return terms(conditions)
        case .any(let conditions) where namesKey(condition):
            var result: [Term] = []
            for condition in conditions { result += terms(condition) }
            isTooWide = isTooWide || result.count > Self.mostTerms
            return result
        default: return keyTerms(condition) ?? [Term(filters: [condition])]
        }
    }

    /// A condition on the key itself; nil for any other.
    private mutating func keyTerms(_ condition: Condition) -> [Term]? {
        if let (name, value) = condition.equality, name.hasSameBytes(as: key.hash.name) {
            note([value], key.hash)
            return [Term(partitions: [value])]
        }
        if case .in(let operand, let members) = condition, let name = operand.attributeName {
            guard let attribute = key.attribute(name), let values = Self.values(members) else { return nil }
            note(values, attribute)
            return values.map { name.hasSameBytes(as: key.hash.name) ? Term(partitions: [$0]) : Term(ranges: [.equal($0)]) }
        }
        guard let range = key.range, let (name, sort) = condition.sortCondition, name.hasSameBytes(as: range.name) else {
            return nil
        }
        note(sort.operands, range)
        return [Term(ranges: [sort])]
    }

    private static func values(_ operands: [Operand]) -> [AttributeValue]? {
        let values = operands.compactMap(\.value)
        return values.count == operands.count && !values.isEmpty ? values : nil
    }

    private mutating func note(_ values: [AttributeValue], _ attribute: KeyAttributes.Attribute) {
        for value in values {
            if value.descriptor.rawValue != attribute.type.rawValue {
                mismatch = mismatch ?? KeyPlan.Mismatch(attribute: attribute, type: value.descriptor)
            }
            if let problem = value.emptiness { empty = empty ?? KeyPlan.Empty(attribute: attribute.name, problem: problem) }
        }
    }

    private func namesKey(_ condition: Condition) -> Bool {
        switch condition {
        case .all(let conditions), .any(let conditions): return conditions.contains(where: namesKey)
        default:
            var copy = self
            return copy.keyTerms(condition) != nil
        }
    }

    /// Whether the condition can hold in named partitions only.
    func namesPartition(_ condition: Condition) -> Bool {
        switch condition {
        case .all(let conditions): return conditions.contains(where: namesPartition)
        case .any(let conditions): return conditions.allSatisfy(namesPartition)
        case .in(let operand, _): return operand.attributeName?.hasSameBytes(as: key.hash.name) == true
        default: return condition.equality?.name.hasSameBytes(as: key.hash.name) == true
        }
    }
}

extension KeyAttributes {
    fileprivate func attribute(_ name: String) -> Attribute? { all.first { $0.name.hasSameBytes(as: name) } }
}

extension KeyCondition.Sort {
    fileprivate var operands: [AttributeValue] {
        switch self {
        case .equal(let value), .less(let value), .lessOrEqual(let value), .greater(let value), .greaterOrEqual(let value),
            .beginsWith(let value):
            [value]
        case .between(let low, let high): [low, high]
        }
    }
}

extension Condition {
    /// A comparison of a top-level attribute with a value that makes a range of sort keys.
    fileprivate var sortCondition: (name: String, condition: KeyCondition.Sort)? {
        switch self {
        case .comparison(let comparator, let left, let right):
            if let name = left.attributeName, let value = right.value { return Self.sort(comparator, value).map { (name, $0) } }
            guard let name = right.attributeName, let value = left.value else { return nil }
            return Self.sort(comparator.mirrored, value).map { (name, $0) }
        case .between(let operand, let low, let high):
            guard let name = operand.attributeName, let low = low.value, let high = high.value else { return nil }
            return (name, .between(low, high))
        case .beginsWith(let operand, let prefix):
            guard let name = operand.attributeName, let prefix = prefix.value else { return nil }
            return (name, .beginsWith(prefix))
        default: return nil
        }
    }

    private static func sort(_ comparator: Comparator, _ value: AttributeValue) -> KeyCondition.Sort? {
        switch comparator {
        case .equal: .equal(value)
        case .notEqual: nil
        case .less: .less(value)
        case .lessOrEqual: .lessOrEqual(value)
        case .greater: .greater(value)
        case .greaterOrEqual: .greaterOrEqual(value)
        }
    }
}
