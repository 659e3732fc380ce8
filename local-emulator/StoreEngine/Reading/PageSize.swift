internal import DynamoDBExpressions
internal import LambdaEvents

/// What an item counts for in the 1 MB of a page, which is not what it counts for in capacity: the service measures the form
/// in which it keeps items.
///
/// Source: the sizes at which the service was seen to end pages, recorded by dynalite's tests and worked out there: a name
/// counts one byte whatever its length, a text carries its length, the sort key's value is counted with each 3 KB block
/// and its 18 bytes of overhead in place of once.
enum PageSize {
    private static let block = 3072
    private static let blockOverhead = 18
    private static let itemOverhead = 2

    /// - Parameter sortKey: the name of the table's sort key.
    static func bytes(of item: AttributeMap, sortKey: String?) -> Int {
        var size = 0
        var sortKeySize = 0
        for (name, value) in item {
            if let sortKey, name.hasSameBytes(as: sortKey) {
                sortKeySize = ItemSize.bytes(of: value)
            } else {
                size += 1 + bytes(of: value)
            }
        }
        return itemOverhead + size + (1 + (1 + size) / block) * (blockOverhead + sortKeySize)
    }

    private static func bytes(of value: AttributeValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count + lengthBytes(text.utf8.count)
        case .binary, .number: ItemSize.bytes(of: value) + 1
        case .bool: 1
        case .null: 0
        case .stringSet(let texts): ItemSize.bytes(of: value) + texts.count + 1
        case .numberSet(let texts): ItemSize.bytes(of: value) + texts.count + 1
        case .binarySet(let datas): ItemSize.bytes(of: value) + datas.count + 1
        case .list(let values): 3 + values.reduce(0) { $0 + 1 + bytes(of: $1) }
        case .map(let values): 3 + values.count + values.reduce(0) { $0 + 1 + bytes(of: $1.value) }
        }
    }

    private static func lengthBytes(_ count: Int) -> Int {
        count < 128 ? 1 : count < 16384 ? 2 : 3
    }
}
