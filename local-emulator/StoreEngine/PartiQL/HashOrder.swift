/// The order in which the service lists the names of a set in some messages: that of a Java HashSet.
enum HashOrder {
    /// - Parameter names: each once, in the order in which they were put into the set.
    static func sorted(_ names: [String]) -> [String] {
        var buckets: UInt32 = 16
        while UInt32(names.count) * 4 > buckets * 3 { buckets *= 2 }
        return names.enumerated().sorted { first, second in
            let (left, right) = (bucket(first.element, of: buckets), bucket(second.element, of: buckets))
            return left == right ? first.offset < second.offset : left < right
        }.map(\.element)
    }

    private static func bucket(_ name: String, of buckets: UInt32) -> UInt32 {
        let hash = name.utf16.reduce(UInt32(0)) { $0 &* 31 &+ UInt32($1) }
        return (hash ^ hash >> 16) & (buckets - 1)
    }
}
