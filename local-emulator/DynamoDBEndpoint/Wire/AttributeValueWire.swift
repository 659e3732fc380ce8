#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents

/// Attribute values from the wire.
///
/// Wrong JSON types are refused at once. That a value has no type, or two, is found only later by the service, after the other
/// constraints: the first such mistake is kept in `mistake`, and a value stands in for the broken one.
struct AttributeValueWire {
    private(set) var mistake: String?

    private static let empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
    private static let notNull =
        "One or more parameter values were invalid: Null attribute value types must have the value of true"
    private static let several =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"

    mutating func attributes(_ members: [String: WireValue]) throws(Refusal) -> [String: AttributeValue] {
        var attributes: [String: AttributeValue] = [:]
        attributes.reserveCapacity(members.count)
        // In name order, so that one request always gets the same of its errors.
        for (name, value) in members.sorted(by: { $0.key < $1.key }) { attributes[name] = try attribute(value) }
        return attributes
    }

    mutating func attribute(_ wire: WireValue) throws(Refusal) -> AttributeValue {
        if case .null = wire { return broken(Self.empty) }
        let members = try WireConversion.element(wire, "AttributeValue")
        var found: AttributeValue?
        var isSeveral = false
        // Members that are no type are ignored, and so are nulls, as everywhere in the service's JSON.
        for descriptor in AttributeValue.Descriptor.allCases {
            guard let member = members[descriptor.rawValue], member != .null else { continue }
            let value = try value(member, descriptor)
            isSeveral = isSeveral || found != nil
            found = value
        }
        guard let found else { return broken(Self.empty) }
        return isSeveral ? broken(Self.several) : found
    }

    private mutating func broken(_ message: String) -> AttributeValue {
        mistake = mistake ?? message
        return .null
    }

    private mutating func value(
        _ wire: WireValue, _ descriptor: AttributeValue.Descriptor
    ) throws(Refusal) -> AttributeValue {
        switch descriptor {
        case .string: return .string(try WireConversion.string(wire))
        case .number: return .number(try WireConversion.string(wire))
        case .binary: return .binary(try WireConversion.binary(wire))
        case .bool: return .bool(try WireConversion.bool(wire))
        case .null:
            return try WireConversion.bool(wire) ? .null : broken(Self.notNull)
        case .stringSet: return .stringSet(try strings(wire))
        case .numberSet: return .numberSet(try strings(wire))
        case .binarySet:
            var datas: [Data] = []
            for element in try WireConversion.list(wire) { datas.append(try WireConversion.binary(element)) }
            return .binarySet(datas)
        case .list:
            var values: [AttributeValue] = []
            for element in try WireConversion.list(wire) { values.append(try attribute(element)) }
            return .list(values)
        case .map: return .map(try attributes(try WireConversion.map(wire, of: "AttributeValue")))
        }
    }

    private func strings(_ wire: WireValue) throws(Refusal) -> [String] {
        var texts: [String] = []
        for element in try WireConversion.list(wire) { texts.append(try WireConversion.string(element)) }
        return texts
    }
}
