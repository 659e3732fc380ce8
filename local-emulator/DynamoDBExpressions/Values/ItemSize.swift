package import LambdaEvents

/// How many bytes an item counts for in limits and in capacity.
///
/// Source: "DynamoDB item sizes and formats" in the Amazon DynamoDB Developer Guide: names and strings by their UTF-8
/// bytes, a number by its significant digits (``NumberText``), Boolean and Null one byte, a list or map three bytes and one for
/// each element.
package enum ItemSize {
    /// The most an item may have, names included: 400 KB.
    package static let maximumBytes = 400 * 1024

    package static func bytes(of item: AttributeMap) -> Int {
        item.reduce(0) { $0 + $1.key.utf8.count + bytes(of: $1.value) }
    }

    package static func bytes(of value: AttributeValue) -> Int {
        switch value {
        case .string(let text): text.utf8.count
        case .number(let text): bytes(ofNumber: text)
        case .binary(let data): data.count
        case .bool, .null: 1
        case .list(let values): 3 + values.reduce(0) { $0 + 1 + bytes(of: $1) }
        case .map(let values): 3 + values.count + bytes(of: values)
        case .stringSet(let texts): texts.reduce(0) { $0 + $1.utf8.count }
        case .numberSet(let texts): texts.reduce(0) { $0 + bytes(ofNumber: $1) }
        case .binarySet(let datas): datas.reduce(0) { $0 + $1.count }
        }
    }

    /// A text that is no number counts by its length: it is refused elsewhere, and has a size nevertheless.
    private static func bytes(ofNumber text: String) -> Int {
        if let bytes = NumberText.bytes(text) { return bytes }
        guard let number = try? DecimalNumber(parsing: text) else { return text.utf8.count }
        return NumberText.bytes(number.text) ?? text.utf8.count
    }
}
