/// Ranges as sets of sort keys.
extension SortRange {
    var isEmpty: Bool {
        guard let lower, let upper else { return false }
        if upper.bytes == lower.bytes { return !(lower.isIncluded && upper.isIncluded) }
        return upper.bytes.lexicographicallyPrecedes(lower.bytes)
    }

    /// The one key that the range has, if it is made of one.
    var onlyKey: [UInt8]? {
        guard let lower, let upper, lower.isIncluded, upper.isIncluded, lower.bytes == upper.bytes else { return nil }
        return lower.bytes
    }

    func intersection(_ other: SortRange) -> SortRange {
        var result = self
        if let bound = other.lower, lower.map({ Self.starts($0, before: bound) }) ?? true { result.lower = bound }
        if let bound = other.upper, upper.map({ Self.ends(bound, before: $0) }) ?? true { result.upper = bound }
        return result
    }

    /// Whether this range begins before the other one does.
    func starts(before other: SortRange) -> Bool {
        guard let lower else { return other.lower != nil }
        guard let bound = other.lower else { return false }
        return Self.starts(lower, before: bound)
    }

    func overlaps(_ other: SortRange) -> Bool { !intersection(other).isEmpty }

    private static func starts(_ first: Bound, before second: Bound) -> Bool {
        if first.bytes == second.bytes { return first.isIncluded && !second.isIncluded }
        return first.bytes.lexicographicallyPrecedes(second.bytes)
    }

    private static func ends(_ first: Bound, before second: Bound) -> Bool {
        if first.bytes == second.bytes { return !first.isIncluded && second.isIncluded }
        return first.bytes.lexicographicallyPrecedes(second.bytes)
    }
}
