#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// One DynamoDB value in its wire form, `{"S": "text"}`.
///
/// A number is kept as the text that came in: DynamoDB's numbers have 38 significant digits, which no binary
/// floating-point type holds. Shapes and limits: "AttributeValue" in the Amazon DynamoDB API reference.
public enum AttributeValue: Sendable, Hashable {
    case string(String)
    case number(String)
    case binary(Data)
    case bool(Bool)
    case null
    case list([AttributeValue])
    case map(AttributeMap)
    case stringSet([String])
    case numberSet([String])
    case binarySet([Data])

    /// The type's descriptor on the wire: `S`, `N`, `B`, `BOOL`, `NULL`, `L`, `M`, `SS`, `NS` or `BS`.
    public enum Descriptor: String, Sendable, CodingKey, CaseIterable {
        case string = "S"
        case number = "N"
        case binary = "B"
        case bool = "BOOL"
        case null = "NULL"
        case list = "L"
        case map = "M"
        case stringSet = "SS"
        case numberSet = "NS"
        case binarySet = "BS"
    }

    public var descriptor: Descriptor {
        switch self {
        case .string: .string
        case .number: .number
        case .binary: .binary
        case .bool: .bool
        case .null: .null
        case .list: .list
        case .map: .map
        case .stringSet: .stringSet
        case .numberSet: .numberSet
        case .binarySet: .binarySet
        }
    }
}

extension AttributeValue {
    /// Whether type and content are the same, texts by their bytes, as DynamoDB compares them; sets in their order.
    public static func == (left: AttributeValue, right: AttributeValue) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)), (.number(let left), .number(let right)): left.hasSameBytes(as: right)
        case (.binary(let left), .binary(let right)): left == right
        case (.bool(let left), .bool(let right)): left == right
        case (.null, .null): true
        case (.list(let left), .list(let right)): left == right
        case (.map(let left), .map(let right)): left == right
        case (.stringSet(let left), .stringSet(let right)), (.numberSet(let left), .numberSet(let right)):
            left.elementsEqual(right) { $0.hasSameBytes(as: $1) }
        case (.binarySet(let left), .binarySet(let right)): left == right
        default: false
        }
    }
}

extension AttributeValue: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Descriptor.self)
        guard container.allKeys.count == 1, let descriptor = container.allKeys.first else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "an attribute value has exactly one of S, N, B, BOOL, NULL, L, M, SS, NS, BS"))
        }
        switch descriptor {
        case .string: self = .string(try container.decode(String.self, forKey: descriptor))
        case .number: self = .number(try container.decode(String.self, forKey: descriptor))
        case .binary: self = .binary(try container.decode(Data.self, forKey: descriptor))
        case .bool: self = .bool(try container.decode(Bool.self, forKey: descriptor))
        case .null:
            guard try container.decode(Bool.self, forKey: descriptor) else {
                throw DecodingError.dataCorruptedError(
                    forKey: descriptor, in: container, debugDescription: "NULL must be true")
            }
            self = .null
        case .list: self = .list(try container.decode([AttributeValue].self, forKey: descriptor))
        case .map: self = .map(try container.decode(AttributeMap.self, forKey: descriptor))
        case .stringSet: self = .stringSet(try container.decode([String].self, forKey: descriptor))
        case .numberSet: self = .numberSet(try container.decode([String].self, forKey: descriptor))
        case .binarySet: self = .binarySet(try container.decode([Data].self, forKey: descriptor))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Descriptor.self)
        switch self {
        case .string(let text): try container.encode(text, forKey: .string)
        case .number(let digits): try container.encode(digits, forKey: .number)
        case .binary(let bytes): try container.encode(bytes, forKey: .binary)
        case .bool(let flag): try container.encode(flag, forKey: .bool)
        case .null: try container.encode(true, forKey: .null)
        case .list(let values): try container.encode(values, forKey: .list)
        case .map(let values): try container.encode(values, forKey: .map)
        case .stringSet(let values): try container.encode(values, forKey: .stringSet)
        case .numberSet(let values): try container.encode(values, forKey: .numberSet)
        case .binarySet(let values): try container.encode(values, forKey: .binarySet)
        }
    }
}
