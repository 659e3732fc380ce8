/// A dictionary from names to values that takes names for one only if their bytes are the same.
///
/// DynamoDB compares names by their UTF-8 bytes. Swift's `String` takes canonically equivalent texts for one ("é" as U+00E9, or
/// as "e" and U+0301), so that a `[String: Value]` would lose one of two such attributes. It is used as a dictionary is.
public struct NameMap<Value> {
    @usableFromInline
    var storage: [Name: Value]

    @usableFromInline
    struct Name: Hashable {
        @usableFromInline
        let text: String

        @inlinable
        init(_ text: String) { self.text = text }

        @inlinable
        static func == (left: Name, right: Name) -> Bool { left.text.hasSameBytes(as: right.text) }

        @inlinable
        func hash(into hasher: inout Hasher) {
            // Of texts that only `==` takes for one it is the same, which costs a comparison and no more.
            hasher.combine(text)
        }
    }

    @inlinable
    public init() { storage = [:] }

    /// - Precondition: no two names have the same bytes.
    @inlinable
    public init(uniqueKeysWithValues pairs: some Sequence<(String, Value)>) {
        storage = Dictionary(uniqueKeysWithValues: pairs.lazy.map { (Name($0.0), $0.1) })
    }

    @inlinable
    init(storage: [Name: Value]) { self.storage = storage }

    @inlinable
    public subscript(name: String) -> Value? {
        get { storage[Name(name)] }
        set { storage[Name(name)] = newValue }
    }

    @inlinable
    public subscript(name: String, default fallback: @autoclosure () -> Value) -> Value {
        get { storage[Name(name)] ?? fallback() }
        _modify { yield &storage[Name(name), default: fallback()] }
    }

    @inlinable
    public var count: Int { storage.count }

    @inlinable
    public var isEmpty: Bool { storage.isEmpty }

    /// In no order.
    @inlinable
    public var keys: some Collection<String> { storage.keys.lazy.map { $0.text } }

    /// In no order.
    @inlinable
    public var values: some Collection<Value> { storage.values }

    /// The names and values in the order of `<`, and in that of their bytes where that takes two names for one.
    @inlinable
    public var inOrder: [(key: String, value: Value)] {
        var pairs: [(key: String, value: Value)] = []
        pairs.reserveCapacity(storage.count)
        for element in storage { pairs.append((element.key.text, element.value)) }
        pairs.sort { $0.key < $1.key || ($0.key == $1.key && $0.key.precedesByBytes($1.key)) }
        return pairs
    }

    @inlinable
    public mutating func reserveCapacity(_ count: Int) { storage.reserveCapacity(count) }

    @inlinable
    @discardableResult
    public mutating func removeValue(forKey name: String) -> Value? { storage.removeValue(forKey: Name(name)) }

    @inlinable
    @discardableResult
    public mutating func updateValue(_ value: Value, forKey name: String) -> Value? {
        storage.updateValue(value, forKey: Name(name))
    }

    @inlinable
    public mutating func merge(_ other: NameMap, uniquingKeysWith combine: (Value, Value) throws -> Value) rethrows {
        try storage.merge(other.storage, uniquingKeysWith: combine)
    }

    @inlinable
    public func merging(_ other: NameMap, uniquingKeysWith combine: (Value, Value) throws -> Value) rethrows -> NameMap {
        NameMap(storage: try storage.merging(other.storage, uniquingKeysWith: combine))
    }

    @inlinable
    public func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> NameMap<Other> {
        var result = NameMap<Other>()
        result.reserveCapacity(count)
        for (name, value) in self { result[name] = try transform(value) }
        return result
    }

    @inlinable
    public func filter(_ isIncluded: ((key: String, value: Value)) throws -> Bool) rethrows -> NameMap {
        NameMap(storage: try storage.filter { try isIncluded(($0.key.text, $0.value)) })
    }
}

extension NameMap: Sequence {
    public struct Iterator: IteratorProtocol {
        @usableFromInline
        var base: Dictionary<Name, Value>.Iterator

        @inlinable
        init(_ base: Dictionary<Name, Value>.Iterator) { self.base = base }

        @inlinable
        public mutating func next() -> (key: String, value: Value)? {
            guard let element = base.next() else { return nil }
            return (element.key.text, element.value)
        }
    }

    @inlinable
    public func makeIterator() -> Iterator { Iterator(storage.makeIterator()) }

    @inlinable
    public var underestimatedCount: Int { storage.count }
}

extension NameMap: ExpressibleByDictionaryLiteral {
    @inlinable
    public init(dictionaryLiteral elements: (String, Value)...) { self.init(uniqueKeysWithValues: elements) }
}

extension NameMap: Equatable where Value: Equatable {}
extension NameMap: Hashable where Value: Hashable {}
extension NameMap: Sendable where Value: Sendable {}
extension NameMap.Name: Sendable {}

/// As a JSON object. Foundation's own decoder and encoder know names only as Swift's strings.
extension NameMap: Codable where Value: Codable {
    private struct Member: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Member.self)
        self.init()
        for key in container.allKeys { self[key.stringValue] = try container.decode(Value.self, forKey: key) }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Member.self)
        for (name, value) in self { try container.encode(value, forKey: Member(stringValue: name)) }
    }
}

/// A set of names, by their bytes.
public typealias NameSet = NameMap<Void>

extension NameMap where Value == Void {
    @inlinable
    public init(_ names: some Sequence<String>) {
        self.init()
        for name in names { insert(name) }
    }

    @inlinable
    public func contains(_ name: String) -> Bool { self[name] != nil }

    /// Whether the name was not there before.
    @inlinable
    @discardableResult
    public mutating func insert(_ name: String) -> Bool { updateValue((), forKey: name) == nil }
}

extension NameMap: CustomStringConvertible {
    public var description: String {
        isEmpty ? "[:]" : "[" + inOrder.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "]"
    }
}

extension String {
    /// Whether the bytes are the same, where `==` takes canonically equivalent texts for one.
    @inlinable
    public func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let answer = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { other in
                for place in bytes.indices where bytes[place] != other[place] { return false }
                return true
            }
        }
        return (answer ?? nil) ?? utf8.elementsEqual(other.utf8)
    }

    /// Whether the text comes first by its bytes, as unsigned numbers.
    @inlinable
    public func precedesByBytes(_ other: String) -> Bool {
        let answer = utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.lexicographicallyPrecedes($0) }
        }
        return (answer ?? nil) ?? utf8.lexicographicallyPrecedes(other.utf8)
    }
}

/// An item, or a map within one.
public typealias AttributeMap = NameMap<AttributeValue>
