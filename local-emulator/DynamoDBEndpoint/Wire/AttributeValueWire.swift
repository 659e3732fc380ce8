#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import LambdaEvents

/// Attribute values from the wire, read straight from the tokens of the request.
///
/// Wrong JSON types are refused at once, in the order of the text. That a value has no type, or two, is found only later by
/// the service, after the other constraints: the first such mistake is kept in `mistake`, and a value stands in for the broken
/// one.
struct AttributeValueWire {
    private(set) var mistake: String?

    private static let empty = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"
    private static let notNull =
        "One or more parameter values were invalid: Null attribute value types must have the value of true"
    private static let several =
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes"

    mutating func attributes(_ members: WireObject) throws(Refusal) -> AttributeMap {
        try attributes(Source(members.document), members.index)
    }

    mutating func attribute(_ wire: WireValue) throws(Refusal) -> AttributeValue {
        if case .null = wire { return broken(Self.empty) }
        let members = try WireConversion.element(wire, "AttributeValue")
        return try attribute(Source(members.document), members.index)
    }

    /// The request's tokens, and its bytes for their texts.
    private struct Source {
        let document: WireDocument
        let tokens: [WireToken]

        init(_ document: WireDocument) {
            self.document = document
            tokens = document.tokens
        }

        func text(_ index: Int) -> String { document.text(of: tokens[index]) }
        func next(_ index: Int) -> Int { Int(tokens[index].next) }
    }

    /// - Parameter index: of an object's token.
    private mutating func attributes(_ source: Source, _ index: Int) throws(Refusal) -> AttributeMap {
        var attributes: AttributeMap = [:]
        let end = source.next(index)
        // Each attribute has at least four tokens: its name, an object, a descriptor and a value.
        attributes.reserveCapacity(min((end - index) / 4, 64))
        var name = index + 1
        while name < end {
            attributes[source.text(name)] = try attribute(source, name + 1)
            name = source.next(name + 1)
        }
        return attributes
    }

    private mutating func attribute(_ source: Source, _ index: Int) throws(Refusal) -> AttributeValue {
        let token = source.tokens[index]
        if token.kind == .null { return broken(Self.empty) }
        if token.kind != .object { _ = try WireConversion.element(source.document.value(at: index), "AttributeValue") }
        var found: (descriptor: AttributeValue.Descriptor, value: AttributeValue)?
        var isSeveral = false
        var name = index + 1
        while name < Int(token.next) {
            let member = name + 1
            // Members that are no type are ignored, and so are nulls, as everywhere in the service's JSON.
            if source.tokens[member].kind != .null, let descriptor = descriptor(source, name) {
                let value = try value(source, member, descriptor)
                isSeveral = isSeveral || (found != nil && found?.descriptor != descriptor)
                found = (descriptor, value)
            }
            name = source.next(member)
        }
        guard let found else { return broken(Self.empty) }
        return isSeveral ? broken(Self.several) : found.value
    }

    private mutating func broken(_ message: String) -> AttributeValue {
        mistake = mistake ?? message
        return .null
    }

    private func descriptor(_ source: Source, _ name: Int) -> AttributeValue.Descriptor? {
        let token = source.tokens[name]
        guard token.kind == .plainString else { return AttributeValue.Descriptor(rawValue: source.text(name)) }
        // At most four letters: they make one number, which is compared faster than texts are.
        let letters = source.document.bytes[token.range]
        guard letters.count <= 4 else { return nil }
        return Self.descriptors[letters.reduce(0) { $0 << 8 | UInt32($1) }]
    }

    private static let descriptors: [UInt32: AttributeValue.Descriptor] = Dictionary(
        uniqueKeysWithValues: AttributeValue.Descriptor.allCases.map { descriptor in
            (descriptor.rawValue.utf8.reduce(0) { $0 << 8 | UInt32($1) }, descriptor)
        })

    private mutating func value(
        _ source: Source, _ index: Int, _ descriptor: AttributeValue.Descriptor
    ) throws(Refusal) -> AttributeValue {
        switch descriptor {
        case .string: return .string(try Self.string(source, index))
        case .number: return .number(try Self.string(source, index))
        case .binary: return .binary(try WireConversion.binary(source.document.value(at: index)))
        case .bool: return .bool(try WireConversion.bool(source.document.value(at: index)))
        case .null:
            return try WireConversion.bool(source.document.value(at: index)) ? .null : broken(Self.notNull)
        case .stringSet:
            return .stringSet(try elements(source, index) { (_, index) throws(Refusal) in try Self.string(source, index) })
        case .numberSet:
            return .numberSet(try elements(source, index) { (_, index) throws(Refusal) in try Self.string(source, index) })
        case .binarySet:
            return .binarySet(
                try elements(source, index) { (_, index) throws(Refusal) in
                    try WireConversion.binary(source.document.value(at: index))
                })
        case .list:
            return .list(try elements(source, index) { (wire, index) throws(Refusal) in try wire.attribute(source, index) })
        case .map:
            if source.tokens[index].kind != .object {
                _ = try WireConversion.map(source.document.value(at: index), of: "AttributeValue")
            }
            return .map(try attributes(source, index))
        }
    }

    private static func string(_ source: Source, _ index: Int) throws(Refusal) -> String {
        guard source.tokens[index].isString else { return try WireConversion.string(source.document.value(at: index)) }
        return source.text(index)
    }

    private mutating func elements<Element>(
        _ source: Source, _ index: Int, _ element: (inout AttributeValueWire, Int) throws(Refusal) -> Element
    ) throws(Refusal) -> [Element] {
        if source.tokens[index].kind != .array { _ = try WireConversion.list(source.document.value(at: index)) }
        var elements: [Element] = []
        var position = index + 1
        while position < source.next(index) {
            elements.append(try element(&self, position))
            position = source.next(position)
        }
        return elements
    }
}
