import LambdaEvents

/// DynamoDB in memory, as plain as it can be: a dictionary of items, and queries that look at each of them. What the engine
/// answers is held against it.
struct MemoryTable {
    typealias Item = AttributeMap

    struct Place: Hashable {
        var pk: String
        var sk: Int

        var key: Item { ["pk": .s(pk), "sk": .n(sk)] }
    }

    /// A comparison of a sort key or an attribute with numbers.
    enum Comparison: CaseIterable {
        case equal, less, lessOrEqual, greater, greaterOrEqual, between

        func expression(_ name: String) -> String {
            switch self {
            case .equal: "\(name) = :low"
            case .less: "\(name) < :low"
            case .lessOrEqual: "\(name) <= :low"
            case .greater: "\(name) > :low"
            case .greaterOrEqual: "\(name) >= :low"
            case .between: "\(name) BETWEEN :low AND :high"
            }
        }

        func holds(_ number: Int, _ low: Int, _ high: Int) -> Bool {
            switch self {
            case .equal: number == low
            case .less: number < low
            case .lessOrEqual: number <= low
            case .greater: number > low
            case .greaterOrEqual: number >= low
            case .between: low...high ~= number
            }
        }
    }

    private(set) var items: [Place: Item] = [:]

    subscript(place: Place) -> Item? {
        get { items[place] }
        set { items[place] = newValue }
    }

    /// Items whose `name` has a value, by their number under `order`.
    func query(_ name: String, _ value: AttributeValue, by order: String, where holds: (Int) -> Bool = { _ in true }) -> [Item] {
        items.values.filter { $0[name] == value && ($0.number(order).map(holds) ?? false) }
            .sorted { ($0.number(order) ?? 0) < ($1.number(order) ?? 0) }
    }
}

extension AttributeMap {
    /// The number under a name, which the tests make of whole numbers.
    func number(_ name: String) -> Int? {
        guard case .number(let text)? = self[name] else { return nil }
        return Int(text)
    }
}
