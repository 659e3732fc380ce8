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

    /// - Parameters:
    ///   - conditions: on the sort key's first attributes, equalities before the last.
    ///   - key: the key whose sort key it is.
    init(_ conditions: [KeyCondition.Sort], of key: KeyAttributes) throws(StoreError) {
        guard key.ranges.count > 1 else {
            try self.init(conditions.first)
            return
        }
        var prefix: [UInt8] = []
        for case .equal(let value) in conditions { prefix += try CompositeKeyPart.bytes(value) }
        try self.init(conditions.last, after: prefix)
    }

    /// The range of a sort key that is one attribute.
    private init(_ condition: KeyCondition.Sort?) throws(StoreError) {
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
        case .beginsWith(let value): self.init(prefix: try KeyAttributes.bytes(value))
        }
    }

    /// The range of a sort key of several attributes, of which those before the last condition have one value each.
    ///
    /// - Parameter prefix: those values' bytes; with an equality as the last condition, its value's too.
    private init(_ condition: KeyCondition.Sort?, after prefix: [UInt8]) throws(StoreError) {
        self.init(prefix: prefix)
        func from(_ value: AttributeValue) throws(StoreError) -> Bound {
            Bound(bytes: prefix + (try CompositeKeyPart.bytes(value)), isIncluded: true)
        }
        func before(_ value: AttributeValue) throws(StoreError) -> Bound {
            Bound(bytes: prefix + (try CompositeKeyPart.bytes(value)), isIncluded: false)
        }
        /// The first bytes after all keys that have the value there.
        func after(_ value: AttributeValue) throws(StoreError) -> [UInt8]? {
            Self.successor(ofPrefix: prefix + (try CompositeKeyPart.bytes(value)))
        }
        switch condition {
        case nil, .equal: break
        case .less(let value): upper = try before(value)
        case .lessOrEqual(let value): upper = try after(value).map { Bound(bytes: $0, isIncluded: false) }
        case .greater(let value): lower = try after(value).map { Bound(bytes: $0, isIncluded: true) }
        case .greaterOrEqual(let value): lower = try from(value)
        case .between(let low, let high):
            lower = try from(low)
            upper = try after(high).map { Bound(bytes: $0, isIncluded: false) }
        case .beginsWith(let value): self.init(prefix: prefix + (try CompositeKeyPart.prefix(value)))
        }
    }

    /// All keys that begin with some bytes.
    private init(prefix: [UInt8]) {
        guard !prefix.isEmpty else {
            self.init()
            return
        }
        self.init(
            lower: Bound(bytes: prefix, isIncluded: true),
            upper: Self.successor(ofPrefix: prefix).map { Bound(bytes: $0, isIncluded: false) })
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
