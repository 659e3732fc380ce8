#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Sets in the service's order, in which it returns them: texts and binaries by their bytes, numbers by value.
enum SetMembers {
    /// Whether the members come in order, none of them twice.
    static func isInOrder(_ texts: [String]) -> Bool { isSorted(texts, by: ByteOrder.compare) }

    static func isInOrder(_ datas: [Data]) -> Bool { isSorted(datas, by: ByteOrder.compare) }

    static func sorted(_ texts: [String]) -> [String] {
        isSorted(texts, by: ByteOrder.compare) ? texts : texts.sorted { ByteOrder.compare($0, $1) < 0 }
    }

    static func sorted(_ datas: [Data]) -> [Data] {
        isSorted(datas, by: ByteOrder.compare) ? datas : datas.sorted { ByteOrder.compare($0, $1) < 0 }
    }

    static func sorted(numbers: [String]) -> [String] {
        guard numbers.count > 1 else { return numbers }
        return numbers.map { (text: $0, number: try? DecimalNumber(parsing: $0)) }
            .sorted { left, right in
                guard let first = left.number, let second = right.number else { return left.number == nil && right.number != nil }
                return first < second
            }
            .map(\.text)
    }

    /// The index of the first member that was there before; nil where all differ.
    static func firstRepeat<Member, Key: Hashable>(_ members: [Member], by key: (Member) -> Key) -> Int? {
        var seen: Set<Key> = []
        return members.firstIndex { !seen.insert(key($0)).inserted }
    }

    private static func isSorted<Member>(_ members: [Member], by order: (Member, Member) -> Int) -> Bool {
        for (left, right) in zip(members, members.dropFirst()) where order(left, right) >= 0 { return false }
        return true
    }
}
