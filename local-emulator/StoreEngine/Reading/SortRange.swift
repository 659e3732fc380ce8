internal import DynamoDBExpressions
internal import LambdaEvents

/// A part of a partition, as bounds on the sort key's bytes.
struct SortRange: Sendable {
    struct Bound: Sendable {
        var bytes: [UInt8]
        var isIncluded: Bool
    }

    var lower: Bound?
    var upper: Bound?

    static let all = SortRange()

    init(lower: Bound? = nil, upper: Bound? = nil) {
        self.lower = lower
        self.upper = upper
    }

    init(_ condition: KeyCondition.Sort?) throws(StoreError) {
        switch condition {
        case nil: self.init()
        case .equal(let value):
            let bytes = try KeyAttributes.bytes(value)
            self.init(lower: Bound(bytes: bytes, isIncluded: true), upper: Bound(bytes: bytes, isIncluded: true))
        case .less(let value): self.init(upper: Bound(bytes: try KeyAttributes.bytes(value), isIncluded: false))
        case .lessOrEqual(let value): self.init(upper: Bound(bytes: try KeyAttributes.bytes(value), isIncluded: true))
        case .greater(let value): self.init(lower: Bound(bytes: try KeyAttributes.bytes(value), isIncluded: false))
        case .greaterOrEqual(let value): self.init(lower: Bound(bytes: try KeyAttributes.bytes(value), isIncluded: true))
        case .between(let low, let high):
            self.init(
                lower: Bound(bytes: try KeyAttributes.bytes(low), isIncluded: true),
                upper: Bound(bytes: try KeyAttributes.bytes(high), isIncluded: true))
        case .beginsWith(let value):
            let prefix = try KeyAttributes.bytes(value)
            self.init(
                lower: Bound(bytes: prefix, isIncluded: true),
                upper: Self.successor(ofPrefix: prefix).map { Bound(bytes: $0, isIncluded: false) })
        }
    }

    /// The least bytes that are after everything with this prefix; nil when nothing is.
    static func successor(ofPrefix prefix: [UInt8]) -> [UInt8]? {
        var bytes = prefix
        while let last = bytes.popLast() {
            guard last == 0xff else { return bytes + [last + 1] }
        }
        return nil
    }

    func contains(_ bytes: [UInt8]) -> Bool {
        if let lower {
            if bytes.lexicographicallyPrecedes(lower.bytes) { return false }
            if !lower.isIncluded, bytes == lower.bytes { return false }
        }
        if let upper {
            if upper.bytes.lexicographicallyPrecedes(bytes) { return false }
            if !upper.isIncluded, bytes == upper.bytes { return false }
        }
        return true
    }
}
